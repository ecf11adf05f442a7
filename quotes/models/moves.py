"""Moves: publish, schedule, withdraw, back to draft; what they do, and what that shows or hides."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quotes.models.content import Content
from quotes.models.event import Event
from quotes.models.publication import Publishable, Stage, Status
from quotes.models.quote import Quote
from quotes.models.section import Section
from quotes.models.speaker import Speaker
from quotes.models.topic import Topic

ADDRESSES = 10  # named of those that appear or go, of each kind


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


class Pages(NamedTuple):
    """Public pages of one kind that appear or go with a move: how many, and the first of them."""

    kind: type[Content]
    keys: set[int]
    rows: list[Content]


# How what can appear or go hangs on the rows that are moved.
REACHED = {
    Event: {
        Event: "pk__in",
        Section: "coverage__event__in",
        Quote: "section__coverage__event__in",
        Speaker: "appearances__event__in",
        Topic: "tagged_quotes__content_object__section__coverage__event__in",
    },
    Quote: {
        Quote: "pk__in",
        Section: "quotes__in",
        Speaker: "appearances__event__coverages__sections__quotes__in",
        Topic: "tagged_quotes__content_object__in",
    },
}
NEEDED = {Section: ["coverage__event", "coverage__source"]}  # for the address of a row


def pages_changed(move: Move, kind: type[Publishable], pks: Iterable[int]) -> list[Pages]:
    """The public pages that appear or go with a move, as if what is scheduled were due now.

    Found by trial: the rows are moved, looked at by `published()`, and put back.
    """
    pks = list(pks)
    before = _public_keys(kind, pks)
    with transaction.atomic():
        # Without a signal: neither the index nor anybody else hears of what is put back.
        rows = kind._base_manager.filter(pk__in=pks)
        if move in SHOWING:
            rows.update(status=Status.PUBLISHED, published_at=timezone.now())
        else:
            rows.update(status=Status.WITHDRAWN)
        after = _public_keys(kind, pks)
        transaction.set_rollback(True)
    return [_pages(model, before[model] ^ after[model]) for model in before]


def _public_keys(kind: type[Publishable], pks: list[int]) -> dict[type[Content], set[int]]:
    """What is public of all that hangs on these rows: kind of content -> primary keys."""
    return {
        model: set(model.objects.published().filter(**{lookup: pks}).values_list("pk", flat=True))
        for model, lookup in REACHED[kind].items()
    }


def _pages(model: type[Content], keys: set[int]) -> Pages:
    """The pages of the rows with these primary keys."""
    rows = model.objects.select_related(*NEEDED.get(model, []))
    return Pages(model, keys, list(rows.filter(pk__in=sorted(keys)[:ADDRESSES])))
