"""What was changed of a row and its parts, time by time."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.contrib.admin import ModelAdmin
from django.db.models import Model, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from quotes.admin.changes import Change, Names, changes, names_of, shown
from quotes.history.versions import PARTS, Part, with_previous
from quotes.models import Quote, TaggedQuote
from quotes.text.differences import Budget, Kind, Piece, deleted, inserted

Pair = tuple[Model | None, Model]  # a row's version before, and the one after
VERBS = {"+": _("Added"), "~": _("Changed"), "-": _("Deleted")}


class Entry(NamedTuple):
    """What was changed at one time."""

    time: datetime
    version: Model  # which says who and why
    verb: str
    changes: list[Change]
    can_restore: bool


def timeline(
    row: Model,
    times: list[datetime],
    queryset_of: Callable[[ModelAdmin], QuerySet],
    budget: Budget,
) -> Iterator[Entry]:
    """What was changed at these times; see `names_of` for `queryset_of`."""
    own = with_previous(row.history.filter(history_date__in=times))
    of_parts = [(part, _versions(part, row, times)) for part in PARTS.get(type(row), [])]
    pairs = [*own, *(pair for _part, part_pairs in of_parts for pair in part_pairs)]
    names = names_of([v for pair in pairs for v in pair if v], queryset_of)
    of_row, parts = _by_time(own), [(part, _by_time(found)) for part, found in of_parts]
    anything = _by_time(pairs)
    for time in times:
        (before, after) = (of_row[time] or anything[time])[0]
        kind = _kind(before, after) if of_row[time] else "~"
        changed = (
            list(changes(before, after, names, budget)) if of_row[time] and kind != "-" else []
        )
        for part, found in parts:
            changed += _joined(
                c for pair in found[time] for c in _part_changes(part, pair, names, budget)
            )
        can_restore = kind != "-" and (bool(of_row[time]) or isinstance(row, Quote))
        yield Entry(time, after, VERBS[kind], changed, can_restore)


def _versions(part: Part, row: Model, times: list[datetime]) -> list[Pair]:
    """The versions of parts of the row that were made at these times."""
    versions = part.model.history.filter(**{part.whole: row.pk}, history_date__in=times)
    return with_previous(versions)


def _by_time(pairs: list[Pair]) -> dict[datetime, list[Pair]]:
    """Each row before and after each time, however often it was saved then."""
    merged: dict[tuple[datetime, int], Pair] = {}
    for before, version in pairs:
        key = (version.history_date, version.id)
        merged[key] = (merged[key][0] if key in merged else before, version)
    by_time = defaultdict(list)
    for (time, _id), pair in merged.items():
        by_time[time].append(pair)
    return by_time


def _kind(before: Model | None, after: Model) -> str:
    """Whether the row was added (+), changed (~) or deleted (-)."""
    if after.history_type == "-":
        return "-"
    return "~" if before and before.history_type != "-" else "+"


def _part_changes(part: Part, pair: Pair, names: Names, budget: Budget) -> Iterator[Change]:
    """What changed of a part: that it came or went, or its fields."""
    before, after = pair
    kind = _kind(before, after)
    name = shown(after, part.model.history.model._meta.get_field(part.name), names)
    label = _("Topics") if part.model is TaggedQuote else capfirst(part.model._meta.verbose_name)
    if kind == "~":
        for change in changes(before, after, names, budget):
            yield Change(change.field, f"{label} {name}: {change.label}", change.pieces)
    else:
        yield Change(part.name, str(label), [deleted(name) if kind == "-" else inserted(name)])


def _joined(found: Iterator[Change]) -> list[Change]:
    """The changes, those under one label as one."""
    by_label: dict[str, Change] = {}
    for change in found:
        if earlier := by_label.get(change.label):
            pieces = [*earlier.pieces, Piece(Kind.SAME, " "), *change.pieces]
            change = change._replace(pieces=pieces)
        by_label[change.label] = change
    return list(by_label.values())
