"""Deleting: what goes with it, which public addresses die, and what is better withdrawn."""

from collections.abc import Iterable
from contextlib import nullcontext

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import NestedObjects, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import router
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from quotes.admin.dying import dying_addresses
from quotes.admin.locking import VERSION
from quotes.admin.roles import LockedRows
from quotes.history.recording import one_save
from quotes.history.versions import version_of
from quotes.models.drafts import closed, may_publish
from quotes.models.publication import Publishable

SEEN = _("Readers have seen this: delete it on its own page, which says what goes with it.")
SHOWN = 20  # rows of a kind, and addresses, that a page names; of more it says how many

Kinds = dict[type[Model], list[Model]]
Lines = list["str | Lines"]


class Deleting:
    """Admin whose page that asks for confirmation says what goes, and which addresses die."""

    def get_actions(self, request: HttpRequest) -> dict:
        """The actions, with deleting as it is done here."""
        actions = super().get_actions(request)
        if "delete_selected" in actions:
            actions["delete_selected"] = (_delete_selected, *actions["delete_selected"][1:])
        return actions

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest) -> tuple:
        """What would go, how many of each kind, what of it the user may not delete, what holds it.

        A fixed number of queries, which naming each row would not be.
        """
        going, protected = _going(objs)
        counts = {kind._meta.verbose_name_plural: len(rows) for kind, rows in going.items()}
        refused = {
            kind._meta.verbose_name
            for kind in going
            if (admin := self.admin_site._registry.get(kind))
            and not admin.has_delete_permission(request)
        }
        rows = [obj.pk for obj in objs]
        if not may_publish(request.user) and closed(self.model).filter(pk__in=rows).exists():
            refused.add(self.opts.verbose_name)
        return self._lines(going), counts, refused, self._lines(protected)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """The page that asks for confirmation; once confirmed, the deletion."""
        if not self.has_delete_permission(request):  # before saying whether there is one
            raise PermissionDenied
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        if not self.has_delete_permission(request, self.get_object(request, unquote(object_id))):
            raise PermissionDenied
        with one_save():
            return self._confirmed(request, object_id, extra_context)

    def _confirmed(
        self, request: HttpRequest, object_id: str, extra_context: dict | None
    ) -> HttpResponse:
        """Delete, or ask again if the row changed since it was asked."""
        row = self.get_object(request, unquote(object_id)) if VERSION in request.POST else None
        if row and request.POST[VERSION] != version_of(row):
            text = _("Nothing was done: something changed meanwhile. This is how it is now.")
            self.message_user(request, text, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return super().delete_view(request, object_id, extra_context)

    def render_delete_form(self, request: HttpRequest, context: dict) -> HttpResponse:
        """The page that asks for confirmation."""
        row = context["object"]
        context |= {VERSION: version_of(row)} | self.consequences([row])
        return super().render_delete_form(request, context)

    def consequences(self, objs: Iterable[Model]) -> dict:
        """What the page that asks for confirmation says of deleting these rows."""
        going, _protected = _going(objs)
        dying = dying_addresses({kind: [row.pk for row in rows] for kind, rows in going.items()})
        is_publishable = issubclass(self.model, Publishable)
        return {
            "dying": dying[:SHOWN],
            "dying_count": len(dying),
            "dying_more": _more(len(dying)),
            "better_withdrawn": is_publishable and self._ever_published(objs).exists(),
        }

    def _ever_published(self, objs: Iterable[Model]) -> QuerySet:
        """Those of the rows that readers may have seen."""
        return self.model.objects.ever_published().filter(pk__in=[obj.pk for obj in objs])

    def _lines(self, kinds: Kinds) -> Lines:
        """Each kind with the number of its rows, below it their names."""
        lines: Lines = []
        for kind, rows in kinds.items():
            names = [self._name(row) for row in _loaded(kind, rows, self.admin_site._registry)]
            heading = f"{capfirst(kind._meta.verbose_name_plural)}: {len(rows)}"
            lines += [heading, [*names, *filter(None, [_more(len(rows))])]]
        return lines

    def _name(self, row: Model) -> SafeString | str:
        """Name of a row, with a link to where it is edited."""
        if type(row) not in self.admin_site._registry:
            return str(row)
        page = f"{self.admin_site.name}:{row._meta.app_label}_{row._meta.model_name}_change"
        return format_html('<a href="{}">{}</a>', reverse(page, args=[row.pk]), row)


class AddressedRows(LockedRows):
    """Rows of an inline that have public addresses: what readers saw does not go with a tick."""

    def clean(self) -> None:
        """Say beside the row that it is not deleted here."""
        super().clean()
        gone = [form for form in self.initial_forms if self._should_delete_form(form)]
        keys = [form.instance.pk for form in gone]
        seen = set(
            self.model.objects.ever_published().filter(pk__in=keys).values_list("pk", flat=True)
        )
        for form in gone:
            if form.instance.pk in seen:
                form.add_error(None, SEEN)
                raise ValidationError(SEEN)


def _delete_selected(
    modeladmin: ModelAdmin, request: HttpRequest, queryset: QuerySet
) -> HttpResponse | None:
    """Django's action, whose page says what deleting does."""
    with one_save() if request.POST.get("post") else nullcontext():
        response = delete_selected(modeladmin, request, queryset)
    if response:
        response.context_data |= modeladmin.consequences(queryset)
    return response


def _going(objs: Iterable[Model]) -> tuple[Kinds, Kinds]:
    """What goes with these rows, and what keeps them from going; each by kind."""
    rows = list(objs)
    if not rows:
        return {}, {}
    collector = NestedObjects(using=router.db_for_write(type(rows[0])), origin=rows)
    collector.collect(rows)
    protected: Kinds = {}
    for row in collector.protected:
        protected.setdefault(type(row), []).append(row)
    return {kind: [*found] for kind, found in collector.model_objs.items()}, protected


def _loaded(kind: type[Model], rows: list[Model], admins: dict) -> QuerySet:
    """The first of the rows, with what their names are made of."""
    related = getattr(admins.get(kind), "list_select_related", False)
    shown = kind._base_manager.filter(pk__in=sorted(row.pk for row in rows)[:SHOWN])
    return (shown.select_related(*related) if related else shown).order_by("pk")


def _more(count: int) -> str:
    """How many are not shown; "" if none."""
    n = count - SHOWN
    return ngettext("and %(n)d more", "and %(n)d more", n) % {"n": n} if n > 0 else ""
