"""The pages of a row's history: what changed when, and going back to how it was."""

from datetime import datetime

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import is_aware, localtime, template_localtime
from django.utils.translation import gettext as _

from quotes.admin.changes import Change, changes, listed, names_of
from quotes.admin.timeline import timeline
from quotes.admin.two_speakers import warn_of_two_speakers
from quotes.history.recording import one_save
from quotes.history.restoring import as_it_was, restore
from quotes.history.versions import times_of_change, topics_at, version_of
from quotes.models import Quote
from quotes.text.differences import Budget

PER_PAGE = 30  # times of change on a page


class HistoryPages:
    """Admin with a readable history, every version of which can be restored."""

    def get_urls(self) -> list[URLPattern]:
        """The addresses; first that of restoring."""
        restore_page = path(
            "<path:object_id>/history/restore/",
            self.admin_site.admin_view(self.restore_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_restore",
        )
        return [restore_page, *super().get_urls()]

    def desk_page(self, request: HttpRequest, template: str, **context) -> HttpResponse:
        """A page of this kind of content at the desk."""
        request.current_app = self.admin_site.name
        context |= self.admin_site.each_context(request) | {"opts": self.opts}
        return TemplateResponse(request, f"admin/quotes/{template}.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """What changed when, by whom and why."""
        if not self.has_view_or_change_permission(request):  # before saying whether there is one
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        paginator = self.get_paginator(request, times_of_change(row), PER_PAGE)
        page = paginator.get_page(request.GET.get("p"))
        budget = Budget()
        entries = timeline(row, list(page), lambda admin: admin.get_queryset(request), budget)
        return self.desk_page(
            request,
            "history",
            title=_("History: %(name)s") % {"name": row},
            object=row,
            entries=list(entries),
            budget=budget,
            page=page,
            page_range=paginator.get_elided_page_range(page.number),
            can_restore=self.has_change_permission(request, row),
        )

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What restoring would change; once confirmed, the row as it was.

        404 if the row, or a version of it at that time, does not exist.
        """
        if not self.has_change_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        time = _time(request.GET.get("at", ""))
        if row is None or time is None:
            raise Http404
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        then = as_it_was(row, time, set(self.get_readonly_fields(request, row)))
        if then is None:
            raise Http404
        errors = self._restore(request, then, time) if request.method == "POST" else None
        budget = Budget()
        if errors == []:
            return HttpResponseRedirect(self._address("change", row))
        return self.desk_page(
            request,
            "restore",
            title=_("Restore: %(name)s") % {"name": row},
            object=row,
            time=time,
            changes=_restored_changes(row, then, time, budget),
            budget=budget,
            lost_topics=isinstance(row, Quote) and topics_at(row.pk, history_date__lte=time)[1],
            errors=errors,
            is_outdated=request.method == "POST" and errors is None,
            base_version=version_of(row),
        )

    def _restore(self, request: HttpRequest, then: Model, time: datetime) -> list[str] | None:
        """Restore, all or nothing; what stands against it, None if there is a newer version."""
        when = date_format(template_localtime(time), "DATETIME_FORMAT")
        why = _("Restored as of %(time)s") % {"time": when}
        try:
            with one_save(why):
                if request.POST.get("base_version") != version_of(then):
                    return None
                restore(then, time)
                self.log_change(request, then, why)
        except ValidationError as error:
            return error_texts(then, error)
        self.message_user(request, f"{then}: {why}", messages.SUCCESS)
        if isinstance(then, Quote):
            warn_of_two_speakers(request, [then.pk])
        return []

    def _address(self, page: str, row: Model) -> str:
        """Address of a page of the row."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=[row.pk], current_app=self.admin_site.name)


def _time(text: str) -> datetime | None:
    """The point in time that `text` is in ISO format, if it is one."""
    try:
        time = parse_datetime(text)
        return localtime(time) if time and is_aware(time) else None
    except (ValueError, OverflowError):  # the latter at the ends of what years there can be
        return None


def _restored_changes(row: Model, then: Model, time: datetime, budget: Budget) -> list[Change]:
    """What restoring would change of the row."""
    names = names_of([row, then], lambda admin: admin.model.objects.all())
    found = list(changes(row, then, names, budget))
    if isinstance(row, Quote):
        now = [str(topic) for topic in row.topics.order_by("slug")]
        topics = [str(topic) for topic in topics_at(row.pk, history_date__lte=time)[0]]
        if set(now) != set(topics):
            found.append(Change("topics", _("Topics"), listed(now, topics)))
    return found


def error_texts(row: Model, error: ValidationError) -> list[str]:
    """What is wrong with a row, each text after the field that it is about."""
    texts = []
    for name, found in error.message_dict.items():
        label = "" if name == "__all__" else capfirst(row._meta.get_field(name).verbose_name)
        texts += [f"{label}: {text}" if label else text for text in found]
    return texts
