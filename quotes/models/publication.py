"""Who sees what: the one rule by which an event or a quote is public."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from enum import Enum, auto
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Expression, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where an event or a quote stands with its editors."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Stage(models.TextChoices):
    """Where a row stands as people see it: the status, and whether its time has come."""

    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class When(Enum):
    """What `live()` asks of a row."""

    NOW = auto()  # readers see it now
    EVER = auto()  # they see it or have seen it: withdrawn or a draft again, it keeps its time
    ANY_TIME = auto()  # or they will


class Moved(NamedTuple):
    """What `live()` asks instead: whether readers would see a row now if some were moved."""

    kind: str  # "event" or "quote"
    keys: list[int]  # primary keys of those that are moved
    shown: bool  # to where readers see them, or away from there


_when: ContextVar[When | Moved] = ContextVar("when", default=When.NOW)
_moment: ContextVar[datetime | Expression | None] = ContextVar("moment", default=None)


@contextmanager
def live_at(when: When | Moved) -> Iterator[None]:
    """Within it, `published()` and all else that asks `live()` means then."""
    token = _when.set(when)
    try:
        yield
    finally:
        _when.reset(token)


@contextmanager
def live_from(moment: datetime | Expression) -> Iterator[None]:
    """Within it, `live()` and all else that asks `now()` means that time."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def now() -> datetime | Expression:
    """The time at which it is asked what is public."""
    return _moment.get() or timezone.now()


def live(prefix: str = "", kind: str = "quote") -> Q:
    """Condition for a row to be published by now; `prefix` leads to it, as in "section__".

    `kind`: what it leads to, "event" or "quote".
    """
    when = _when.get()
    is_due = Q(**{f"{prefix}published_at__lte": now()})
    if when is When.EVER:
        return is_due
    if when is When.ANY_TIME:
        return is_due | Q(**{f"{prefix}status__in": [Status.PUBLISHED, Status.WITHDRAWN]})
    is_live = is_due & Q(**{f"{prefix}status": Status.PUBLISHED})
    if isinstance(when, Moved) and when.kind == kind:
        is_moved = Q(**{f"{prefix}pk__in": when.keys})
        return is_live | is_moved if when.shown else is_live & ~is_moved
    return is_live


def ahead() -> Q:
    """Condition for a row to be published at a time that still lies ahead."""
    return Q(status=Status.PUBLISHED, published_at__gt=timezone.now())


def at_stage(stage: str) -> Q:
    """Condition for a row to stand there."""
    return {Stage.SCHEDULED: ahead(), Stage.PUBLISHED: live()}.get(stage) or Q(status=stage)


def not_withdrawn(prefix: str = "") -> Q:
    """Condition for a row to be shown in the preview of what it belongs to."""
    return Q(**{f"{prefix}status__in": [Status.DRAFT, Status.PUBLISHED]})


def live_quote(prefix: str = "") -> Q:
    """Condition for a quote, and the event it belongs to, to be published by now."""
    return live(prefix) & live(f"{prefix}section__coverage__event__", "event")


def public_from(*rows: "Publishable") -> datetime | None:
    """When all of `rows`, a quote and its event, are public: what live() says, as a time."""
    if all(row.status == Status.PUBLISHED and row.published_at for row in rows):
        return max(row.published_at for row in rows)
    return None


class Publishable(models.Model):
    """An event or a quote: public from a time on, if its editors say so."""

    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.DRAFT
    )
    published_at = models.DateTimeField(
        _("publication time"),
        null=True,
        blank=True,
        help_text=_("Public from this time on; may lie ahead."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="%(class)s_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="%(class)s_published_has_time",
            ),
        ]

    @property
    def is_scheduled(self) -> bool:
        """Whether it is published at a time that still lies ahead."""
        # A row at hand may still lack the time that the constraint demands of a kept one.
        has_time = self.published_at is not None
        return self.status == Status.PUBLISHED and has_time and not self.time_has_come

    @property
    def stage(self) -> Stage:
        """Where it stands now."""
        return Stage.SCHEDULED if self.is_scheduled else Stage(self.status)

    @property
    def time_has_come(self) -> bool:
        """Whether its publication time has come: once public, it keeps that time for good."""
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def standing(self) -> str:
        """Status and publication time as one text, to tell whether they changed meanwhile."""
        return (
            f"{self.status} {self.published_at.isoformat()}" if self.published_at else self.status
        )

    def what_stops(self) -> dict[str, list[str]]:
        """What must be there for readers and is not: field -> messages. No query."""
        present = [f.name for f in self._meta.fields if f.is_relation and getattr(self, f.attname)]
        try:
            self.full_clean(exclude=present, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            return error.message_dict
        return {}

    def to_do(self) -> dict[str, str]:
        """What should be there for readers and is not: field -> what it would be."""
        raise NotImplementedError
