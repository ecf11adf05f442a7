"""Addresses of the whole project."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import include, path, re_path

from quotes.views import about, sitemaps
from quotes.views.media import media


def nothing(request: HttpRequest, path: str) -> HttpResponseBase:
    """Raise Http404."""
    raise Http404


urlpatterns = [
    # Django's shortcut to public pages asks nobody's rights, and no page of the desk uses it.
    path("admin/r/<path:path>", nothing),
    path("admin/", admin.site.urls),
    path("robots.txt", about.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<section>.xml", sitemaps.sitemap_section, name="sitemap_section"),
    *i18n_patterns(path("", include("quotes.urls")), prefix_default_language=False),
]
if "//" not in settings.MEDIA_URL:
    urlpatterns.append(re_path(rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>.+)$", media))
