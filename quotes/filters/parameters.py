"""Parameters of a query string: how each is checked."""

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from quotes.search.names import Name
from quotes.text.queries import Query

MOST_WORDS = 10  # of a query
MOST_NAMES = 10  # of one filter: each is a condition, and has a way out where nothing is found
UNKNOWN = {"invalid_choice": _("There is nothing called “%(value)s” here.")}


class NameField(forms.Field):
    """A choice of something by its slug, among the `names` of what is public."""

    default_error_messages = UNKNOWN
    names: dict[str, Name] = {}

    def clean(self, value: str | None) -> Name | None:
        """What it names; raises ValidationError for a slug of nothing."""
        if not value:
            return None
        if value not in self.names:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": value}
            )
        return self.names[value]


class NamesField(NameField):
    """A choice of several."""

    widget = forms.SelectMultiple

    def clean(self, value: list[str] | None) -> list[Name]:
        """What they name, in the order of the slugs.

        Raises ValidationError for one of nothing, or for too many.
        """
        slugs = sorted(filter(None, set(value or ())))
        if len(slugs) > MOST_NAMES:
            raise forms.ValidationError(
                _("At most %(most)d topics can be chosen at once."), params={"most": MOST_NAMES}
            )
        return [super(NamesField, self).clean(slug) for slug in slugs]


class QueryField(forms.CharField):
    """Words to search for."""

    def clean(self, value: str | None) -> Query | None:
        """What is searched for; raises ValidationError for what is too much."""
        query = Query(super().clean(value))
        if len(query.words) > MOST_WORDS:
            raise forms.ValidationError(
                _("At most %(most)d words can be searched for at once."),
                params={"most": MOST_WORDS},
            )
        return query if query.typed else None


class QueryFilter(filters.Filter):
    """Words that all have to stand in what the index has of a quote."""

    field_class = QueryField


class NameFilter(filters.Filter):
    """One event, speaker or source, named by its slug."""

    field_class = NameField


class NamesFilter(filters.Filter):
    """Topics, named by their slugs."""

    field_class = NamesField


class ChoiceFilter(filters.ChoiceFilter):
    """One of a few fixed values."""

    def __init__(self, **kwargs):
        super().__init__(error_messages=UNKNOWN, **kwargs)


class NumberFilter(filters.Filter):
    """A number."""

    field_class = forms.IntegerField
