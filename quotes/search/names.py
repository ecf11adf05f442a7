"""The names of what readers may filter by: public events, speakers, sources and topics."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise, lazy

from quotes.models import Event, Source, Speaker, Topic
from quotes.models.compiled import compiled
from quotes.models.localized import localized_name
from quotes.models.source import name_of_untitled
from quotes.search.memory import Memory
from quotes.search.models import SearchEntry

NONE = Value("")


class Name(NamedTuple):
    """What something is called, by which key and slug it is known, what it is ordered by."""

    pk: int
    slug: str
    name: str | Promise
    english_name: str = ""
    aliases: str = ""
    order: str = ""

    def __str__(self) -> str:
        return str(localized_name(self.name, self.english_name))


@dataclass(frozen=True)
class Names:
    """The names, by kind and slug, in the order in which lists have them; and the years."""

    event: dict[str, Name]
    speaker: dict[str, Name]
    topic: dict[str, Name]
    source: dict[str, Name]
    years: list[int]

    @classmethod
    def load(cls) -> "Names":
        """The names as they are now; two queries."""
        events = _events()
        names: dict[str, dict[str, Name]] = {"speaker": {}, "topic": {}, "source": {}}
        for what, order, slug, pk, name, *more in sorted(_others()):
            named = _source if what == "source" else _named
            names[what][slug] = named(pk, slug, name, *more)._replace(order=order)
        return cls(
            event={
                slug: Name(pk, slug, name, english) for pk, slug, name, english, _year in events
            },
            years=sorted({year for *_name, year in events}, reverse=True),
            **names,
        )


def _named(pk: int, slug: str, name: str, english: str, aliases: str, *_none: str) -> Name:
    return Name(pk, slug, name, english, aliases)


def _source(
    pk: int, slug: str, title: str, author: str, publisher: str, kind: str, day: str
) -> Name:
    """The name of a source, as `Source` has it."""
    known = (kind, author, publisher, date.fromisoformat(day) if day else None)
    return Name(pk, slug, title or lazy(name_of_untitled, str)(*known))


@compiled
def _events() -> QuerySet:
    rows = Event.objects.published().newest_first()
    return rows.values_list("pk", "slug", "name", "english_name", "start_date__year")


@compiled
def _others() -> QuerySet:
    return _speakers().union(_topics(), _sources(), all=True)


def _speakers() -> QuerySet:
    rows = Speaker.objects.published()
    return _columns(rows, "speaker", "sort_name", "name", "latin_name", "aliases")


def _topics() -> QuerySet:
    """Asked of the index, which is quicker than asking of quotes and their events."""
    entries = SearchEntry.objects.published().filter(quote__tagged_quotes__tag=OuterRef("pk"))
    rows = Topic.objects.filter(Exists(entries))
    return _columns(rows, "topic", "slug", "name", "english_name", "aliases")


def _sources() -> QuerySet:
    rows = Source.objects.published()
    day = Coalesce(Cast("date_published", CharField()), Value(""))
    return _columns(rows, "source", "slug", "title", "author", "publisher", kind="kind", day=day)


def _columns(
    rows: QuerySet,
    what: str,
    order: str,
    *columns: str,
    kind: str | Value = NONE,
    day: Combinable = NONE,
) -> QuerySet:
    """What they are, what orders them, slug, key and the columns; of sources kind and day, too."""
    return rows.order_by().values_list(Value(what), order, "slug", "pk", *columns, kind, day)


def public_names(memory: Memory) -> Names:
    """The names, remembered."""
    return memory.remember("names", Names.load)
