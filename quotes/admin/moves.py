"""The page that says what publishing, scheduling or withdrawing will change, and then does it."""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, SuspiciousOperation
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from quotes.admin.keys import is_key
from quotes.admin.move_form import AT_ONCE, MoveForm, ScheduleForm
from quotes.admin.summary import Versions, form_address, groups, mark_of, versions_of
from quotes.history.recording import one_save
from quotes.history.versions import with_versions
from quotes.models import Quote
from quotes.models.moves import (
    SHOWING,
    STAGES,
    Move,
    OutdatedError,
    carry_out,
    changed_by,
    refusal,
)
from quotes.models.publication import Publishable, Stage
from quotes.search.index import index_at_the_end


class Reason(NamedTuple):
    """Why a row is not moved: the field ("" for none), what is wrong, where to mend it."""

    field: str
    text: str
    url: str


class Line:
    """What the page says of one row."""

    def __init__(self, row: Publishable, move: Move):
        self.row = row
        self.url = form_address(row)
        self.becomes = STAGES[move]
        self.to_do = row.to_do().values() if move in SHOWING else ()
        self.reasons = [
            self._reason(name, text) for name, texts in refusal(move, row).items() for text in texts
        ]

    @property
    def keeps_time(self) -> bool:
        """Whether it becomes public again under the time at which it first was."""
        return self.becomes == Stage.PUBLISHED and self.row.time_has_come

    @property
    def stays_hidden(self) -> bool:
        """Whether it is a quote that is to be shown, at an event that readers do not see."""
        is_shown = self.becomes in (Stage.PUBLISHED, Stage.SCHEDULED)
        is_quote = isinstance(self.row, Quote)
        return is_shown and is_quote and self.row.event.stage != Stage.PUBLISHED

    def _reason(self, name: str, text: str) -> Reason:
        """A reason that belongs to the field `name`, or to none."""
        if name == NON_FIELD_ERRORS:
            return Reason("", text, "")
        return Reason(self.row._meta.get_field(name).verbose_name, text, f"{self.url}#id_{name}")


class MovePage:
    """The page of one move of some rows of one kind."""

    def __init__(self, model_admin: ModelAdmin, request: HttpRequest, move: Move):
        self.model_admin = model_admin
        self.request = request
        self.move = move

    @classmethod
    def answer(cls, model_admin: ModelAdmin, request: HttpRequest, move: str) -> HttpResponse:
        """What is to be changed in the row that the address names; or, when posted, the change.

        Raises PermissionDenied for who may not publish, and Http404 for no such move.
        """
        if not model_admin.has_publish_permission(request):
            raise PermissionDenied
        if move not in Move.values:
            raise Http404
        page = cls(model_admin, request, Move(move))
        if request.method == "POST":
            return page.posted()
        row = request.GET.get("row")
        return page.shown([row] if is_key(row) else [])

    def started(self, rows: QuerySet) -> HttpResponse | None:
        """What is to be changed in the rows ticked in a list; None if they are too many."""
        pks = list(rows.order_by().values_list("pk", flat=True)[: AT_ONCE + 1])
        if len(pks) > AT_ONCE:
            text = _("At most %(n)d at once: tick fewer.") % {"n": AT_ONCE}
            self.model_admin.message_user(self.request, text, messages.ERROR)
            return None
        return self.shown(pks)

    def posted(self) -> HttpResponse:
        """Do what was shown, if it still is so; else the page anew, saying why not."""
        form = self.form_class(self.request.POST)
        form.full_clean()
        pks = form.cleaned_data.get("rows")
        if pks is None:
            raise SuspiciousOperation("No rows.")
        if form.is_valid():
            try:
                with one_save():
                    return self._done(self._carried_out(form.cleaned_data))
            except OutdatedError:
                pass
        return self.shown(pks, form)

    def shown(self, pks: list, form: MoveForm | None = None) -> HttpResponse:
        """The page that sums up what the move changes and what is refused.

        It says so if that is another than was posted with `form`.
        """
        lines = [Line(row, self.move) for row in self._rows(pks)]
        if not lines:
            self.model_admin.message_user(self.request, _("It is gone."), messages.WARNING)
            return HttpResponseRedirect(self._list_address)
        moved = [line for line in lines if not line.reasons]
        rows = [line.row for line in moved]
        changed = changed_by(self.move, self.model_admin.model, [row.pk for row in rows])
        versions = versions_of(changed)
        mark = self._mark(rows, versions)
        if form and form.cleaned_data.get("mark") != mark:
            text = _("Nothing was done: something changed meanwhile. This is how it is now.")
            self.model_admin.message_user(self.request, text, messages.ERROR)
        context = {
            "title": self.move.label,
            "move": self.move,
            "shows": self.move in SHOWING,
            "moved": moved,
            "refused": [line for line in lines if line.reasons],
            "groups": list(groups(changed, versions)),
            "rows": rows,
            "keys": ",".join(str(row.pk) for row in rows),
            "mark": mark,
            "form": form or self.form_class(),
            "address": self._filtered(self.address(self.model_admin, self.move)),
            "back": lines[0].url if len(lines) == 1 else self._list_address,
        }
        return self.model_admin.desk_page(self.request, "move", **context)

    def _rows(self, pks: Iterable) -> QuerySet:
        """The rows, each with its version."""
        return with_versions(self.model_admin.get_queryset(self.request).filter(pk__in=pks))

    @property
    def form_class(self) -> type[MoveForm]:
        """The form of this move."""
        return ScheduleForm if self.move == Move.SCHEDULE else MoveForm

    @staticmethod
    def address(model_admin: ModelAdmin, move: Move) -> str:
        """Where a move of rows of this admin is shown and done."""
        return reverse(f"admin:quotes_{model_admin.opts.model_name}_move", args=[move.value])

    @cached_property
    def _list_address(self) -> str:
        """The list that the rows are from, filtered as it was."""
        return self._filtered(
            reverse(f"admin:quotes_{self.model_admin.opts.model_name}_changelist")
        )

    def _filtered(self, url: str) -> str:
        """`url` with the filters of the list, to be handed on."""
        filters = self.model_admin.get_preserved_filters(self.request)
        return add_preserved_filters(
            {"preserved_filters": filters, "opts": self.model_admin.opts}, url
        )

    def _mark(self, rows: list[Publishable], versions: Versions) -> str:
        """What tells whether anything changed since it was shown.

        Of a row that goes from readers' sight it is what it says itself, whatever goes with it.
        """
        return mark_of(rows, versions if self.move in SHOWING else {})

    def _carried_out(self, posted: dict) -> list[Publishable]:
        """The rows, moved and written into the log, all or none; raises OutdatedError.

        So it does if anything of them, or of what becomes public with them, is not as it was shown:
        nobody publishes what was written after she read it. It is called within one_save, so
        nothing changes in between.
        """
        kind, pks = self.model_admin.model, posted["rows"]
        rows = list(self._rows(pks))
        if self._mark(rows, versions_of(changed_by(self.move, kind, pks))) != posted["mark"]:
            raise OutdatedError
        seen = {row.pk: row.standing for row in rows}
        with index_at_the_end():
            rows = carry_out(self.move, kind, seen, posted.get("at"))
            for row in rows:
                self.model_admin.log_change(
                    self.request, row, f"{self.move.label} → {self.model_admin.stage(row)}"
                )
        return rows

    def _done(self, rows: list[Publishable]) -> HttpResponse:
        """Back to the row, or to the list if there are several, with a word of what was done."""
        facts = {"move": self.move.label, "name": rows[0], "n": len(rows)}
        one, many = _("%(move)s: done for “%(name)s”."), _("%(move)s: done for %(n)d.")
        text = (one if len(rows) == 1 else many) % facts
        self.model_admin.message_user(self.request, text, messages.SUCCESS)
        if len(rows) > 1:
            return HttpResponseRedirect(self._list_address)
        return HttpResponseRedirect(self._filtered(form_address(rows[0])))
