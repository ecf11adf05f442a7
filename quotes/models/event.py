"""Events: the summits."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from quotes.models.content import ContentQuerySet, Slugged, require_alternative_text
from quotes.models.localized import english_form, localized_name
from quotes.models.picture import PictureField
from quotes.models.publication import Publishable, live
from quotes.text.pinyin import pinyin_slug

SHOWN_WHOLE = 60  # quotes that an event's page shows in full; of more, each section shows its start


class EventQuerySet(ContentQuerySet):
    """Query set of events."""

    def published(self) -> Self:
        """Those that readers may see now."""
        return self.filter(live())

    def with_quote_count(self) -> Self:
        """Each with `quote_count`, its public quotes."""
        quotes = "coverages__sections__quotes"
        return self.annotate(quote_count=Count(quotes, filter=live(f"{quotes}__")))

    def shortened(self) -> Self:
        """Those whose page shows but the start of each section, which has a page of its own."""
        return self.with_quote_count().filter(quote_count__gt=SHOWN_WHOLE)

    def newest_first(self) -> Self:
        """By date, the latest first; on one day by slug."""
        return self.order_by("-start_date", "slug")


class Event(Publishable, Slugged):
    """One dated gathering."""

    name = models.CharField(_("name"), max_length=200)
    english_name = english_form(_("English name"), 200)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("One or two plain sentences of our own.")
    )
    start_date = models.DateField(_("date"))
    end_date = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Only for more than one day.")
    )
    city = models.CharField(_("city"), max_length=100, blank=True)
    english_city = english_form(_("city in English"), 100)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    cover = PictureField(
        _("cover picture"),
        upload_to="events/",
        widths=(640, 1280),
        blank=True,
    )
    cover_width = models.PositiveIntegerField(null=True, editable=False)
    cover_height = models.PositiveIntegerField(null=True, editable=False)
    cover_alt = models.CharField(
        _("cover's alternative text"),
        max_length=200,
        blank=True,
        help_text=_("What the picture shows, for those who do not see it. Required with one."),
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        # What publishers may and editors may not, for events and all that hangs on them.
        permissions = [("publish", _("May publish, withdraw, and change what readers see"))]
        indexes = [
            models.Index(fields=["status", "-start_date", "slug"], name="event_newest_first"),
        ]
        constraints = [
            *Slugged.Meta.constraints,
            *Publishable.Meta.constraints,
            models.UniqueConstraint(fields=["slug"], name="event_slug_unique"),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="event_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(cover="") | ~Q(cover_alt=""),
                name="event_cover_has_alt",
            ),
        ]

    def __str__(self) -> str:
        return localized_name(self.name, self.english_name)

    @property
    def place(self) -> str:
        """The city as the pages of the active language call it."""
        return localized_name(self.city, self.english_city)

    @property
    def days(self) -> str:
        """Its day, or the first and the last: 2026年1月10日."""
        return "–".join(
            date_format(day) for day in dict.fromkeys((self.start_date, self.end_date)) if day
        )

    @property
    def days_of_year(self) -> str:
        """The same without the year, where it all is in the one that stands beside: 1月10日."""
        if self.end_date and self.end_date.year != self.start_date.year:
            return self.days
        days = dict.fromkeys(filter(None, (self.start_date, self.end_date)))
        form = pgettext("a date without its year", "N j")
        return "–".join(date_format(day, form) for day in days)

    def clean(self) -> None:
        """Say beside the field what the constraints would refuse."""
        super().clean()
        require_alternative_text(self, "cover")
        if self.end_date and self.start_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": _("The last day lies before the first.")})

    def to_do(self) -> dict[str, str]:
        """What should be there and is not, of an event `with_quote_count` and its coverages."""
        wanted = {
            "city": (self.city, _("The city it took place in.")),
            "organiser": (self.organiser, _("Who held it.")),
            "summary": (self.summary, _("A summary of one or two sentences.")),
            "cover": (self.cover, _("A cover picture with its alternative text.")),
            "coverages": (self.coverages.all(), _("A source that reports it.")),
            "quotes": (self.quote_count, _("A published quote.")),
        }
        return {name: text for name, (is_there, text) in wanted.items() if not is_there}

    def slug_base(self) -> str:
        """The name in pinyin and the year."""
        base = pinyin_slug(self.name) or "event"
        year = str(self.start_date.year)
        return base if base.endswith(year) else f"{base}-{year}"
