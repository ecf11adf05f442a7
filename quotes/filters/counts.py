"""How many quotes each further choice would give, and each choice dropped."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add, itemgetter
from typing import NamedTuple

from django.db.models import BigIntegerField, Case, Count, Q, Value, When

from quotes.filters.quotes import QuoteFilter, in_column
from quotes.search import totals
from quotes.search.lookups import has_tag, in_a_row
from quotes.search.models import COLUMNS, SearchEntry, SearchEntryQuerySet
from quotes.text.queries import Query

LIMIT = 10_000  # quotes up to which every count is exact
MOST_ROWS = LIMIT  # of a table: what a process can send in a few seconds
PAGED = 1_000  # quotes that can be paged through where there are more than that
# Hits of words and topics up to which all are put in order; of more, the first are found sooner by
# going through everything in order.
FEW = 20_000
# What stands in every fourth quote is found soonest by going through everything, too: to look it
# up, the index would have to tell of all of it.
FREQUENT = 0.25
COUNTED = 100_000  # quotes up to which choices are counted if asked for, within a second
# Quotes by estimate from which it is not even tried whether they are within LIMIT.
TOO_MANY = LIMIT * 3 // 2


@dataclass(frozen=True)
class Total:
    """How many quotes there are: `n`, or more than that."""

    n: int
    more: bool = False

    @classmethod
    def bounded(cls, n: int) -> "Total":
        """Of a count that stops one past LIMIT."""
        return cls(min(n, LIMIT), n > LIMIT)

    def __bool__(self) -> bool:
        return self.n > 0


class Counts:
    """The counts around what is found: exact up to LIMIT, or if all are asked for."""

    def __init__(self, found: QuoteFilter):
        self.found = found
        self.is_whole = not found.asked  # no filter at all

    @cached_property
    def is_countable(self) -> bool:
        """Whether it takes a bearable time to count all choices."""
        return self.found.most() <= COUNTED or self.found.estimate() <= COUNTED

    @cached_property
    def is_exact(self) -> bool:
        """Whether everything is counted, as it is asked for."""
        return "counts" in self.found.state and self.is_countable

    @cached_property
    def total(self) -> Total:
        """How many quotes are found."""
        if not self.found.form.is_valid():
            return Total(0)
        if self.is_whole:
            return Total(totals.total(self.found.memory))
        if self.is_exact:
            return Total(self.found.narrow().count())
        return Total.bounded(len(self._rows))

    @cached_property
    def paged(self) -> int:
        """How many of them there are pages of: far down among too many, a page takes too long."""
        is_too_many = self.total.n > LIMIT or self.total.more
        return min(self.total.n, PAGED) if is_too_many and not self.is_whole else self.total.n

    @property
    def is_table_cut(self) -> bool:
        """Whether a table has but the first of them."""
        return self.total.n > MOST_ROWS or self.total.more

    @cached_property
    def columns(self) -> dict[str, totals.Counts | None]:
        """Of each filter with a column: value -> quotes it gives under the other filters.

        None where the others let too many through to count.
        """
        if self.is_whole:
            return totals.columns(self.found.memory)
        grouped = self._grouped
        if self.is_exact:
            return grouped
        if self.total.more:
            return dict.fromkeys(COLUMNS) | grouped
        return {c: Counter(map(itemgetter(i), self._rows)) for i, c in enumerate(COLUMNS)} | grouped

    @cached_property
    def topics(self) -> totals.Counts | None:
        """Topic -> quotes found that have it; None where they are too many to count."""
        if self.is_whole:
            return totals.topics(self.found.memory)
        return self._grouped.get(totals.TOPIC)

    @cached_property
    def _grouped(self) -> dict[str, totals.Counts | None]:
        """What is counted in the database: the topics, and each column without its own filter.

        Of all columns if asked for, else of the chosen ones, and nothing beyond LIMIT but what is
        known of everything.
        """
        chosen = [column for column in COLUMNS if column in self.found.asked]
        every = totals.columns(self.found.memory)
        counted = {c: every[c] for c in chosen if len(self.found.asked) == 1}
        if self.total.more:
            return counted
        most = COUNTED if self.is_exact else TOO_MANY
        counted |= {c: None for c in chosen if c not in counted and self._is_beyond(most, c)}
        asked = {c: self._without(c) for c in chosen if c not in counted}
        if self.is_exact:
            found = self.found.narrow()
            asked |= {c: found for c in (*COLUMNS, totals.TOPIC) if c not in chosen}
            return totals.group(asked, gather=True) | counted
        bounded = {
            c: rows if self.found.most(**{c: None}) <= LIMIT else first(rows)
            for c, rows in asked.items()
        }
        grouped = totals.group(bounded | {totals.TOPIC: self.entries})
        counted |= {c: None for c in asked if sum(grouped[c].values()) > LIMIT}
        return grouped | counted

    def _is_beyond(self, most: int, column: str) -> bool:
        """Whether the other filters let more than that through, by estimate."""
        others = {column: None}
        return self.found.most(**others) > most and self.found.estimate(**others) > most

    @cached_property
    def _rows(self) -> list[tuple]:
        """The columns and the key of what is found, one more at most than is put in order."""
        if self._is_frequent:
            entries = self.found.narrow(walk=True).newest_first()
        else:
            entries = self.found.narrow()
        return list(entries.values_list(*COLUMNS, "pk")[: self._most_in_order + 1])

    @cached_property
    def _most_in_order(self) -> int:
        """Up to how many hits are first looked up, and then put in order."""
        is_looked_up = self.found.asked.keys() & {"q", "topic"} and not self._is_frequent
        return FEW if is_looked_up else LIMIT

    @cached_property
    def _is_frequent(self) -> bool:
        """Whether what is found is so much that it is found soonest by going through everything."""
        if not self.found.query or self.found.most() <= FEW:
            return False
        return self.found.estimate() >= FREQUENT * totals.total(self.found.memory)

    @cached_property
    def entries(self) -> SearchEntryQuerySet:
        """What is found, for taking the first of it in some order, or counting over it."""
        if self.is_whole or not self.found.form.is_valid():
            return self.found.narrow()
        if len(self._rows) <= self._most_in_order:
            return SearchEntry.objects.among([row[-1] for row in self._rows])
        return self.found.narrow(walk=True)

    def _without(self, column: str) -> SearchEntryQuerySet:
        """What the other filters let through; of little, each is asked for the words."""
        others = {column: None}
        return self.found.narrow(walk=self.found.most(**others) <= PAGED, **others)

    def ways_out(self) -> list[tuple[str, str, Total]]:
        """(what, address, quotes) for each chosen value and word of a query, dropped. Two queries.

        Where nothing is found: so what is found without one of them has all but that one. But for
        what is found without the rarest, all of it is among what has the rarest.
        """
        drops = list(_drops(self.found))
        rarest = min(drops, key=lambda drop: self.found.estimate(**drop.alone))
        counts = _lacking_one(self.found.narrow(**rarest.alone), [drop.kept for drop in drops])
        counts[drops.index(rarest)] = first(self.found.narrow(**rarest.others)).count()
        return [
            (drop.label, drop.url, Total.bounded(counts.get(place, 0)))
            for place, drop in enumerate(drops)
        ]


class Drop(NamedTuple):
    """A chosen value, or a word of a query, to be dropped."""

    label: str
    url: str  # of all others
    alone: dict[str, object]  # the state with only this, as changes of the one that is asked for
    others: dict[str, object]  # the state without this
    kept: Q  # what holds for an entry that has it


def _drops(found: QuoteFilter) -> Iterator[Drop]:
    """Each chosen value and word."""
    nothing = dict.fromkeys(found.asked)
    for name, value in found.asked.items():
        if isinstance(value, Query) and len(value.words) > 1:
            for word in value.words:
                rest, alone = value.without(word), nothing | {name: Query(f'"{word.typed}"')}
                url, kept = found.url(q=[rest.typed]), in_a_row(word.phrases)
                yield Drop(word.typed, url, alone, {name: rest}, kept)
        elif isinstance(value, list):
            for row in value:
                others = [other for other in value if other is not row]
                url = found.url(**{name: [other.slug for other in others]})
                kept = has_tag("topic", row.pk) if name == "topic" else ~has_tag("topic", row.pk)
                yield Drop(str(row), url, nothing | {name: [row]}, {name: others}, kept)
        else:
            (label,) = found.given[name].values()
            kept = _kept_word(value) if name == "q" else Q(**{name: in_column(name, value)})
            yield Drop(label, found.url(**{name: []}), nothing | {name: value}, {name: None}, kept)


def _kept_word(query: Query) -> Q:
    """What holds for an entry that has the one word of a query; nothing has a query of none."""
    return in_a_row(query.words[0].phrases) if query.words else Q(grams="")


def _lacking_one(entries: SearchEntryQuerySet, conditions: list[Q]) -> dict[int, int]:
    """Place of a condition -> how many entries lack that and no other; one query."""
    bits = [2**place for place in range(len(conditions))]
    lacks = [
        Case(When(condition, then=Value(0)), default=Value(bit), output_field=BigIntegerField())
        for condition, bit in zip(conditions, bits, strict=True)
    ]
    lacking = entries.order_by().annotate(lacks=reduce(add, lacks)).filter(lacks__in=bits)
    return {bits.index(bit): n for bit, n in lacking.values_list("lacks").annotate(n=Count("pk"))}


def first(entries: SearchEntryQuerySet) -> SearchEntryQuerySet:
    """`entries`, LIMIT and one more at most."""
    return SearchEntry.objects.filter(pk__in=entries.order_by().values("pk")[: LIMIT + 1])
