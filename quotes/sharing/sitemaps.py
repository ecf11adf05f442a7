"""Sitemaps of every public page."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from quotes.models import Event, Quote, Section, Speaker
from quotes.models.content import Content
from quotes.search.models import public_topics


class PublicSitemap(Sitemap):
    """A sitemap whose addresses start with PUBLIC_URL, whatever host was asked."""

    limit = 10_000

    def __init__(self, kind: str, language: str):
        self.kind = kind
        self.language = language

    def location(self, item: str | Content) -> str:
        """Path of an item's page in the sitemap's language."""
        with translation.override(self.language):
            return self.path(item)

    def path(self, item: Content) -> str:
        """Path of an item's page in the active language."""
        return item.get_absolute_url()

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

    def path(self, item: str) -> str:
        """Path of the page of that name."""
        return reverse(item)


class ContentSitemap(PublicSitemap):
    """The pages of one kind of content."""

    def __init__(self, kind: str, language: str, public: Callable[[], QuerySet]):
        super().__init__(kind, language)
        self.public = public

    def items(self) -> QuerySet:
        """The public rows."""
        return self.public().order_by("slug").only("slug")


class SectionSitemap(PublicSitemap):
    """The pages of sections, where the event's page shows but their start."""

    def items(self) -> QuerySet:
        """The public rows."""
        sections = Section.objects.published().filter(coverage__event__in=Event.objects.shortened())
        return sections.select_related("coverage__event", "coverage__source").order_by("pk")

    def path(self, item: Section) -> str:
        """The section's own page."""
        return item.get_page_url()


KINDS = {
    "pages": PagesSitemap,
    "events": partial(ContentSitemap, public=Event.objects.published),
    "sections": SectionSitemap,
    "speakers": partial(ContentSitemap, public=Speaker.objects.published),
    "topics": partial(ContentSitemap, public=public_topics),
    "quotes": partial(ContentSitemap, public=Quote.objects.published),
}
SITEMAPS = {
    kind if language == settings.LANGUAGE_CODE else f"{kind}-{language}": sitemap(kind, language)
    for language, _name in settings.LANGUAGES
    for kind, sitemap in KINDS.items()
}
