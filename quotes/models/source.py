"""Sources, and which events they cover."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.models.content import ContentQuerySet, Ordered, OrderedQuerySet, Slugged
from quotes.models.event import Event


class SourceKind(models.TextChoices):
    """What sort of publication a source is."""

    TRANSCRIPT = "transcript", _("transcript")
    EXCERPT = "excerpt", _("excerpt")
    REPORT = "report", _("report")
    VIDEO = "video", _("video")


UNSIGNED = {
    SourceKind.TRANSCRIPT: _("an unsigned transcript"),
    SourceKind.EXCERPT: _("an unsigned excerpt"),
    SourceKind.REPORT: _("an unsigned report"),
    SourceKind.VIDEO: _("an unsigned video"),
}


def name_of_untitled(kind: str, author: str, publisher: str, day: date | None) -> str:
    """What a source without a title is called: by its author, publisher and date if known."""
    kind = SourceKind(kind)
    name = str(UNSIGNED[kind])
    if author:
        name = gettext("%(kind)s by %(author)s") % {"kind": kind.label, "author": author}
    known = [part for part in (publisher, day and date_format(day)) if part]
    if not known:
        return name
    return gettext("%(name)s (%(known)s)") % {"name": name, "known": gettext(", ").join(known)}


class SourceQuerySet(ContentQuerySet):
    """Query set of sources."""

    def published(self) -> Self:
        """Those that readers may see now: which cover a public event."""
        return self.filter(Exists(Coverage.objects.published().filter(source=OuterRef("pk"))))


class Source(Slugged):
    """A publication that reports an event. What is not known of it stays empty."""

    title = models.CharField(_("title"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind.choices)
    author = models.CharField(_("author"), max_length=200, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    date_published = models.DateField(_("date published"), null=True, blank=True)
    language = models.CharField(
        _("language"),
        max_length=35,
        blank=True,
        help_text=_("A language tag: zh-Hans-CN, zh-Hant-TW, en …"),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            *Slugged.Meta.constraints,
            models.UniqueConstraint(fields=["slug"], name="source_slug_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=SourceKind.values), name="source_kind_known"
            ),
        ]

    def __str__(self) -> str:
        known = (self.author, self.publisher, self.date_published)
        return self.title or name_of_untitled(self.kind, *known)

    @property
    def short_name(self) -> str:
        """What its kind is called, or what it is called itself if its title is not known."""
        return self.get_kind_display() if self.title else str(self)

    def get_absolute_url(self) -> str:
        """Where its quotes are listed."""
        return f"{reverse('quote_list')}?source={self.slug}"

    def get_kind_display(self) -> str:
        """What its kind is called; Django's own takes thirty times as long."""
        return str(SourceKind(self.kind).label)

    @property
    def unknown_facts(self) -> list[str]:
        """What readers would ask of a source and is not known of this one."""
        facts = ("title", "author", "publisher", "date_published", "url")
        return [self._meta.get_field(f).verbose_name for f in facts if not getattr(self, f)]

    def slug_base(self) -> str:
        """The title in pinyin, or the kind where there is no title."""
        return super().slug_base() if self.title else self.kind


class CoverageQuerySet(OrderedQuerySet):
    """Query set of coverages."""

    def published(self) -> Self:
        """Those that readers may see now: of public events."""
        return self.filter(event__in=Event.objects.published())


class Coverage(Ordered):
    """That a source reports an event, and its place among that event's sources."""

    natural_key_fields = ("event__slug", "source__slug")
    ordered_within = "event"
    fixed_fields = ("event",)
    tie_breaker = "source__slug"

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="coverages", verbose_name=_("event")
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="coverages", verbose_name=_("source")
    )

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverages")
        ordering = ["position", "source__slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "source"],
                name="coverage_once_of_an_event",
                violation_error_message=_("This source is on the list of this event already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} · {self.source}"

    @property
    def anchor(self) -> str:
        """Where the source starts on the event's page."""
        return self.source.slug

    def get_absolute_url(self) -> str:
        """Address of the source's part of the event's page."""
        return f"{self.event.get_absolute_url()}#{self.anchor}"
