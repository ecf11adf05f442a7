"""What differs between two versions of a row, as an editor reads it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.contrib import admin
from django.contrib.admin.utils import display_for_field
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import BooleanField, CharField, Field, Model, QuerySet, TextField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from quotes.history.versions import last_versions
from quotes.text.differences import Budget, Kind, Piece, deleted, differences, inserted

Names = dict[tuple[type[Model], int], str]


class Change(NamedTuple):
    """What a field was and is."""

    field: str
    label: str
    pieces: list[Piece]


def tracked(row: Model) -> list[Field]:
    """The fields of a row, or of a version of one, that an editor sees."""
    fields = getattr(row, "tracked_fields", None) or row.history.model.tracked_fields
    return [field for field in fields if field.editable and not field.primary_key]


def names_of(rows: Iterable[Model], queryset_of: Callable[[admin.ModelAdmin], QuerySet]) -> Names:
    """What pickers call all that these rows point to; of what is no more, the last name.

    `queryset_of` gives the rows of an admin. The number of queries does not grow with the rows.
    """
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for row in rows:
        for field in tracked(row):
            if field.is_relation and (key := getattr(row, field.attname)):
                wanted[field.related_model].add(key)
    names: Names = {}
    for model, keys in wanted.items():
        label = admin.site.get_model_admin(model).picker_label
        there = queryset_of(admin.site.get_model_admin(model)).in_bulk(keys)
        gone = last_versions(model, keys - there.keys()) if keys - there.keys() else {}
        names |= {(model, key): label(row) for key, row in there.items()}
        names |= {(model, key): _last_name(row) for key, row in gone.items()}
    return names


def _last_name(row: Model) -> str:
    """What a row was called that is no more, as far as what it is called after still is."""
    try:
        name = str(row)
    except ObjectDoesNotExist:
        name = f"#{row.pk}"
    return _("%(name)s (deleted)") % {"name": name}


def shown(row: Model | None, field: Field, names: Names) -> str:
    """The value of a field as an editor reads it; "" without a row."""
    value = getattr(row, field.attname) if row else None
    if field.is_relation:
        return names.get((field.related_model, value), f"#{value}") if value else ""
    if isinstance(field, BooleanField):
        return (_("yes") if value else _("no")) if row else ""
    return str(display_for_field(value, field, "", avoid_link=True))


def changes(before: Model | None, after: Model, names: Names, budget: Budget) -> Iterator[Change]:
    """What differs between two versions or rows, field by field, under the labels of the form.

    Without one before, it is what there is.
    """
    for field in tracked(after):
        old, new = shown(before, field, names), shown(after, field, names)
        is_told = before or getattr(after, field.attname)  # of a new row not what it is not
        if old != new and is_told:
            pieces = _pieces(field, old, new, budget) if before else [Piece(Kind.SAME, new)]
            yield Change(field.name, capfirst(field.verbose_name), pieces)


def _pieces(field: Field, old: str, new: str, budget: Budget) -> list[Piece]:
    """What differs between two values: of a text in it, of anything else as a whole."""
    if isinstance(field, CharField | TextField) and not field.choices:
        return differences(old, new, budget)
    return [*([deleted(old)] if old else []), *([inserted(new)] if new else [])]


def listed(old: Iterable[str], new: Iterable[str]) -> list[Piece]:
    """What was taken off a list, then what was put on it."""
    old, new = list(old), list(new)
    gone = [deleted(name) for name in old if name not in new]
    return gone + [inserted(name) for name in new if name not in old]
