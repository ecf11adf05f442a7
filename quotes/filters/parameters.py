"""Parameters of a query string: how each is checked, and how it narrows the index."""

from collections.abc import Iterable

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from quotes.search.models import SearchEntryQuerySet
from quotes.search.names import Name
from quotes.text.queries import Query

MOST_WORDS = 10  # of a query
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
        """What they name, in the order of the slugs; raises ValidationError for one of nothing."""
        return [super(NamesField, self).clean(slug) for slug in sorted(set(value or ())) if slug]


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


class QueryParameter(filters.CharFilter):
    """Words that all have to stand in what the index has of a quote."""

    field_class = QueryField

    def filter(self, entries: SearchEntryQuerySet, value: Query) -> SearchEntryQuerySet:
        """The entries with all the words; none for a query that has no word in it."""
        return entries.indexed(value.words) if value.words else entries.none()


class NameFilter(filters.Filter):
    """One event, speaker or source, named by its slug: a column of the index."""

    field_class = NameField


class TopicsFilter(filters.Filter):
    """Topics, named by their slugs, all of which must hold."""

    field_class = NamesField

    def filter(self, entries: SearchEntryQuerySet, value: Iterable[Name]) -> SearchEntryQuerySet:
        """The entries with all of them."""
        for topic in value:
            entries = entries.having(topic.pk)
        return entries


class WithoutFilter(TopicsFilter):
    """Topics none of which may hold."""

    def filter(self, entries: SearchEntryQuerySet, value: Iterable[Name]) -> SearchEntryQuerySet:
        """The entries with none of them."""
        for topic in value:
            entries = entries.lacking(topic.pk)
        return entries


class ChoiceFilter(filters.ChoiceFilter):
    """One of a few fixed values."""

    def __init__(self, **kwargs):
        super().__init__(error_messages=UNKNOWN, **kwargs)


class NumberParameter(filters.Filter):
    """A number."""

    field_class = forms.IntegerField
