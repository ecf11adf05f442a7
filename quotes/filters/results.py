"""A page of what is found, as /quotes/ shows it."""

from functools import cached_property

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Case, IntegerField, Q, Value, When
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quotes.filters.counts import MOST_ROWS, Counts, Total
from quotes.filters.facets import Choice, Facet, facets
from quotes.filters.quotes import BEST, NEWEST, READING, SORTS, QuoteFilter
from quotes.models import Quote
from quotes.search.lookups import in_a_row
from quotes.search.models import SearchEntry, SearchEntryQuerySet
from quotes.search.suggestions import Suggestion, nearest
from quotes.text.markup import plain_text
from quotes.text.passages import marked, passage
from quotes.text.queries import Query, places

PAGE_SIZE = 20
FIRST = ("speaker", "topic")  # filters
MOST_NAMES = 3  # suggested where nothing is found
BEST_OF = 1000  # the newest hits, among which the best come first; the others follow by time


class EntryPaginator(Paginator):
    """Pages of quotes, in the order of their entries: keys first, then only the page's rows."""

    def __init__(self, found: "Results", n: int):
        self.found = found
        self.count = n
        super().__init__([], PAGE_SIZE)

    def page(self, number: int) -> Page:
        """The page of that number; raises EmptyPage for none."""
        number = self.validate_number(number)
        start = (number - 1) * PAGE_SIZE
        end = start + PAGE_SIZE
        entries = self.found.counts.entries
        keys = keys_in_order(self.found, entries, start, end) if self.count else []
        rows = Quote.objects.cards(keys)
        if self.found.query:
            for quote in rows:
                _mark(quote, self.found.query)
        return self._get_page(rows, number, self)


def keys_in_order(
    found: QuoteFilter, entries: SearchEntryQuerySet, start: int, end: int
) -> list[int]:
    """The keys of `entries`, which are found, from one place to another in the order asked for."""
    if found.order == READING:
        return _keys(entries.in_reading_order()[start:end])
    newest = entries.newest_first()
    if not (found.order == BEST and found.query and found.query.words):
        return _keys(newest[start:end])
    best_of = SearchEntry.objects.filter(pk__in=newest.values("pk")[:BEST_OF])
    best = best_of.order_by(*_best(found.query), "-public_from", "reading")
    keys = _keys(best[start : min(end, BEST_OF)]) if start < BEST_OF else []
    return keys + (_keys(newest[max(start, BEST_OF) : end]) if end > BEST_OF else [])


def _keys(entries: SearchEntryQuerySet) -> list[int]:
    return list(entries.values_list("pk", flat=True))


def _best(query: Query) -> list[Case]:
    """Order: all words in title or topics first, then the whole phrase, then scattered words."""
    heading = [in_a_row(word.phrases, "heading") for word in query.words]
    order = [_first(*heading)]
    if len(query.words) > 1:
        order.append(_first(in_a_row((query.whole,))))
    return order


def _first(*conditions: Q) -> Case:
    """Order of those for which all conditions hold before the others."""
    return Case(When(Q(*conditions), then=Value(0)), default=Value(1), output_field=IntegerField())


def _mark(quote: Quote, query: Query) -> None:
    """Give a quote its passage and its title with the words of the query marked."""
    quote.passage = passage(plain_text(quote.body_html), query.words)
    quote.found = quote.passage.found if quote.passage else ""
    quote.title_html = marked(quote.title, places(quote.title, query.words))


class Results(QuoteFilter):
    """What is found: a page of quotes, how many there are, and every way on from here."""

    def __init__(self, data: QueryDict):
        super().__init__(data)
        self.counts = Counts(self)
        self.page = self._page()

    @property
    def total(self) -> Total:
        """How many quotes there are."""
        return self.counts.total

    def _page(self) -> Page:
        """The page that is asked for; an empty one, and an error, if there is none."""
        try:
            return EntryPaginator(self, self.counts.paged).page(self.state.get("page", 1))
        except EmptyPage:
            self.form.add_error("page", _("There is no such page."))
            self.counts = Counts(self)
            return EntryPaginator(self, 0).page(1)

    @cached_property
    def facets(self) -> list[Facet]:
        """Every filter with its choices."""
        return facets(self, self.counts)

    @property
    def first_facets(self) -> list[Facet]:
        """Those most asked for, which a phone shows unfolded."""
        return [facet for facet in self.facets if facet.is_needed and facet.name in FIRST]

    @property
    def further_facets(self) -> list[Facet]:
        """The others."""
        return [facet for facet in self.facets if facet.is_needed and facet.name not in FIRST]

    @property
    def is_cut(self) -> bool:
        """Whether there are pages of but the first of them."""
        return self.counts.paged < self.total.n or self.total.more

    @cached_property
    def ways_out(self) -> list[tuple[str, str, Total]]:
        """(what to drop, address, how many quotes that gives) where nothing is found."""
        return self.counts.ways_out()

    @property
    def nearest(self) -> list[Suggestion]:
        """Names most like what was searched for."""
        return nearest(self.query.typed, self.memory, MOST_NAMES) if self.query else []

    @property
    def table_url(self) -> str:
        """Address of all these quotes as a table."""
        query = self.url().partition("?")[2]
        return f"{reverse('quote_table')}?{query}" if query else reverse("quote_table")

    @property
    def table_rows(self) -> int:
        """How many of them that is at most."""
        return MOST_ROWS

    @property
    def sorts(self) -> list[Choice]:
        """The orders to choose from; the usual one has no parameter."""
        usual = BEST if self.query else NEWEST
        return [
            Choice(name, label, self.url(sort=[] if name == usual else [name]), name == self.order)
            for name, label in SORTS.items()
            if self.query or name != BEST
        ]

    @cached_property
    def chosen(self) -> list[Choice]:
        """Every chosen value, with the address that drops it."""
        return [
            Choice(
                value, label, self.url(**{name: [v for v in self.given[name] if v != value]}), True
            )
            for name in self.asked
            for value, label in self.given[name].items()
        ]

    @property
    def labels(self) -> list[str]:
        """What is chosen of each filter but the words, as the page's title names it."""
        return [label for name in self.asked if name != "q" for label in self.given[name].values()]

    @property
    def is_named(self) -> bool:
        """Whether this is the page that the sitemap names, or a further page of that."""
        return not self.errors and set(self.state) <= {"page"}

    @property
    def canonical_url(self) -> str:
        """Address of just this page of results."""
        return self.page_url + str(self.page.number) if self.page.number > 1 else self.url()
