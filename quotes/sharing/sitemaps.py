"""Sitemaps of every public page."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from quotes.models import Event, Quote, Speaker, Topic


class PublicSitemap(Sitemap):
    """A sitemap whose addresses start with PUBLIC_URL, whatever host was asked."""

    limit = 10_000

    def get_protocol(self, protocol: str | None = None) -> str:
        """Scheme of PUBLIC_URL."""
        return urlsplit(settings.PUBLIC_URL).scheme

    def get_domain(self, site: object = None) -> str:
        """Host and port of PUBLIC_URL."""
        return urlsplit(settings.PUBLIC_URL).netloc


class PagesSitemap(PublicSitemap):
    """The pages that are there once."""

    def items(self) -> list[str]:
        """Their names."""
        return ["home", "event_list", "speaker_list", "topic_list", "quote_list", "about"]

    def location(self, item: str) -> str:
        """Path of the page of this name."""
        return reverse(item)


class ContentSitemap(PublicSitemap):
    """The pages of one kind of content."""

    def __init__(self, model: type):
        self.model = model

    def items(self) -> QuerySet:
        """The public rows."""
        return self.model.objects.published().order_by("slug").only("slug")


SITEMAPS = {
    "pages": PagesSitemap(),
    "events": ContentSitemap(Event),
    "speakers": ContentSitemap(Speaker),
    "topics": ContentSitemap(Topic),
    "quotes": ContentSitemap(Quote),
}
