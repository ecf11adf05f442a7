"""What was deleted, and bringing it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from quotes.admin.changes import Names, changes, names_of, shown, tracked
from quotes.admin.history import HistoryPages, error_texts
from quotes.history.recording import one_save
from quotes.history.restoring import bring_back, went_along
from quotes.history.versions import deleted
from quotes.models.content import Slugged
from quotes.models.publication import Publishable
from quotes.text.differences import Budget

PER_PAGE = 50
WORDS_SHOWN = 60  # characters of what a list says of a row


class DeletedPages(HistoryPages):
    """Admin with a list of what was deleted, from which everything can be brought back."""

    def get_urls(self) -> list[URLPattern]:
        """The addresses; first those of what was deleted."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("deleted/<int:number>/", view(self.bring_back_view), name=f"{name}_bring_back"),
            *super().get_urls(),
        ]

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """The rows that are no more, the last deleted first."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        paginator = self.get_paginator(request, deleted(self.model), PER_PAGE)
        page = paginator.get_page(request.GET.get("p"))
        names = names_of(page, lambda admin: admin.get_queryset(request))
        return self.desk_page(
            request,
            "deleted",
            title=_("What was deleted"),
            rows=[(version, last_label(version, names)) for version in page],
            page=page,
            page_range=paginator.get_elided_page_range(page.number),
        )

    def bring_back_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """What the row was; once confirmed, it is there again. 404 if it is not deleted."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        version = self._deleted(number)
        errors: list[str] = []
        if request.method == "POST":
            row, errors = self._bring_back(request, number)
            if row:
                return HttpResponseRedirect(self._address("change", row))
        parts = list(went_along(version))
        names = names_of([version, *parts], lambda admin: admin.get_queryset(request))
        return self.desk_page(
            request,
            "bring_back",
            title=_("Bring back: %(name)s") % {"name": last_label(version, names)},
            version=version,
            changes=list(changes(None, version, names, Budget())),
            parts=[(p.instance_type._meta, last_label(p, names, version)) for p in parts],
            becomes_draft=issubclass(self.model, Publishable),
            errors=errors,
        )

    def _deleted(self, number: int) -> Model:
        """The version, of that number, of a row that is deleted; raises Http404."""
        version = deleted(self.model).filter(history_id=number).first()
        if version is None:
            raise Http404
        return version

    def _bring_back(self, request: HttpRequest, number: int) -> tuple[Model | None, list[str]]:
        """Bring the row back, all or nothing; the row, or what stands against it."""
        try:
            with one_save(_("Brought back")):
                version = self._deleted(number)
                row, stay_gone = bring_back(version)
                self.log_addition(request, row, _("Brought back"))
        except ValidationError as error:
            return None, error_texts(version.history_object, error)
        self.message_user(request, _("%(name)s is back.") % {"name": row}, messages.SUCCESS)
        names = names_of(stay_gone, lambda admin: admin.get_queryset(request))
        for part in stay_gone:
            text = _("Stays deleted, for it points to something that is gone: %(name)s")
            self.message_user(
                request, text % {"name": last_label(part, names, version)}, messages.WARNING
            )
        return row, []


def last_label(version: Model, names: Names, whole: Model | None = None) -> str:
    """What a row was called: by what it joins, or its own name and first words.

    A part of `whole` is not called by that.
    """
    joined = [field for field in tracked(version) if field.is_relation]
    if joined and not issubclass(version.instance_type, Slugged):
        of_whole = (whole.instance_type, whole.id) if whole else None
        others = [f for f in joined if (f.related_model, getattr(version, f.attname)) != of_whole]
        return " · ".join(shown(version, field, names) for field in others)
    name = str(version.history_object)
    words = Truncator(getattr(version, "body", "")).chars(WORDS_SHOWN)
    return f"{name}: {words}" if words else name
