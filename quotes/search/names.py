"""The names of what readers may filter by: public events, speakers, sources and topics."""

from dataclasses import dataclass

from django.utils.functional import Promise

from quotes.models import Event, Source, SourceKind, Speaker, Topic
from quotes.models.speaker import localized_name
from quotes.search.memory import Memory


@dataclass(frozen=True, slots=True)
class Name:
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
        """The names as they are now; four queries."""
        events = list(
            Event.objects.published()
            .newest_first()
            .values_list("pk", "slug", "name", "start_date__year")
        )
        speakers = Speaker.objects.published().order_by("sort_name", "slug")
        topics = Topic.objects.published().order_by("slug")
        sources = (
            Source.objects.published().order_by("slug").values_list("pk", "slug", "title", "kind")
        )
        return cls(
            event=_by_slug(row[:3] for row in events),
            speaker=_by_slug(speakers.values_list("pk", "slug", "name", "latin_name", "aliases")),
            topic=_by_slug(
                (pk, slug, name, "", aliases)
                for pk, slug, name, aliases in topics.values_list("pk", "slug", "name", "aliases")
            ),
            source=_by_slug(
                (pk, slug, title or SourceKind(kind).label) for pk, slug, title, kind in sources
            ),
            years=sorted({row[3] for row in events}, reverse=True),
        )


def _by_slug(rows: object) -> dict[str, Name]:
    """Names of rows of values, by slug."""
    return {row[1]: Name(*row) for row in rows}


def public_names(memory: Memory) -> Names:
    """The names, remembered."""
    return memory.remember("names", Names.load)
