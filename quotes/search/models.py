"""What is kept for searching; all of it derived (see quotes.search.index)."""

from collections.abc import Iterable
from math import ceil
from secrets import randbits
from typing import Self

from django.db import connection, models
from django.db.models import (
    DO_NOTHING,
    Exists,
    F,
    ForeignKey,
    Index,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
)

from quotes.models import (
    Event,
    Quote,
    Role,
    SectionKind,
    Source,
    Speaker,
    TaggedQuote,
    Topic,
    Wording,
)
from quotes.models.compiled import Argument, compiled
from quotes.models.publication import live, now
from quotes.search.lookups import GramsField, in_a_row
from quotes.text.queries import Word

CODED = {"role": Role, "kind": SectionKind, "wording": Wording}
SAMPLE = 4_000  # entries: enough to tell a share of 1.5 % from one of 1 %, in 4 MB
COLUMNS = ("event", "speaker", "source", "year", "role", "kind", "wording")  # to filter by
# An index holds nobody back: a row of it is removed after what it points to.
LOOSE = {"on_delete": DO_NOTHING, "db_constraint": False, "db_index": False, "related_name": "+"}


def code(column: str, value: str) -> int:
    """The number that stands for one of a few fixed values: its place among them."""
    return CODED[column].values.index(value)


class SearchEntryQuerySet(models.QuerySet):
    """Query set of index rows."""

    def published(self) -> Self:
        """Those of quotes that readers may see now."""
        return self.filter(public_from__lte=now())

    def hidden(self) -> Self:
        """Those of quotes that readers may not see now."""
        return self.filter(Q(public_from__gt=now()) | Q(public_from=None))

    def newest_first(self) -> Self:
        """By the time they became public, the latest first; at the same time as they are read."""
        return self.order_by("-public_from", "reading")

    def in_reading_order(self) -> Self:
        """Newest event first, within an event as it is read."""
        return self.order_by("reading")

    def indexed(self, words: list[Word], tags: Iterable[str] = ()) -> Self:
        """Those in which all of `words` stand and that have all tags, found by the index."""
        long = [word for word in words if any(len(phrase) > 2 for phrase in word.phrases)]
        return self.filter(grams__indexed=[*words, *tags]).containing(long)

    def containing(self, words: list[Word]) -> Self:
        """Those in which all of `words` stand, found by reading the rows."""
        rows = self
        for word in words:
            rows = rows.filter(in_a_row(word.phrases))
        return rows

    def among(self, keys: list[int]) -> Self:
        """Those with these primary keys, however many."""
        return self.filter(pk__among=keys)

    def sample(self) -> list[str]:
        """The grams of those with keys from all over, SAMPLE or one more if none are missing."""
        keys = self.aggregate(first=Min("pk"), last=Max("pk"))
        if keys["first"] is None:
            return []
        step = max(1, ceil((keys["last"] - keys["first"]) / SAMPLE))
        chosen = list(range(keys["first"], keys["last"] + 1, step))
        return list(self.among(chosen).values_list("grams", flat=True))

    def tagged(self, topic: int) -> Self:
        """Those of quotes with this topic, found by the index of topics."""
        tagged = TaggedQuote.objects.filter(tag=topic)
        return self.filter(pk__in=tagged.values("content_object"))

    def having(self, topics: list[int]) -> Self:
        """Those of quotes with all these topics, found by asking each row."""
        rows = self
        for topic in topics:
            rows = rows.filter(Exists(_tags([topic])))
        return rows

    def lacking(self, topics: list[int]) -> Self:
        """Those of quotes with none of these topics."""
        return self.filter(~Exists(_tags(topics))) if topics else self


def _tags(topics: list[int]) -> models.QuerySet:
    """That a quote has any of these topics."""
    return TaggedQuote.objects.filter(tag__in=topics, content_object=OuterRef("pk"))


def public_topics() -> models.QuerySet:
    """The topics that readers may see now.

    By leaving out what is hidden, which is little, where asking of each quote and its event takes
    a hundred times as long on PostgreSQL.
    """
    hidden = SearchEntry.objects.hidden().values("pk")
    tagged = TaggedQuote.objects.filter(tag=OuterRef("pk")).exclude(content_object__in=hidden)
    return Topic.objects.filter(Exists(tagged))


class SearchEntry(models.Model):
    """What the index knows of a quote."""

    quote = models.OneToOneField(
        Quote, DO_NOTHING, primary_key=True, db_constraint=False, related_name="search_entry"
    )
    event = ForeignKey(Event, **LOOSE)
    speaker = ForeignKey(Speaker, **LOOSE)
    source = ForeignKey(Source, **LOOSE)
    year = models.SmallIntegerField()
    role = models.SmallIntegerField(null=True)
    kind = models.SmallIntegerField()
    wording = models.SmallIntegerField()
    public_from = models.DateTimeField(null=True)
    reading = models.BinaryField()  # sorts as the site is read, the newest event first
    heading = models.TextField()  # grams of title and topics
    grams = GramsField()  # grams of all that is searched

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            # With the keys, so that PostgreSQL finds a page far down without reading rows.
            Index(
                F("public_from").desc(), F("reading"), F("quote"), name="searchentry_newest_first"
            ),
            Index(fields=["reading", "quote"], name="searchentry_reading_order"),
            Index(fields=["speaker", "reading", "quote"], name="searchentry_speaker_reading"),
            *(
                Index(fields=[name, "-public_from"], name=f"searchentry_by_{name}")
                for name in COLUMNS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote_id}"


def neighbours(event: Event, here: bytes) -> tuple[Quote | None, Quote | None]:
    """The event's public quotes before and after the one whose `reading` is `here`; two queries.

    Of each what it goes by: slug, number, title, words, and the name of its speaker.
    """
    place = {"event": event.pk, "here": here}
    return _first(_before(**place)), _first(_after(**place))


def _first(rows: list[tuple]) -> Quote | None:
    for slug, number, title, body_html, name, latin_name in rows:
        speaker = Speaker(name=name, latin_name=latin_name)
        return Quote(slug=slug, number=number, title=title, body_html=body_html, speaker=speaker)
    return None


@compiled
def _before() -> models.QuerySet:
    return _beside(reading__lt=Argument("here")).order_by("-reading")[:1]


@compiled
def _after() -> models.QuerySet:
    return _beside(reading__gt=Argument("here")).order_by("reading")[:1]


def _beside(**where: Argument) -> models.QuerySet:
    rows = SearchEntry.objects.published().filter(event=Argument("event"), **where)
    shown = ("slug", "number", "title", "body_html", "speaker__name", "speaker__latin_name")
    return rows.values_list(*(f"quote__{name}" for name in shown))


def new_version() -> int:
    """A version number that no other state of the content has, a restored one included."""
    return randbits(62)


class ContentState(models.Model):
    """The one row that says which version the content is, so that every process knows."""

    ONLY = 1  # its primary key

    version = models.BigIntegerField(default=new_version)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="content_state_only_once")]

    def __str__(self) -> str:
        return f"{self.version}"

    @classmethod
    def lock(cls) -> None:
        """Wait until nobody else changes the content, and keep others waiting till the commit.

        Taken before any row is written, so that nobody waits in a circle. On SQLite the transaction
        itself, which has to have begun, lets in one writer at a time.
        """
        if connection.features.has_select_for_update:
            cls.objects.select_for_update().filter(pk=cls.ONLY).first()

    @classmethod
    def change(cls) -> None:
        """Be another version, in the transaction that makes it one."""
        cls.objects.filter(pk=cls.ONLY).update(version=new_version())


def state() -> tuple:
    """What is another whenever readers see other content; one query.

    The version, and when an event and a quote last became public: of what was scheduled, nobody
    changes the version when its time has come.
    """
    return _state()[0]


@compiled
def _state() -> models.QuerySet:
    last = [
        model.objects.filter(live()).order_by("-published_at").values("published_at")[:1]
        for model in (Event, Quote)
    ]
    return ContentState.objects.values_list("version", *map(Subquery, last))
