"""Rows of inlines that overwrite nothing unseen (see quotes.admin.locking)."""

import re

from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet, Form
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from quotes.admin.keys import number
from quotes.admin.locking import with_version
from quotes.history.versions import newest_number
from quotes.text.differences import Budget

# Rows of one inline, for each costs 12 ms. Where more are kept, the page does without them (see
# quotes.admin.crowded_rows); more are refused when posted, however many are said to be there.
MOST_ROWS = 300


class VersionedRows(BaseInlineFormSet):
    """Rows of an inline of which some may be new or gone since the form was opened."""

    default_error_messages = BaseInlineFormSet.default_error_messages | {
        "too_many_forms": _("At most %(num)d rows fit on a page.")
    }

    def __init__(self, data: QueryDict | None = None, *args, **kwargs):
        self.absolute_max = self.max_num = MOST_ROWS
        super().__init__(data, *args, **kwargs)
        self.budget = Budget()
        if self.is_bound:
            self._set_free()

    def add_fields(self, form: Form, index: int | None) -> None:
        """Have all forms compare within one budget."""
        super().add_fields(form, index)
        form.budget = self.budget

    def clean(self) -> None:
        """Refuse to delete what changed since the form was opened; Django does not ask its form."""
        super().clean()
        for form in self.initial_forms:
            if self._should_delete_form(form):
                form.refuse_unseen()

    def get_queryset(self) -> QuerySet | list[Model]:
        """The rows; as they were posted, for the admin pairs forms and rows by their place."""
        rows = super().get_queryset()
        if not self.is_bound:
            return rows
        there = {row.pk: row for row in rows}
        return [there[key] for key in self._posted_keys() if key in there]

    def _count(self, name: str) -> int:
        """How many forms were posted, at most as many as Django takes."""
        count = number(self.data.get(f"{self.prefix}-{name}_FORMS", ""))
        return min(count or 0, self.absolute_max)

    def _posted_keys(self) -> list[int | None]:
        """The primary keys of the rows that the form was opened with."""
        names = (f"{self.prefix}-{n}-id" for n in range(self._count("INITIAL")))
        return [number(self.data.get(name, "")) for name in names]

    def _set_free(self) -> None:
        """Make rows that are gone meanwhile rows to be added, so that their text is not lost."""
        keys, there = self._posted_keys(), {row.pk for row in super().get_queryset()}
        gone = [n for n, key in enumerate(keys) if key and key not in there]
        if not gone:
            return
        kept = [n for n in range(len(keys)) if n not in gone]
        order = [*kept, *gone, *range(len(keys), self._count("TOTAL"))]
        self._reorder({old: new for new, old in enumerate(order)})
        self.data[f"{self.prefix}-INITIAL_FORMS"] = str(len(kept))
        for n in range(len(kept), len(order)):
            self.data[f"{self.prefix}-{n}-id"] = self.data[f"{self.prefix}-{n}-{self.fk.name}"] = ""

    def _reorder(self, places: dict[int, int]) -> None:
        """Move posted forms to new places."""
        of_row = re.compile(rf"{re.escape(self.prefix)}-(\d{{1,9}})-(.+)", re.DOTALL)
        data, self.data = self.data, QueryDict(mutable=True)
        for name, values in data.lists():
            row = of_row.fullmatch(name)
            if row and int(row[1]) in places:
                name = f"{self.prefix}-{places[int(row[1])]}-{row[2]}"
            self.data.setlist(name, values)


class VersionedInline:
    """Inline of rows that have versions; their numbers come with the rows."""

    formset = VersionedRows

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The rows, each with the number of its newest version."""
        return super().get_queryset(request).annotate(newest_version=newest_number(self.model))

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> list[tuple]:
        """The fields, and where they can be changed the number of the version."""
        fieldsets = super().get_fieldsets(request, obj)
        parent = self.admin_site.get_model_admin(self.parent_model)
        can_change = all(a.has_change_permission(request, obj) for a in (self, parent))
        return with_version(fieldsets) if can_change else fieldsets
