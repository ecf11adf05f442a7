"""Sections: the ordered parts of an event as one source arranges it."""

from collections.abc import Callable
from typing import Self

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quotes.models.content import Ordered, OrderedQuerySet, Slugged
from quotes.models.event import Event
from quotes.models.publication import live, not_withdrawn
from quotes.models.source import Coverage, Source
from quotes.models.speaker import Appearance, Role, Speaker
from quotes.text.script import has_han


class SectionKind(models.TextChoices):
    """What sort of part a section is."""

    SPEECH = "speech", _("speech")
    ROUNDTABLE = "roundtable", _("roundtable")
    THEME = "theme", _("theme")


class SectionQuerySet(OrderedQuerySet):
    """Query set of sections."""

    def published(self) -> Self:
        """Those that readers may see now: with a public quote, or printed empty by the source."""
        return self._with_any_quote(live()).filter(live("coverage__event__"))

    def previewed(self) -> Self:
        """Those that a preview of their event shows: with a quote, or printed empty."""
        return self._with_any_quote(not_withdrawn())

    def _with_any_quote(self, shown: Q) -> Self:
        """Those with a quote that is `shown`, or printed empty by the source."""
        quotes = self.model.quotes.rel.related_model.objects.filter(shown, section=OuterRef("pk"))
        return self.filter(Q(printed_empty=True) | Exists(quotes))

    def newest_first(self) -> Self:
        """Of the newest event first, within an event as it is read; each with its place."""
        event, coverage = "-coverage__event__start_date", "coverage__position"
        ordered = self.order_by(event, "coverage__event__slug", coverage, "position", "slug")
        return ordered.select_related("coverage__event", "coverage__source")

    def with_size(self, shown: Callable[[str], Q] = live) -> Self:
        """Each with `quote_count` and `characters` of its quotes that are `shown`."""
        quotes = shown("quotes__")
        return self.annotate(
            quote_count=Count("quotes", filter=quotes),
            characters=Coalesce(Sum("quotes__length", filter=quotes), 0),
        )


class Section(Ordered, Slugged):
    """An ordered part of an event as one source arranges it."""

    natural_key_fields = ("coverage__event__slug", "coverage__source__slug", "slug")
    ordered_within = "coverage"
    fixed_fields = ("slug",)

    coverage = models.ForeignKey(
        Coverage,
        models.PROTECT,
        related_name="sections",
        verbose_name=_("event and source"),
        help_text=_("A source is put on an event's list before it gets sections."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=SectionKind.choices)
    number = models.CharField(
        _("number"), max_length=20, blank=True, help_text=_("As the source prints it.")
    )
    title = models.CharField(_("title"), max_length=200)
    question = models.TextField(_("question put"), blank=True)
    moderator = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="moderated_sections",
        verbose_name=_("moderator"),
    )
    printed_empty = models.BooleanField(
        _("stands empty in print"),
        default=False,
        help_text=_("The source prints this heading without a quote: show it all the same."),
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "slug"]
        constraints = [
            *Slugged.Meta.constraints,
            models.UniqueConstraint(
                fields=["coverage", "slug"],
                name="section_slug_unique_in_coverage",
                violation_error_message=_("Another section of this source has this slug."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SectionKind.values), name="section_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def numbered_title(self) -> str:
        """The title after the number, if it has one: 一、唐杰的发言, or 2.1 Compute."""
        between = "、" if has_han(self.number) else " "
        return between.join(filter(None, (self.number, self.title)))

    @property
    def event(self) -> Event:
        """The event it is a part of."""
        return self.coverage.event

    @property
    def source(self) -> Source:
        """The source that arranges it."""
        return self.coverage.source

    @property
    def anchor(self) -> str:
        """Where the section starts on the event's page."""
        return f"{self.source.slug}.{self.slug}"

    def get_absolute_url(self) -> str:
        """Address of the section's part of the event's page."""
        return f"{self.event.get_absolute_url()}#{self.anchor}"

    def get_page_url(self) -> str:
        """Address of the section's own page, where the event's shows but its start."""
        return reverse("section_detail", args=[self.event.slug, self.source.slug, self.slug])

    @property
    def slug_place(self) -> int:
        """Key of its coverage."""
        return self.coverage_id

    def slug_scope(self) -> models.QuerySet:
        """The sections of the same event and source."""
        return self.siblings()

    def save(self, **kwargs) -> None:
        """Save, and see that its moderator and speakers are on the list of its event."""
        with transaction.atomic():
            super().save(**kwargs)
            Appearance.objects.ensure(self.event, {self.moderator_id} - {None}, Role.MODERATOR)
            Appearance.objects.ensure(
                self.event, set(self.quotes.values_list("speaker_id", flat=True)), Role.SPEAKER
            )
