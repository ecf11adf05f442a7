"""The names of what readers may filter by: public events, speakers, sources and topics."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet, Value
from django.utils.functional import Promise

from quotes.models import Event, Source, SourceKind, Speaker
from quotes.models.compiled import compiled
from quotes.models.speaker import localized_name
from quotes.search.memory import Memory
from quotes.search.models import public_topics


class Name(NamedTuple):
    """What something is called, and by which key and slug it is known."""

    pk: int
    slug: str
    name: str | Promise
    latin_name: str = ""
    aliases: str = ""

    def __str__(self) -> str:
        return str(localized_name(self.name, self.latin_name))


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
        for what, _order, slug, pk, name, latin_name, aliases, kind in sorted(_others()):
            shown = name or SourceKind(kind).label
            names[what][slug] = Name(pk, slug, shown, latin_name, aliases)
        return cls(
            event={slug: Name(pk, slug, name) for pk, slug, name, _year in events},
            years=sorted({year for *_name, year in events}, reverse=True),
            **names,
        )


@compiled
def _events() -> QuerySet:
    rows = Event.objects.published().newest_first()
    return rows.values_list("pk", "slug", "name", "start_date__year")


@compiled
def _others() -> QuerySet:
    return _speakers().union(_topics(), _sources(), all=True)


def _speakers() -> QuerySet:
    rows = Speaker.objects.published()
    return _columns(rows, "speaker", "sort_name", "name", "latin_name", "aliases", Value(""))


def _topics() -> QuerySet:
    return _columns(public_topics(), "topic", "slug", "name", Value(""), "aliases", Value(""))


def _sources() -> QuerySet:
    rows = Source.objects.published()
    return _columns(rows, "source", "slug", "title", Value(""), Value(""), "kind")


def _columns(rows: QuerySet, what: str, order: str, *columns: str | Value) -> QuerySet:
    """What they are, what orders them, slug, key, name, Latin name, aliases, kind."""
    return rows.order_by().values_list(Value(what), order, "slug", "pk", *columns)


def public_names(memory: Memory) -> Names:
    """The names, remembered."""
    return memory.remember("names", Names.load)
