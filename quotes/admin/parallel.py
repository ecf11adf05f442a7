"""Admin of parallels."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from quotes.admin.content import ContentAdmin
from quotes.models import Parallel


@admin.register(Parallel)
class ParallelAdmin(ContentAdmin):
    """Pairs of quotes that report the same words."""

    empty_hint = _("Where two sources report the same words, join the two quotes here.")
    list_display = ["first", "second", "speaker", "state", "public_page"]
    list_filter = ["state", ("first__section__coverage__event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["first__speaker", "second"]
    search_fields = ["first__slug", "second__slug", "first__speaker__name", "first__body"]
    autocomplete_fields = ["first", "second"]
    fields = ["first", "second", "state"]
    ordering = ["first__slug", "second__slug"]

    @admin.display(description=_("speaker"), ordering="first__speaker__sort_name")
    def speaker(self, obj: Parallel) -> str:
        """Whose words they are."""
        return str(obj.first.speaker)
