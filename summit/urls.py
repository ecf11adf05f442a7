"""Addresses of the whole project."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.static import serve

urlpatterns = [
    path("", include("quotes.urls")),
    path("admin/", admin.site.urls),
]
if "//" not in settings.MEDIA_URL:
    urlpatterns.append(
        re_path(
            rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>.+)$",
            serve,
            {"document_root": settings.MEDIA_ROOT},
        )
    )
