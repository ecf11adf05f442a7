"""Addresses with a former slug lead to the present address, on the way to a page that is not there.

What is hidden is not found by a former slug either, so its address answers like any other that
never existed.
"""

from collections.abc import Callable
from functools import wraps

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from quotes.models import Coverage, Section
from quotes.models.content import Slugged
from quotes.models.former_slug import FormerSlug, present_slugs

View = Callable[..., HttpResponse]


def leads_on(present: Callable[..., str | None]) -> Callable[[View], View]:
    """Decorator: where a view finds nothing, it leads to what `present` gives for its slugs."""

    def decorate(view: View) -> View:
        @wraps(view)
        def view_or_redirect(request: HttpRequest, **slugs: str) -> HttpResponse:
            try:
                return view(request, **slugs)
            except Http404:
                address = present(**slugs)
                if address in (None, request.path):
                    raise
            query = request.META["QUERY_STRING"]
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

        return view_or_redirect

    return decorate


def present_page(model: type[Slugged]) -> Callable[[str], str | None]:
    """What gives the address of the public page of a `model` by a former slug, or None."""

    def address(slug: str) -> str | None:
        present = present_slugs(model.objects.published(), [slug])
        page = f"{model._meta.model_name}_detail"
        return reverse(page, args=[present[slug]]) if present else None

    return address


def present_section(event: str, source: str, section: str) -> str | None:
    """Address of the public section by slugs any of which may be a former one, or None."""
    coverages = Coverage.objects.published().filter(
        _called("event", event), _called("source", source)
    )
    former = FormerSlug.objects.of_kind(Section).filter(
        within__in=coverages.values("pk"), slug=section
    )
    sections = Section.objects.published().select_related("coverage__event", "coverage__source")
    found = sections.filter(
        Q(coverage__in=coverages, slug=section) | Q(pk__in=former.values("target"))
    ).first()
    return found and found.get_page_url()


def _called(name: str, slug: str) -> Q:
    """Condition for the event or source of a coverage to have, or to have had, this slug."""
    former = FormerSlug.objects.of_kind(Coverage._meta.get_field(name).related_model)
    return Q(**{f"{name}__slug": slug}) | Q(
        **{f"{name}__in": former.filter(slug=slug).values("target")}
    )
