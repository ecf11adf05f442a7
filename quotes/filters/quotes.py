"""The query string of /quotes/ -> the index entries it asks for, and the addresses around it."""

from functools import cached_property
from urllib.parse import urlencode

import django_filters as filters
from django.forms import Form
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quotes.filters.parameters import (
    ChoiceFilter,
    NameFilter,
    NamesFilter,
    NumberFilter,
    QueryFilter,
)
from quotes.models import Role, SectionKind, Wording
from quotes.search import totals
from quotes.search.memory import Memory
from quotes.search.models import CODED, COLUMNS, SearchEntry, SearchEntryQuerySet, code
from quotes.search.names import public_names
from quotes.text.grams import phrase_text, tag
from quotes.text.queries import Query, Word

LONGEST_QUERY = 200  # characters of q
BEST, NEWEST, READING = "best", "newest", "reading"
SORTS = {BEST: _("best match"), NEWEST: _("newest"), READING: _("reading order")}
LONG = ("speaker", "topic", "event", "source", "without")  # filters with many choices
DISPLAY = ("sort", "page", "more", "counts")  # what says how quotes are shown, not which


class QuoteFilter(filters.FilterSet):
    """What a reader asks of /quotes/. With an invalid value it finds nothing, and says why."""

    q = QueryFilter(label=_("words"), max_length=LONGEST_QUERY)
    event = NameFilter(label=_("event"))
    year = ChoiceFilter(label=_("year"))
    speaker = NameFilter(label=_("speaker"))
    role = ChoiceFilter(label=_("role"), choices=Role.choices)
    topic = NamesFilter(label=_("topic"))
    without = NamesFilter(label=_("without topic"))
    source = NameFilter(label=_("source"))
    kind = ChoiceFilter(label=_("kind of section"), choices=SectionKind.choices)
    wording = ChoiceFilter(label=_("wording"), choices=Wording.choices)
    sort = ChoiceFilter(label=_("order"), choices=list(SORTS.items()))
    page = NumberFilter(label=_("page"), min_value=1)
    more = ChoiceFilter(label=_("more choices"), choices=[(name, name) for name in LONG])
    counts = ChoiceFilter(label=_("counts"), choices=[("all", "all")])

    _form_class: type[Form] | None = None

    def __init__(self, data: QueryDict):
        super().__init__(data, SearchEntry.objects.published())
        self.memory = Memory()
        self.names = public_names(self.memory)
        for name in ("event", "speaker", "source", "topic"):
            self.form.fields[name].names = getattr(self.names, name)
        self.form.fields["without"].names = self.names.topic
        self.form.fields["year"].choices = [(str(year), str(year)) for year in self.names.years]

    def get_form_class(self) -> type[Form]:
        """The form's class, made once: names and years are set on the fields that each form has."""
        if QuoteFilter._form_class is None:
            QuoteFilter._form_class = super().get_form_class()
        return QuoteFilter._form_class

    @cached_property
    def state(self) -> dict[str, object]:
        """The valid values that were given, by filter, in the order of the filters."""
        self.form.is_valid()
        given = self.form.cleaned_data
        return {name: given[name] for name in self.filters if given.get(name)}

    @property
    def asked(self) -> dict[str, object]:
        """Of these, what says which quotes."""
        return {name: value for name, value in self.state.items() if name not in DISPLAY}

    def narrow(self, walk: bool = False, **changes: object) -> SearchEntryQuerySet:
        """The entries that the filters let through, some of their values changed or None.

        None of them if a value is invalid. `walk`: there are so many that the first are found
        soonest by going through all entries in order.
        """
        if not self.form.is_valid():
            return self.queryset.none()
        asked = self._asked_with(changes)
        words = _words(asked)
        if "q" in asked and not words:
            return self.queryset.none()
        topics = [topic.pk for topic in asked.get("topic", ())]
        if walk or not (words or topics):
            entries = self.queryset.filter(**_columns(asked)).having(topics).containing(words)
        else:
            entries = self.queryset.indexed(words, _tags(asked))
        return entries.lacking([topic.pk for topic in asked.get("without", ())])

    def most(self, **changes: object) -> int:
        """How many quotes the filters let through at most, some of their values changed.

        As many as have the rarest of the values in columns.
        """
        every = totals.columns(self.memory)
        asked = _columns(self._asked_with(changes))
        counts = [every[column].get(value, 0) for column, value in asked.items()]
        return min(counts, default=totals.total(self.memory))

    def estimate(self, **changes: object) -> int:
        """About how many quotes the filters let through, by a sample; `without` is left aside."""
        asked = self._asked_with(changes)
        tags = [f" {tag} " for tag in _tags(asked)]
        words = [list(map(phrase_text, word.phrases)) for word in _words(asked)]
        sample = self.memory.remember("sample", SearchEntry.objects.published().sample)
        found = sum(
            all(tag in grams for tag in tags)
            and all(any(phrase in grams for phrase in phrases) for phrases in words)
            for grams in sample
        )
        return round(totals.total(self.memory) * found / len(sample)) if sample else 0

    def _asked_with(self, changes: dict[str, object]) -> dict[str, object]:
        """What says which quotes, some values changed or None."""
        return {name: value for name, value in (self.asked | changes).items() if value}

    @property
    def query(self) -> Query | None:
        """What is searched for."""
        return self.state.get("q")

    @property
    def order(self) -> str:
        """The order that is asked for, or the usual one."""
        return self.state.get("sort", BEST if self.query else NEWEST)

    @property
    def errors_by_label(self) -> list[tuple[str, str]]:
        """(filter, what is wrong with its value) for every invalid one."""
        return [
            (self.form.fields[name].label, message)
            for name, messages in self.form.errors.items()
            for message in messages
        ]

    @cached_property
    def given(self) -> dict[str, dict[str, str]]:
        """What is chosen, by filter: value in the address -> label."""
        return {
            name: {
                getattr(row, "slug", str(row)): str(
                    CODED[name](row).label if name in CODED else row
                )
                for row in (value if isinstance(value, list) else [value])
            }
            for name, value in self.state.items()
        }

    @cached_property
    def _pairs(self) -> dict[str, list[tuple[str, str]]]:
        """(name, value) of all that is given but for the page, by filter in canonical order."""
        return {
            name: [(name, value) for value in self.given.get(name, ())]
            for name in self.filters
            if name not in ("page", "more", "counts")
        }

    def url(self, **changes: list[str]) -> str:
        """Address of the first page of these filters, some of them changed."""
        pairs = self._pairs | {name: [(name, v) for v in vs] for name, vs in changes.items()}
        query = urlencode([pair for name in self.filters for pair in pairs.get(name, ())])
        return self._base + (f"?{query}" if query else "")

    @cached_property
    def _base(self) -> str:
        return reverse("quote_list")

    @property
    def hidden_parameters(self) -> list[tuple[str, str]]:
        """(name, value) of all that a new search for words keeps."""
        return [pair for name, pairs in self._pairs.items() if name != "q" for pair in pairs]

    @property
    def page_url(self) -> str:
        """Address of these filters, to which the number of a page is added."""
        url = self.url()
        return f"{url}{'&' if '?' in url else '?'}page="


def in_column(name: str, value: object) -> int:
    """What stands in the column of a filter for its value."""
    if name in CODED:
        return code(name, value)
    return int(value) if name == "year" else value.pk


def _words(asked: dict[str, object]) -> list[Word]:
    """The words that are searched for."""
    return asked["q"].words if "q" in asked else []


def _columns(asked: dict[str, object]) -> dict[str, int]:
    """Of the filters that have a column, what stands in it."""
    return {name: in_column(name, asked[name]) for name in COLUMNS if name in asked}


def _tags(asked: dict[str, object]) -> list[str]:
    """The tags of what is asked for: values in columns, and topics."""
    topics = [tag("topic", topic.pk) for topic in asked.get("topic", ())]
    return [tag(name, value) for name, value in _columns(asked).items()] + topics


def canonical(data: QueryDict) -> str:
    """The query string for what was given, valid or not: in one order, without what is empty.

    Nor is there what changes nothing: the first page, the usual order.
    """
    pairs = []
    for name in QuoteFilter.base_filters:
        values = [value.strip() for value in data.getlist(name) if value.strip()]
        several = name in ("topic", "without")
        pairs += [(name, v) for v in (sorted(set(values)) if several else values[-1:])]
    usual = {("page", "1"), ("sort", BEST if "q" in dict(pairs) else NEWEST)}
    return urlencode([pair for pair in pairs if pair not in usual])
