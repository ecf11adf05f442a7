"""The page about the site, and what crawlers ask for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the site is, how quotes are taken, whose words they are, whom to write to."""
    return render(request, "about.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: everything but the editors' desk, and where the sitemap is."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")
