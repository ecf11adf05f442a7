"""The query string of /quotes/ -> the quotes it asks for, with counts for every further choice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from urllib.parse import urlencode

import django_filters as filters
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quotes.filters.parameters import (
    KindFilter,
    PageParameter,
    SlugFilter,
    SlugMultipleFilter,
    SortParameter,
)
from quotes.models import Event, SectionKind, Source, Speaker, TaggedQuote, Topic, Wording
from quotes.models.speaker import localized_name

PAGE_SIZE = 20
LONGEST_QUERY = 200  # characters of q
SLUG = attrgetter("slug")
SORTS = {"newest": _("newest"), "reading": _("reading order")}
EVENT = "section__coverage__event"
SOURCE = "section__coverage__source"
# How each filter's choices are counted: (value, parts of the label …), order.
FACETS = {
    "speaker": (
        ("speaker__slug", "speaker__name", "speaker__latin_name"),
        ("-n", "speaker__sort_name"),
    ),
    "topic": (("tag__slug", "tag__name"), ("-n", "tag__slug")),
    "event": ((f"{EVENT}__slug", f"{EVENT}__name"), (f"-{EVENT}__start_date",)),
    "year": ((f"{EVENT}__start_date__year",), (f"-{EVENT}__start_date__year",)),
    "source": ((f"{SOURCE}__slug", f"{SOURCE}__title", f"{SOURCE}__kind"), ("-n",)),
    "kind": (),
    "wording": (),
}
FIXED = {"kind": SectionKind, "wording": Wording}  # filters whose choices are always all shown


def public_years() -> list[tuple[str, str]]:
    """(value, label) of every year with a public event, the latest first."""
    days = Event.objects.published().dates("start_date", "year", order="DESC")
    return [(str(day.year), str(day.year)) for day in days]


@dataclass(frozen=True)
class Choice:
    """A value that may be chosen, or is; `url` chooses it, or drops it if it is selected."""

    value: str
    label: str
    url: str
    selected: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Facet:
    """A filter as the page shows it."""

    name: str
    label: str
    choices: list[Choice]
    errors: list[str]


class QuoteFilter(filters.FilterSet):
    """What a reader asks of /quotes/. With an invalid value it finds nothing, and says why.

    Made from the query string and the public quotes.
    """

    q = filters.CharFilter(
        field_name="body",
        lookup_expr="icontains",
        label=_("words in the text"),
        max_length=LONGEST_QUERY,
    )
    event = SlugFilter(Event, field_name=EVENT, label=_("event"))
    year = KindFilter(
        field_name=f"{EVENT}__start_date__year", label=_("year"), choices=public_years
    )
    speaker = SlugFilter(Speaker, label=_("speaker"))
    topic = SlugMultipleFilter(Topic, field_name="tagged_quotes__tag__slug", label=_("topic"))
    source = SlugFilter(Source, field_name=SOURCE, label=_("source"))
    kind = KindFilter(
        field_name="section__kind", label=_("kind of section"), choices=SectionKind.choices
    )
    wording = KindFilter(label=_("wording"), choices=Wording.choices)
    sort = SortParameter(label=_("order"), choices=list(SORTS.items()))
    page = PageParameter(label=_("page"), min_value=1)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """The quotes that every filter lets through; none if one has an invalid value."""
        return self.narrow() if self.form.is_valid() else queryset.none()

    def narrow(self, *leaving_out: str) -> QuerySet:
        """The quotes that the valid filters let through, but for some of them."""
        quotes = self.queryset
        for name, value in self.state.items():
            if name not in leaving_out:
                quotes = self.filters[name].filter(quotes, value)
        return quotes

    @cached_property
    def state(self) -> dict[str, object]:
        """The valid values that were given, by filter, in the order of the filters."""
        self.form.is_valid()
        given = self.form.cleaned_data
        return {name: given[name] for name in self.filters if given.get(name)}

    @cached_property
    def results(self) -> Page:
        """The page of quotes that is asked for; an empty one, and an error, if there is none."""
        reading = self.state.get("sort") == "reading"
        quotes = self.qs.in_reading_order() if reading else self.qs.newest_first()
        paginator = Paginator(quotes.for_cards().with_topics(), PAGE_SIZE)
        try:
            return paginator.page(self.state.get("page", 1))
        except EmptyPage:
            self.form.add_error("page", _("There is no such page."))
            return Paginator(quotes.none(), PAGE_SIZE).page(1)

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
        given = {}
        for name, value in self.state.items():
            rows = sorted(value, key=SLUG) if isinstance(value, list | QuerySet) else [value]
            given[name] = {
                getattr(row, "slug", str(row)): FIXED[name](row).label
                if name in FIXED
                else str(row)
                for row in rows
            }
        return given

    def url(self, **changes: list[str]) -> str:
        """Address of the first page of these filters, some of them changed."""
        pairs = [
            (name, value)
            for name in self.filters
            if name != "page"
            for value in changes.get(name, self.given.get(name, ()))
        ]
        return reverse("quote_list") + (f"?{urlencode(pairs)}" if pairs else "")

    @property
    def hidden_parameters(self) -> list[tuple[str, str]]:
        """(name, value) of all that a new search for words keeps."""
        return [
            (name, value)
            for name, values in self.given.items()
            if name not in ("q", "page")
            for value in values
        ]

    @property
    def canonical_url(self) -> str:
        """Address of just this page of results."""
        number = self.results.number
        return self.page_url + str(number) if number > 1 else self.url()

    @property
    def page_url(self) -> str:
        """Address of these filters, to which the number of a page is added."""
        url = self.url()
        return f"{url}{'&' if '?' in url else '?'}page="

    @property
    def sorts(self) -> list[Choice]:
        """The orders to choose from; the first is what one gets without asking."""
        chosen = self.state.get("sort", "newest")
        return [
            Choice(name, label, self.url(sort=[] if name == "newest" else [name]), name == chosen)
            for name, label in SORTS.items()
        ]

    @cached_property
    def chosen(self) -> list[Choice]:
        """Every chosen value, with the address that drops it."""
        return [
            Choice(
                value, label, self.url(**{name: [v for v in values if v != value]}), selected=True
            )
            for name, values in self.given.items()
            if name not in ("sort", "page")
            for value, label in values.items()
        ]

    @cached_property
    def facets(self) -> list[Facet]:
        """Every filter with its choices; one query each."""
        return [
            Facet(
                name,
                self.form.fields[name].label,
                self._choices(name),
                self.form.errors.get(name, []),
            )
            for name in FACETS
        ]

    def _choices(self, name: str) -> list[Choice]:
        """What one may choose of a filter: what gives quotes, what is fixed, what is chosen."""
        chosen = self.given.get(name, {})
        always = dict(FIXED[name].choices) if name in FIXED else chosen
        empty = {value: (label, 0) for value, label in always.items()}
        counted = {str(row[0]): (_label(name, row), row[-1]) for row in self._count(name)}
        several = list(chosen) if name == "topic" else []
        return [
            Choice(
                value,
                label,
                self.url(**{name: [v for v in chosen if v != value]})
                if value in chosen
                else self.url(**{name: [*several, value]}),
                value in chosen,
                count,
            )
            for value, (label, count) in (empty | counted).items()
        ]

    def _count(self, name: str) -> Iterable[tuple]:
        """Rows of the filter's columns and the quotes they give under the other filters."""
        if name in FIXED:
            return self._count_fixed(name)
        columns, order = FACETS[name]
        if name == "topic":
            rows = TaggedQuote.objects.filter(content_object__in=self.narrow().values("pk"))
        else:
            rows = self.narrow(name)
        return rows.order_by().values_list(*columns).annotate(n=Count("pk")).order_by(*order)

    @cached_property
    def _kinds_and_wordings(self) -> list[tuple[str, str, int]]:
        """Quotes of every kind of section and wording: one query for both filters."""
        rows = self.narrow("kind", "wording").order_by()
        return list(rows.values_list("section__kind", "wording").annotate(n=Count("pk")))

    def _count_fixed(self, name: str) -> Iterable[tuple[str, int]]:
        """(value, quotes) of one of those two filters under the other one's value."""
        counts = Counter()
        for kind, wording, n in self._kinds_and_wordings:
            value, other = (kind, wording) if name == "kind" else (wording, kind)
            if self.state.get("wording" if name == "kind" else "kind", other) == other:
                counts[value] += n
        return counts.items()


def _label(name: str, row: tuple) -> str:
    """What a counted row of a filter is called."""
    if name in FIXED:
        return FIXED[name](row[0]).label
    if name == "source":
        return str(Source(title=row[1], kind=row[2]))
    return localized_name(*row[1:3]) if name == "speaker" else str(row[-2])
