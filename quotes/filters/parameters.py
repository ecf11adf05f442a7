"""Parameters of a query string: how each is checked, and how it narrows the quotes."""

import django_filters as filters
from django import forms
from django.core.validators import slug_re
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

UNKNOWN = {"invalid_choice": _("There is nothing called “%(value)s” here.")}


class SlugField:
    """A choice of rows by slug: what is no slug is refused before the database sees it."""

    default_error_messages = UNKNOWN

    def clean(self, value: str | list[str] | None) -> Model | QuerySet | None:
        """The rows; raises ValidationError for a slug of none."""
        slugs = [slug for slug in (value if isinstance(value, list) else [value]) if slug]
        for slug in slugs:
            if not slug_re.match(slug):
                raise forms.ValidationError(
                    UNKNOWN["invalid_choice"], code="invalid_choice", params={"value": slug}
                )
        return super().clean(slugs if isinstance(value, list) else value)


class SlugChoiceField(SlugField, filters.fields.ModelChoiceField):
    """Choice of one row by its slug."""


class SlugMultipleChoiceField(SlugField, filters.fields.ModelMultipleChoiceField):
    """Choice of several rows by their slugs."""


class SlugFilter(filters.ModelChoiceFilter):
    """Filter by one public row, named by its slug."""

    field_class = SlugChoiceField

    def __init__(self, model: type[Model], **kwargs):
        super().__init__(
            queryset=lambda request: model.objects.published(), to_field_name="slug", **kwargs
        )


class SlugMultipleFilter(filters.ModelMultipleChoiceFilter):
    """Filter by several public rows, named by their slugs, all of which must hold."""

    field_class = SlugMultipleChoiceField

    def __init__(self, model: type[Model], **kwargs):
        super().__init__(
            queryset=lambda request: model.objects.published(),
            to_field_name="slug",
            conjoined=True,
            distinct=False,
            **kwargs,
        )


class KindFilter(filters.ChoiceFilter):
    """Filter by one of a few fixed values."""

    def __init__(self, **kwargs):
        super().__init__(error_messages=UNKNOWN, **kwargs)


class NoFilter:
    """A parameter that is validated like a filter, and leaves all rows."""

    def filter(self, qs: QuerySet, value: object) -> QuerySet:
        """`qs` itself."""
        return qs


class PageParameter(NoFilter, filters.Filter):
    """The number of a page."""

    field_class = forms.IntegerField


class SortParameter(NoFilter, KindFilter):
    """The name of an order."""
