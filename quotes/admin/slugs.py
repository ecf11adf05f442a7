"""Slugs by which readers know a page: whoever publishes may change them."""

from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from quotes.models.content import Slugged
from quotes.models.drafts import may_publish

CHANGING = _(
    "Part of the public address, which readers may have kept. After a change the old address leads "
    "to the new one for good, filters and saved searches included, and no other page can get it. "
    "Left empty, it stays as it is."
)


class KnownSlugs:
    """Admin in which the slug of what was public is changed by publishers only."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """The slug of what was public is fixed for those who may not publish."""
        fields = super().get_readonly_fields(request, obj)
        is_fixed = _is_known(obj) and not may_publish(request.user)
        return [*fields, *(["slug"] if is_fixed else [])]

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs
    ) -> type[ModelForm]:
        """The form, which says what a change of a known slug does."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if "slug" in form.base_fields and _is_known(obj):
            form.base_fields["slug"].help_text = CHANGING
            form.base_fields["slug"].empty_value = obj.slug
        return form


def _is_known(obj: Model | None) -> bool:
    """Whether readers may know the row by its slug."""
    return isinstance(obj, Slugged) and obj.was_public()
