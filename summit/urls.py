"""Addresses of the whole project."""

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import include, path, re_path
from django.views.static import serve


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """An uploaded picture."""
    if "\x00" in path:
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)


urlpatterns = [
    path("", include("quotes.urls")),
    path("admin/", admin.site.urls),
]
if "//" not in settings.MEDIA_URL:
    urlpatterns.append(re_path(rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>.+)$", media))
