"""The filters as a page shows them: choices with counts, each of them a link."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter

from quotes.filters.counts import Counts
from quotes.filters.quotes import LONG, QuoteFilter
from quotes.search import totals
from quotes.search.models import CODED
from quotes.search.names import Name

SHOWN = 10  # choices of a long filter; the others are a link away
ORDER = ("speaker", "topic", "event", "year", "source", "kind", "role", "wording", "without")

# Value in the address, what is shown of it, quotes; None where those are too many to count.
Row = tuple[str, object, int | None]


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
    """A filter with its choices; only with the chosen one, if there is too much to count."""

    name: str
    label: str
    errors: list[str]
    choices: list[Choice] = field(default_factory=list)
    counts_url: str = ""  # where choices are counted that are not here
    more_url: str = ""  # where all choices are, if these are but the first
    hidden: int = 0  # how many choices that is more

    @property
    def is_long(self) -> bool:
        """Whether there are so many that a box to narrow them helps."""
        return len(self.choices) > 2 * SHOWN

    @property
    def is_needed(self) -> bool:
        """Whether there is more than one value to choose from, one to drop, or something wrong."""
        offered = [choice for choice in self.choices if choice.selected or choice.count != 0]
        is_chosen = any(choice.selected for choice in offered)
        return bool(len(offered) > 1 or is_chosen or self.errors or self.counts_url or self.hidden)


def facets(found: QuoteFilter, counts: Counts) -> list[Facet]:
    """Every filter with its choices; without counts where those would take too long."""
    if counts.is_whole and found.form.is_valid():
        rows = _every_row(found)
    else:
        rows = _rows(found, counts.columns, counts.topics, counts.total.n)
    if None in rows.values() and (counts.is_exact or not counts.is_countable):
        every = _every_row(found)
        rows |= {name: _uncounted(every[name]) for name, row in rows.items() if row is None}
    return [_facet(found, name, rows[name]) for name in ORDER]


def _every_row(found: QuoteFilter) -> dict[str, list[Row]]:
    """Of every filter, its values with counts under no other filter."""
    memory = found.memory
    return memory.remember(
        "facets",
        lambda: _rows(found, totals.columns(memory), totals.topics(memory), totals.total(memory)),
    )


def _rows(
    found: QuoteFilter,
    columns: dict[str, totals.Counts | None],
    topics: totals.Counts | None,
    total: int,
) -> dict[str, list[Row] | None]:
    """Of every filter, its values with counts; None where there are too many to count."""
    rows: dict[str, list[Row] | None] = {name: _coded(name, columns[name]) for name in CODED}
    for name in ("event", "speaker", "source"):
        rows[name] = _named(getattr(found.names, name).values(), columns[name])
    rows["year"] = _years(found.names.years, columns["year"])
    rows["topic"] = _named(found.names.topic.values(), topics)
    rows["without"] = _rest(rows["topic"], total)
    return rows


def _uncounted(rows: list[Row]) -> list[Row]:
    return [(value, label, None) for value, label, _n in rows]


def _coded(name: str, counts: dict[int, int] | None) -> list[Row] | None:
    """All of a few fixed values."""
    if counts is None:
        return None
    return [(str(v), v.label, counts.get(i, 0)) for i, v in enumerate(CODED[name])]


def _named(names: Iterable[Name], counts: dict[int, int] | None) -> list[Row] | None:
    """Those that give quotes, the most first."""
    if counts is None:
        return None
    rows = [(name.slug, name, counts[name.pk]) for name in names if name.pk in counts]
    return sorted(rows, key=itemgetter(2), reverse=True)


def _years(years: list[int], counts: dict[int, int] | None) -> list[Row] | None:
    """Those that give quotes, the latest first."""
    if counts is None:
        return None
    return [(str(year), str(year), counts[year]) for year in years if year in counts]


def _rest(rows: list[Row] | None, total: int) -> list[Row] | None:
    """What of all quotes these rows leave."""
    if rows is None:
        return None
    return [(value, label, total - n) for value, label, n in rows if n < total]


def _facet(found: QuoteFilter, name: str, rows: list[Row] | None) -> Facet:
    """One filter, with its counted choices."""
    chosen = found.given.get(name, {})
    top = (name, found.form.fields[name].label, found.form.errors.get(name, []))
    if rows is None:
        only = [_choice(found, name, (value, text, None)) for value, text in chosen.items()]
        return Facet(*top, only, counts_url=found.url(counts=["all"]))
    if chosen:
        counted = {value for value, _label, _n in rows}
        rows = rows + [(v, text, 0) for v, text in chosen.items() if v not in counted]
    shown = rows
    if name in LONG and found.state.get("more") != name:
        shown = rows[:SHOWN] + [row for row in rows[SHOWN:] if row[0] in chosen]
    hidden = len(rows) - len(shown)
    more = found.url(more=[name]) if hidden else ""
    return Facet(*top, [_choice(found, name, row) for row in shown], "", more, hidden)


def _choice(found: QuoteFilter, name: str, row: tuple[str, object, int | None]) -> Choice:
    """One choice."""
    value, label, n = row[0], str(row[1]), row[2]
    chosen = found.given.get(name, {})
    if value in chosen:
        url = found.url(**{name: [other for other in chosen if other != value]})
        return Choice(value, label, url, True, n)
    several = [*chosen] if name in ("topic", "without") else []
    return Choice(value, label, found.url(**{name: sorted([*several, value])}), False, n)
