"""Reading versions: what was at a time, what came before, what is deleted."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import (
    CharField,
    Exists,
    F,
    Max,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from quotes.models import Appearance, Coverage, Event, Quote, TaggedQuote, Topic


class Part(NamedTuple):
    """A kind of row that is a part of another and shows in its history."""

    model: type[Model]
    whole: str  # the field that leads to what it is a part of
    name: str  # the field whose row names it there


PARTS = {
    Quote: [Part(TaggedQuote, "content_object", "tag")],
    Event: [Part(Appearance, "event", "speaker"), Part(Coverage, "event", "source")],
}


def version_of(row: Model) -> str:
    """The number of the newest version of a row as its form edits it: of a quote, with its topics.

    "" for a row without versions; at most two queries.
    """
    newest = row.history.aggregate(n=Max("history_id"))["n"]
    if not isinstance(row, Quote):
        return str(newest or "")
    return f"{newest or ''}.{tagging(row.pk).aggregate(n=Max('history_id'))['n'] or ''}"


def last_change(row: Model) -> Model | None:
    """The newest version of a row, or of the topics of a quote, whichever is the later."""
    versions = [row.history, *([tagging(row.pk)] if isinstance(row, Quote) else [])]
    newest = [v.select_related("history_user").order_by("-history_id").first() for v in versions]
    return max(filter(None, newest), key=lambda version: version.history_date, default=None)


def newest_number(model: type[Model]) -> Subquery:
    """An annotation: the number of each row's newest version, topics not counted."""
    versions = model.history.filter(id=OuterRef("pk")).order_by("-history_id")
    return Subquery(versions.values("history_id")[:1])


def with_versions(rows: QuerySet) -> QuerySet:
    """The rows, each with `version`: what `version_of` gives, for many in one query."""
    newest = Coalesce(Cast(newest_number(rows.model), CharField()), Value(""))
    if rows.model is not Quote:
        return rows.annotate(version=newest)
    ever = TaggedQuote.history.filter(content_object=OuterRef(OuterRef("pk"))).order_by()
    last = TaggedQuote.history.filter(id__in=ever.values("id")).order_by("-history_id")
    topics = Cast(Subquery(last.values("history_id")[:1]), CharField())
    return rows.annotate(version=Concat(newest, Value("."), Coalesce(topics, Value(""))))


def tagging(quote_pk: int) -> QuerySet:
    """The versions of all rows that ever put a topic on this quote."""
    ever = TaggedQuote.history.filter(content_object=quote_pk).order_by()
    return TaggedQuote.history.filter(id__in=ever.values("id"))


def topics_at(quote_pk: int, **until: int | datetime) -> tuple[list[Topic], list[int]]:
    """The topics that a quote had, and the keys of those that are no more; `until` is a lookup."""
    last = {row.id: row for row in tagging(quote_pk).filter(**until).order_by("history_id")}
    keys = {
        row.tag_id
        for row in last.values()
        if row.history_type != "-" and row.content_object_id == quote_pk
    }
    topics = list(Topic.objects.filter(pk__in=keys).order_by("slug"))
    return topics, sorted(keys - {topic.pk for topic in topics})


def version_at(model: type[Model], pk: int, time: datetime) -> Model | None:
    """What a row was at `time`, if it was."""
    until = model.history.filter(id=pk, history_date__lte=time)
    version = until.order_by("-history_id").first()
    return version if version and version.history_type != "-" else None


def times_of_change(row: Model) -> QuerySet:
    """When a row or a part of it was changed, the latest first."""
    times = row.history.order_by().values_list("history_date", flat=True)
    of_parts = [
        part.model.history.filter(**{part.whole: row.pk})
        .order_by()
        .values_list("history_date", flat=True)
        for part in PARTS.get(type(row), [])
    ]
    return (
        times.union(*of_parts).order_by("-history_date")
        if of_parts
        else (times.distinct().order_by("-history_date"))
    )


def with_previous(versions: QuerySet) -> list[tuple[Model | None, Model]]:
    """Each version after the one before it, in the order in which they were made; two queries."""
    earlier = versions.model.objects.filter(
        id=OuterRef("id"), history_id__lt=OuterRef("history_id")
    ).order_by("-history_id")
    rows = versions.annotate(before=Subquery(earlier.values("history_id")[:1]))
    previous = versions.model.objects.filter(history_id__in=rows.order_by().values("before"))
    by_number = {version.history_id: version for version in previous}
    rows = rows.select_related("history_user").order_by("history_id")
    return [(by_number.get(row.before), row) for row in rows]


def deleted(model: type[Model]) -> QuerySet:
    """The last versions of the rows that are no more, the last deleted first."""
    later = model.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    there = model._base_manager.filter(pk=OuterRef("id"))
    gone = model.history.filter(~Exists(later), ~Exists(there), history_type="-")
    return gone.select_related("history_user").order_by(F("history_id").desc())


def last_versions(model: type[Model], pks: Iterable[int]) -> dict[int, Model]:
    """What rows were, gone ones too, as rows that are not saved, by primary key."""
    versions = model.history.filter(id__in=pks).order_by("history_id")
    return {version.id: version.history_object for version in versions}
