"""Previews: what is not yet public by the readers' own templates, for those who edit it."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.defaults import page_not_found, permission_denied

from quotes.models import Event, Parallel, Quote, Section
from quotes.models.content import Content
from quotes.models.drafts import may_view
from quotes.models.publication import not_withdrawn
from quotes.views.events import event_context, find_section, section_page, who_attended
from quotes.views.quotes import quote_context

View = Callable[..., HttpResponse]


def for_editors(model: str) -> Callable[[View], View]:
    """Decorator: only for active staff who may view rows of `model`; kept by nobody.

    Others learn nothing of what there is: strangers are asked to sign in, and staff without the
    permission refused, before anything is looked up.
    """

    def decorate(view: View) -> View:
        @require_safe
        @never_cache
        @wraps(view)
        def checked(request: HttpRequest, **names: str) -> HttpResponse:
            user = request.user
            if not (user.is_active and user.is_staff):
                return redirect_to_login(request.get_full_path(), reverse("admin:login"))
            if not may_view(user, model):
                return permission_denied(request, PermissionDenied())
            try:
                response = view(request, **names)
            except Http404 as error:  # answered here, so that it is kept by nobody either
                response = page_not_found(request, error)
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        return checked

    return decorate


@for_editors("quote")
def quote_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """A quote as if it and its event were public, among what is public now."""
    context = quote_context(Quote.objects.all(), slug)
    return _preview(request, "quote_detail.html", context["quote"], context)


@for_editors("event")
def event_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """A summit as if it and all of its quotes that are not withdrawn were public."""
    event = get_object_or_404(Event, slug=slug)
    sections = Section.objects.previewed().with_size(not_withdrawn)
    context = event_context(
        event, sections, Quote.objects.previewed(), Parallel.objects.previewed()
    )
    context |= who_attended(event.appearances.previewed())
    return _preview(request, "event_detail.html", event, context)


@for_editors("section")
def section_preview(request: HttpRequest, event: str, source: str, section: str) -> HttpResponse:
    """A section as if its summit and all of its quotes that are not withdrawn were public."""
    found = find_section(Section.objects.with_size(not_withdrawn), event, source, section)
    quotes = Quote.objects.previewed().filter(section=found)
    page = section_page(request, quotes, Parallel.objects.previewed())
    context = {"section": found, "page": page}
    return _preview(request, "section_detail.html", found, context)


def _preview(request: HttpRequest, template: str, row: Content, context: dict) -> HttpResponse:
    """The readers' page of `row` with a bar that says what it is and leads back to the form."""
    edit_url = reverse(f"admin:quotes_{row._meta.model_name}_change", args=[row.pk])
    response = render(request, template, context | {"preview": row, "edit_url": edit_url})
    response.is_preview = True  # which speakers it names in Traditional characters
    return response
