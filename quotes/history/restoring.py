"""Bringing back: an earlier version of a row, or a row that was deleted."""

import copy
from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import CASCADE, Model

from quotes.history.models import CONTENT
from quotes.history.versions import topics_at, version_at
from quotes.models import Quote, Status
from quotes.models.content import Ordered
from quotes.models.publication import Publishable

# What a restored version never brings along: nothing becomes public, or hidden, on the way.
PUBLICATION = ("status", "published_at", "listed")


def as_it_was(row: Model, time: datetime, fixed: set[str]) -> Model | None:
    """The row as it was at `time`, not saved, but for `fixed` fields and its publication.

    It keeps its place, unless it goes back to another list. None if it was not there then.
    """
    version = version_at(type(row), row.pk, time)
    if version is None:
        return None
    then = copy.copy(row)
    kept = {*fixed, *PUBLICATION}
    if isinstance(row, Ordered) and _list(row) == _list(version):
        kept.add("position")
    for field in version.tracked_fields:
        if field.name not in kept:
            setattr(then, field.attname, getattr(version, field.attname))
    return then


def _list(row: Model) -> int:
    """The key of what an ordered row, or a version of it, is ordered within."""
    kind = getattr(row, "instance_type", type(row))
    return getattr(row, kind._meta.get_field(kind.ordered_within).attname)


def restore(then: Model, time: datetime) -> None:
    """Save a row that `as_it_was`, of a quote with its topics of then.

    Raises ValidationError if it cannot be as it was any more.
    """
    _check(then)
    then.save()
    if isinstance(then, Quote):
        then.topics.set(topics_at(then.pk, history_date__lte=time)[0])
    if isinstance(then, Ordered):
        then.siblings().renumber()


def went_along(version: Model) -> Iterator[Model]:
    """The last versions of the rows that were deleted because this one was."""
    for relation in version.instance_type._meta.related_objects:
        if relation.on_delete is CASCADE and relation.related_model in CONTENT:
            yield from relation.related_model.history.filter(
                history_type="-",
                history_date=version.history_date,
                **{relation.field.name: version.id},
            )


def bring_back(version: Model) -> tuple[Model, list[Model]]:
    """Save a deleted row again under its old key, an event or quote as a draft.

    With it comes what went along, but for rows that point to something that is still gone.
    Returns the row and the versions that stay gone; raises ValidationError if the row itself
    cannot come back.
    """
    row = version.history_object
    if isinstance(row, Publishable):
        row.status = Status.DRAFT
    _save(row)
    stay_gone = []
    for part in went_along(version):
        try:
            _save(part.history_object)
        except ValidationError:
            stay_gone.append(part)
    return row, stay_gone


def _save(row: Model) -> None:
    """Check and save a row that is not there."""
    _check(row)
    row.save(force_insert=True)


def _check(row: Model) -> None:
    """Raise ValidationError for a row that cannot be; first for what it points to and is gone."""
    row.clean_fields()
    row.full_clean()
