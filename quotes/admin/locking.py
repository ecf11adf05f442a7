"""Two editors on one object: who saves second is shown what the first did before it is undone.

A form carries the number of the version that it shows. When it is posted and there is a newer one,
what the editor touched is compared with what changed meanwhile; see `VersionedForm.clean`. One save
is let in at a time (quotes.history.recording.one_save), so that nothing changes in between.
"""

import copy
from collections.abc import Iterator
from contextlib import suppress

from django import forms
from django.db.models import Model, TextField
from django.forms.models import construct_instance
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from quotes.admin.changes import Change, changes, listed, names_of
from quotes.admin.deleted import DeletedPages
from quotes.admin.keys import number
from quotes.history.recording import give_reason, is_saving, one_save
from quotes.history.versions import last_change, version_of
from quotes.models.publication import Publishable
from quotes.text.differences import Budget

VERSION = "base_version"
CHANGED = _("Not saved: this was changed while you had it open.")


class LockNeededError(Exception):
    """All that was posted is valid, and it is time to take the lock."""


class VersionField(forms.CharField):
    """The number of the version that a form shows, hidden in it; never a change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial: str | None, data: str | None) -> bool:
        """No."""
        return False


class LinesField(forms.CharField):
    """A text of several lines, whose breaks are those that are kept and not those of browsers.

    What is too long is refused, and not cut by the browser while it is pasted.
    """

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        """No `maxlength`, nor anything else."""
        return {}

    def to_python(self, value: str | None) -> str:
        """The text."""
        return super().to_python(value).replace("\r\n", "\n")

    def has_changed(self, initial: str | None, data: str | None) -> bool:
        """Whether more than the kind of line breaks is another."""
        return super().has_changed(self.to_python(initial), data)


LINES = {TextField: {"form_class": LinesField}}  # for formfield_overrides


class VersionedForm(forms.ModelForm):
    """A form that overwrites nothing that its editor has not seen."""

    base_version = VersionField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.budget = Budget()
        self.initial[VERSION] = str(getattr(self.instance, "newest_version", None) or "")

    def clean(self) -> dict | None:
        """Compare with what changed since the form was opened.

        What the editor left as it was stays as it is now, whatever it is. A change of hers is
        refused if something else in the form changed meanwhile; but a place in an order that others
        moved while she left it alone is no conflict.
        """
        cleaned = super().clean()
        base = self.cleaned_data.get(VERSION) or ""
        if self.add_prefix(VERSION) not in self.data or base == self.initial[VERSION]:
            return cleaned
        if self.instance.pk is None:
            self._refuse(render_to_string("admin/quotes/gone.html"))
        else:
            self._meet(base)
        return cleaned

    def refuse_unseen(self) -> None:
        """Raise ValidationError if more than its place changed since the form was opened.

        For a row that is to be deleted, which is checked for nothing else.
        """
        base = self.data.get(self.add_prefix(VERSION), self.initial[VERSION])
        if base == self.initial[VERSION]:
            return
        original = self._opened(base)
        if self._changed_meanwhile(original) - {"position"}:
            self._refuse(_conflict_message(self, original, set()))
            raise forms.ValidationError(CHANGED)

    def topics_of(self, base: str) -> list[Model] | None:
        """The topics in the version `base`, where the form has any."""
        return None

    def _meet(self, base: str) -> None:
        """Take over what changed since `base`, or refuse."""
        original = self._opened(base)
        names = self._names(original)
        theirs = self._changed_meanwhile(original)
        mine = {name for name in original.changed_data if name in names}
        if mine & set(self.changed_data) and theirs - ({"position"} - mine):
            self._refuse(_conflict_message(self, original, mine & theirs))
            return
        for name in set(names) - mine:
            self.cleaned_data.pop(name, None)
        self.changed_data = [name for name in self.changed_data if name in mine]

    def _names(self, original: "VersionedForm") -> list[str]:
        """The names of the fields of the row."""
        return [name for name in self.base_fields if name in original.initial and name != VERSION]

    def _changed_meanwhile(self, original: "VersionedForm") -> set[str]:
        """The names of the fields that changed; "status" also where the form has none."""
        names = self._names(original)
        theirs = {name for name in names if _differ(original.initial[name], self.initial[name])}
        moved = _stage(original.instance) != _stage(self.instance)
        return theirs | ({"status"} if moved else set())

    def _opened(self, base: str) -> "VersionedForm":
        """The form as it was opened, with what is posted now."""
        own, _dot, _topics = base.partition(".")
        version = self.instance.history.filter(history_id=number(own)).first()
        row = version.history_object if version else type(self.instance)()
        topics = self.topics_of(base)
        initial = {} if topics is None else {"topics": topics}
        return type(self)(self.data, self.files, prefix=self.prefix, instance=row, initial=initial)

    def _refuse(self, message: str) -> None:
        """Add the error; posted again as it is shown now, the form is no longer behind."""
        self.add_error(None, forms.ValidationError(message, code="conflict"))
        self.data = self.data.copy()
        self.data[self.add_prefix(VERSION)] = self.initial[VERSION]


class ReasonedForm(VersionedForm):
    """A form of its own page, which may say why something is changed."""

    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("If you like: the reason for this change, kept in the history."),
    )


def _stage(row: Model) -> tuple | None:
    """What says whether readers see a row, which is in no form; None where nothing does."""
    return (row.status, row.published_at) if isinstance(row, Publishable) else None


def _differ(one: object, other: object) -> bool:
    """Whether two values of a field are different; the order of topics is none of theirs."""
    if isinstance(one, list) and isinstance(other, list):
        return {topic.pk for topic in one} != {topic.pk for topic in other}
    return one != other


def _conflict_message(form: VersionedForm, original: VersionedForm, both: set[str]) -> str:
    """What the other changed, and what one's own text would change of that again.

    `both` are the fields that either of the two changed.
    """
    now = form.instance
    mine = construct_instance(form, copy.copy(now), form.base_fields)
    names = names_of([original.instance, now, mine], lambda admin: admin.model.objects.all())
    theirs = [
        *changes(original.instance, now, names, form.budget),
        *_topics(form, original.initial, form.initial),
    ]
    own = [*changes(now, mine, names, form.budget), *_topics(form, form.initial, form.cleaned_data)]
    own_pieces = {change.field: change.pieces for change in own if change.field in both}
    context = {
        "change": last_change(now),
        "budget": form.budget,
        "rows": [(change, own_pieces.get(change.field)) for change in theirs],
    }
    return render_to_string("admin/quotes/conflict.html", context)


def _topics(form: VersionedForm, before: dict, after: dict) -> Iterator[Change]:
    """What differs between the topics of two states of a form that has any."""
    old, new = (list(map(str, values.get("topics") or [])) for values in (before, after))
    if set(old) != set(new):
        yield Change("topics", capfirst(form.fields["topics"].label), listed(old, new))


def with_version(fieldsets: list[tuple]) -> list[tuple]:
    """The fieldsets, with the hidden number of the version in the last."""
    *others, (name, options) = fieldsets
    return [*others, (name, {**options, "fields": [*options["fields"], VERSION]})]


class VersionedAdmin(DeletedPages):
    """Admin of rows that have versions: its form overwrites nothing unseen, and asks why."""

    form = ReasonedForm

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model | None:
        """The row with the number of its newest version, which is asked for first.

        So that what changes in between is taken for a conflict, and not for what was seen.
        """
        key = number(object_id)
        version = version_of(self.model(pk=key)) if key else ""
        row = super().get_object(request, object_id, from_field)
        if row:
            row.newest_version = version
        return row

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> list[tuple]:
        """The fields; at the end the reason, if there is something to change."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return with_version(fieldsets)
        if not self.has_change_permission(request, obj):
            return fieldsets
        return with_version([*fieldsets, (None, {"fields": ["why"]})])

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args, **kwargs
    ) -> HttpResponse:
        """The form; what is posted is checked before the lock is asked for, and again under it.

        So nobody waits who may not save, or whose form is refused; and what takes time, as reading
        a picture does, is done by then. Django's own view would begin by opening a transaction.
        """
        view = super().changeform_view
        if request.method != "POST":
            return view(request, object_id, *args, **kwargs)
        with suppress(LockNeededError):
            place = self._where_it_goes(request, object_id)
            return self._changeform_view(request, place, *args, **kwargs)
        with one_save():
            return view(request, self._where_it_goes(request, object_id), *args, **kwargs)

    def _where_it_goes(self, request: HttpRequest, object_id: str | None) -> str | None:
        """The row's key; None for one that is gone, which is added anew if that is confirmed."""
        key = number(object_id or "")
        is_gone = key and VERSION in request.POST and not self.model.objects.filter(pk=key).exists()
        return None if is_gone else object_id

    def save_model(
        self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool
    ) -> None:
        """Save, with the reason; raises LockNeededError where the lock is not held yet."""
        if not is_saving():
            raise LockNeededError
        give_reason(form.cleaned_data.get("why", ""))
        super().save_model(request, obj, form, change)
