"""Moves: publish, schedule, withdraw, back to draft; what they do, and what that shows or hides."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import reduce
from operator import or_

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quotes.models.content import Content
from quotes.models.event import Event
from quotes.models.parallel import Parallel
from quotes.models.publication import (
    Moved,
    Publishable,
    Stage,
    Status,
    When,
    live_at,
    live_from,
)
from quotes.models.quote import Quote
from quotes.models.section import Section
from quotes.models.source import Coverage, Source
from quotes.models.speaker import Appearance, Speaker
from quotes.models.topic import TaggedQuote, Topic

END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)  # when all that is scheduled is due


class Move(models.TextChoices):
    """What is done with an event or a quote between draft and public."""

    PUBLISH = "publish", _("Publish")
    SCHEDULE = "schedule", _("Schedule")
    WITHDRAW = "withdraw", _("Withdraw")
    REDRAFT = "redraft", _("Back to draft")


POSSIBLE = {
    Stage.DRAFT: [Move.PUBLISH, Move.SCHEDULE],
    Stage.SCHEDULED: [Move.PUBLISH, Move.SCHEDULE, Move.REDRAFT],
    Stage.PUBLISHED: [Move.WITHDRAW],
    Stage.WITHDRAWN: [Move.PUBLISH, Move.SCHEDULE, Move.REDRAFT],
}
STAGES = {
    Move.PUBLISH: Stage.PUBLISHED,
    Move.SCHEDULE: Stage.SCHEDULED,
    Move.WITHDRAW: Stage.WITHDRAWN,
    Move.REDRAFT: Stage.DRAFT,
}
SHOWING = (Move.PUBLISH, Move.SCHEDULE)


class OutdatedError(Exception):
    """A row is no longer as it was shown to whoever wants to move it."""


def moves_from(row: Publishable) -> list[Move]:
    """What can be done with a row as it stands; what was once public is not held back again."""
    return [
        move for move in POSSIBLE[row.stage] if not (move == Move.SCHEDULE and row.time_has_come)
    ]


def refusal(move: Move, row: Publishable) -> dict[str, list[str]]:
    """Why the row is not moved: field -> reasons, those of no field under NON_FIELD_ERRORS."""
    if move not in POSSIBLE[row.stage]:
        return {
            NON_FIELD_ERRORS: [
                _("Not possible as it stands: %(stage)s.") % {"stage": row.stage.label}
            ]
        }
    if move not in moves_from(row):
        return {NON_FIELD_ERRORS: [_("It was public before: publish it when the time comes.")]}
    return row.what_stops() if move in SHOWING else {}


def move_row(move: Move, row: Publishable, at: datetime | None = None) -> None:
    """Give the row the status and time that it has after the move; `at`: when it is scheduled for.

    A time at which it was public stays: it says so for good.
    """
    if not row.time_has_come:
        times = {Move.PUBLISH: timezone.now(), Move.SCHEDULE: at}
        row.published_at = times.get(move)
    statuses = {Move.WITHDRAW: Status.WITHDRAWN, Move.REDRAFT: Status.DRAFT}
    row.status = statuses.get(move, Status.PUBLISHED)


def carry_out(
    move: Move, kind: type[Publishable], seen: dict[int, str], at: datetime | None = None
) -> list[Publishable]:
    """Move the rows with these primary keys, all or none; the rows.

    `seen` maps each to its `standing` as it was shown; raises OutdatedError if it is another
    now, or the row is refused.
    """
    with transaction.atomic():
        rows = list(kind.objects.select_for_update().filter(pk__in=seen).order_by("pk"))
        if {row.pk: row.standing for row in rows} != seen:
            raise OutdatedError
        for row in rows:
            if refusal(move, row):
                raise OutdatedError
            move_row(move, row, at)
            row.save()
    return rows


# How what can appear or go hangs on the rows that are moved.
REACHED = {
    Event: {
        Event: ["pk__in"],
        Section: ["coverage__event__in"],
        Quote: ["section__coverage__event__in"],
        Appearance: ["event__in"],
        Speaker: ["appearances__event__in"],
        TaggedQuote: ["content_object__section__coverage__event__in"],
        Topic: ["tagged_quotes__content_object__section__coverage__event__in"],
        Coverage: ["event__in"],
        Source: ["coverages__event__in"],
        Parallel: [
            "first__section__coverage__event__in",
            "second__section__coverage__event__in",
        ],
    },
    Quote: {
        Section: ["quotes__in"],
        Quote: ["pk__in"],
        Appearance: ["event__coverages__sections__quotes__in"],
        Speaker: ["appearances__event__coverages__sections__quotes__in"],
        TaggedQuote: ["content_object__in"],
        Topic: ["tagged_quotes__content_object__in"],
        Parallel: ["first__in", "second__in"],
    },
}


def changed_by(
    move: Move, kind: type[Publishable], pks: Iterable[int]
) -> dict[type[Content], QuerySet]:
    """What readers begin to see, or see no more, by a move of these rows; nothing is written.

    By kind of content; with what a move brings about only when something else that is scheduled
    falls due, as a quote of a scheduled event.
    """
    moved = Moved(kind._meta.model_name, list(pks), move in SHOWING)
    return {
        model: _reached(model, lookups, moved.keys).filter(_changes(model, moved))
        for model, lookups in REACHED[kind].items()
    }


def _reached(model: type[Content], lookups: list[str], pks: list[int]) -> QuerySet:
    """The rows of `model`, each once, that such a lookup finds."""
    found = (model.objects.filter(**{lookup: pks}).values("pk") for lookup in lookups)
    return model.objects.filter(reduce(or_, (Q(pk__in=keys) for keys in found)))


def _changes(model: type[Content], moved: Moved) -> Q:
    """Condition for a row of `model` to appear, or to go."""
    if not moved.shown:
        return Q(_is_public(model)) & ~Q(_is_public(model, moved))
    appears = Q(_is_public(model, moved)) & ~Q(_is_public(model))
    with live_from(END_OF_TIME):
        return appears | (Q(_is_public(model, moved)) & ~Q(_is_public(model)))


def _is_public(model: type[Content], when: When | Moved = When.NOW) -> Exists:
    """That readers see a row of `model` then."""
    with live_at(when):
        return Exists(model.objects.published().filter(pk=OuterRef("pk")))
