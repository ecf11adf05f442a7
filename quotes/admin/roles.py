"""Who may change what: publishers everything, editors what readers never see or saw.

The groups give the permissions by model (quotes/admin/groups.py). Here is what they mean for one
row, for the pages, inlines and actions of the desk; `drafts_only`, which the desk puts around every
request, holds it whatever a page does.
"""

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import Form, ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from quotes.admin.locked_rows import VersionedRows
from quotes.models.drafts import ForPublishers, closed, is_open, may_publish


class RefusedForm:
    """A form that was valid and yet could not be saved."""

    refusal = ""

    def clean(self) -> None:
        """Say why."""
        super().clean()
        raise ValidationError(self.refusal)


class RoleRules:
    """Pages of content by which editors change and delete only what is open to them."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the user may change such rows, or this one."""
        return super().has_change_permission(request, obj) and self._is_open(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the user may delete such rows, or this one."""
        return super().has_delete_permission(request, obj) and self._is_open(request, obj)

    def _is_open(self, request: HttpRequest, obj: Model | None) -> bool:
        """Whether it is open to the user; asked of the database once a request."""
        if obj is None or may_publish(request.user):
            return True
        if not hasattr(obj, "_open"):
            obj._open = is_open(obj)
        return obj._open

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs
    ) -> type[ModelForm]:
        """The form; of a save that was refused, with the reason."""
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return type(form.__name__, (RefusedForm, form), {"refusal": refusal}) if refusal else form

    def changeform_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The form; if it was saved but only publishers may save that, it is as if it was not."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ForPublishers as refusal:
            request.refusal = str(refusal)
        for file in request.FILES.values():
            file.seek(0)
        return super().changeform_view(request, *args, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict, obj: Model | None = None, **kwargs
    ) -> HttpResponse:
        """The page of the form; one that may only be read says why."""
        if obj and not self._is_open(request, obj):
            reason = _("Readers see, saw or will see this: only publishers may change it.")
            messages.warning(request, reason)
        return super().render_change_form(request, context, obj=obj, **kwargs)


class LockedRows(VersionedRows):
    """Rows of an inline, of which those that are not open to the user stay as they are."""

    is_limited = False

    @cached_property
    def locked(self) -> set[int]:
        """The primary keys of the rows that stay as they are."""
        if not self.is_limited or self.instance.pk is None:
            return set()
        rows = closed(self.model).filter(**{self.fk.name: self.instance})
        return set(rows.values_list("pk", flat=True))

    def add_fields(self, form: Form, index: int | None) -> None:
        """Lock what is shown of a row, and its deletion."""
        super().add_fields(form, index)
        if form.instance.pk in self.locked:
            for field in form.fields.values():
                field.disabled = not field.widget.is_hidden


class RoleRows:
    """An inline by which editors change and delete only rows that are open to them."""

    formset = LockedRows

    def get_formset(
        self, request: HttpRequest, obj: Model | None = None, **kwargs
    ) -> type[LockedRows]:
        """The set of forms for this user."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.is_limited = not may_publish(request.user)
        return formset
