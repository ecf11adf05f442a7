"""The editors' desk: Django's admin under this site's name."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import update_wrapper

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import SuspiciousOperation
from django.core.validators import MaxLengthValidator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.utils.translation import gettext_lazy as _

from quotes.models.drafts import drafts_only, may_publish
from summit.guide import NAME, guide, picture

EDITING_ORDER = [
    "Event",
    "Section",
    "Quote",
    "Topic",
    "Speaker",
    "Source",
    "Parallel",
    "Appearance",
    "Coverage",
    "TaggedQuote",
    "ProtectedTerm",
]


class SignInForm(AdminAuthenticationForm):
    """Signing in. A name longer than any can be is refused: failures are kept by their names."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name = self.fields["username"]
        name.validators.append(MaxLengthValidator(name.max_length))


class PickerChoices(AutocompleteJsonView):
    """The choices of a picker, each under the label that its own admin gives it."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        """The value and label of one choice."""
        return super().serialize_result(obj, to_field_name) | {
            "text": self.model_admin.picker_label(obj)
        }


class Desk(admin.AdminSite):
    """The admin site."""

    login_form = SignInForm
    site_header = _("Summit Quotes: editors' desk")
    site_title = _("Editors' desk")
    index_title = _("What is kept")

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        """`view` for signed-in staff, who write only drafts if they may not publish.

        An address with a NUL byte is refused at once.
        """
        protected = super().admin_view(view, cacheable)

        def checked_view(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if any("\x00" in value for values in request.GET.lists() for value in values[1]):
                raise SuspiciousOperation("NUL byte in the query string.")
            with nullcontext() if may_publish(request.user) else drafts_only():
                return protected(request, *args, **kwargs)

        return update_wrapper(checked_view, protected)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The addresses; also those of the editors' guide, before what matches anything."""
        return [
            path("guide/", self.admin_view(guide), name="guide"),
            re_path(rf"^guide/pictures/(?P<name>{NAME})$", self.admin_view(picture)),
            *super().get_urls(),
        ]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """The apps; ours with its models in the order in which an editor needs them."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            if app["app_label"] == "quotes":
                app["models"].sort(key=lambda model: EDITING_ORDER.index(model["object_name"]))
        return apps

    def get_log_entries(self, request: HttpRequest) -> QuerySet:
        """What was done to the content and the people, without who signed in."""
        return super().get_log_entries(request).filter(content_type__isnull=False)

    def autocomplete_view(self, request: HttpRequest) -> JsonResponse:
        """Choices for a picker."""
        return PickerChoices.as_view(admin_site=self)(request)
