"""Sitemaps: an index, and one or more files for each kind of page."""

from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from quotes.sharing.sitemaps import KINDS, SITEMAPS


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Addresses of all the sitemaps."""
    kinds = {kind: SITEMAPS[kind].paginator.page_range for kind in KINDS}
    paths = [
        reverse("sitemap_section", args=[section]) + (f"?p={number}" if number > 1 else "")
        for section, sitemap in SITEMAPS.items()
        for number in kinds[sitemap.kind]
    ]
    return render(request, "sitemap_index.xml", {"paths": paths}, content_type="application/xml")


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """The sitemap of one kind of page; 404 for an unknown kind or page."""
    return sitemap(request, SITEMAPS, section=section)
