"""Recording versions: those of one act of saving bear the same time, user and reason."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Model
from django.dispatch import receiver
from django.utils import timezone
from simple_history.signals import pre_create_historical_record

from quotes.history.models import CONTENT, differs
from quotes.models.content import rows_written
from quotes.search.models import ContentState

CHUNK = 1000  # rows recorded at a time


@dataclass
class Saving:
    """One act of saving."""

    why: str = ""
    time: datetime = field(default_factory=timezone.now)


_saving: ContextVar[Saving | None] = ContextVar("saving", default=None)


@contextmanager
def one_save(why: str = "") -> Iterator[None]:
    """One transaction, in which nobody else saves: what is recorded in it belongs together.

    SQLite lets in one writer at a time anyway. Elsewhere whoever comes second waits here, and
    then reads what the first has written. Raises OperationalError after LOCK_WAIT seconds of
    waiting (summit/settings.py). What is decided within it holds; what takes time and does not
    depend on other rows, and asking for rights, comes before.
    """
    with transaction.atomic():
        ContentState.lock()
        token = _saving.set(Saving(why))
        try:
            yield
        finally:
            _saving.reset(token)


def is_saving() -> bool:
    """Whether this is within `one_save`."""
    return _saving.get() is not None


def give_reason(why: str) -> None:
    """Say why, within `one_save`."""
    if saving := _saving.get():
        saving.why = why


@receiver(pre_create_historical_record)
def join_the_save(history_instance: Model, **kwargs) -> None:
    """Give a version the time and reason of the save that it belongs to."""
    if saving := _saving.get():
        history_instance.history_date = saving.time
        history_instance.history_change_reason = saving.why or None


@receiver(rows_written)
def record_written(sender: type[Model], pks: list, **kwargs) -> None:
    """Follow rows that were written at once."""
    if sender in CONTENT:
        record(sender, pks)


def record(model: type[Model], pks: Iterable[int]) -> None:
    """Add a version of each of these rows that differs from its newest."""
    pks = sorted(pks)
    saving = _saving.get() or Saving()
    common = {"default_date": saving.time, "default_change_reason": saving.why or None}
    for start in range(0, len(pks), CHUNK):
        chunk = pks[start : start + CHUNK]
        newest = newest_versions(model, chunk)
        rows = [
            row
            for row in model._base_manager.filter(pk__in=chunk)
            if differs(row, newest.get(row.pk))
        ]
        made = [row for row in rows if row.pk not in newest]
        changed = [row for row in rows if row.pk in newest]
        model.history.bulk_history_create(made, **common)
        model.history.bulk_history_create(changed, update=True, **common)


def newest_versions(model: type[Model], pks: Iterable[int]) -> dict[int, Model]:
    """The newest version of each of these rows, by the row's primary key; one query."""
    latest = model.history.filter(id__in=pks).order_by().values("id").annotate(n=Max("history_id"))
    return {v.id: v for v in model.history.filter(history_id__in=latest.values("n"))}
