"""Inlines with more rows than fit on a page, which does without them and says where they are."""

from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from quotes.admin.locked_rows import MOST_ROWS

Inlines = list[type[InlineModelAdmin]]


def crowded(inlines: Inlines, obj: Model | None) -> dict[type[InlineModelAdmin], int]:
    """The inlines of ordered rows of which `obj` has more than MOST_ROWS, and how many it has.

    Counted once for each object at hand.
    """
    if obj is None or obj.pk is None:
        return {}
    if not hasattr(obj, "_row_counts"):
        obj._row_counts = {
            inline: inline.model.objects.filter(**{inline.model.ordered_within: obj}).count()
            for inline in inlines
        }
    return {inline: count for inline, count in obj._row_counts.items() if count > MOST_ROWS}


def is_posted(inline: type[InlineModelAdmin], request: HttpRequest) -> bool:
    """Whether a form with rows of this inline was sent: it was opened before they were too many."""
    relation = inline.model._meta.get_field(inline.model.ordered_within).remote_field
    return f"{relation.get_accessor_name()}-TOTAL_FORMS" in request.POST


def where_they_are(inline: type[InlineModelAdmin], obj: Model, count: int) -> SafeString:
    """That these rows do not fit on the page of `obj`, with a link to their list."""
    opts = inline.model._meta
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    return format_html(
        '{}: {} <a href="{}?{}__id__exact={}">{}</a>',
        capfirst(opts.verbose_name_plural),
        _("%(count)d are more than fit on this page.") % {"count": count},
        *(address, inline.model.ordered_within, obj.pk),
        _("They are in the list."),
    )
