"""Speakers, and their appearances at events."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from quotes.models.content import (
    ContentQuerySet,
    Ordered,
    OrderedQuerySet,
    Slugged,
    require_alternative_text,
    validate_links,
    web_links,
)
from quotes.models.event import Event
from quotes.models.localized import english_form, localized, localized_name
from quotes.models.picture import PictureField
from quotes.models.publication import live, not_withdrawn
from quotes.text.names import split_names
from quotes.text.pinyin import sort_name


class SpeakerQuerySet(ContentQuerySet):
    """Query set of speakers."""

    def published(self) -> Self:
        """Those that readers may see now: who appears at a public event."""
        return self.filter(Exists(Appearance.objects.published().filter(speaker=OuterRef("pk"))))

    def ever_published(self) -> Self:
        """Those that readers may have seen at an event, also if what they said there is gone."""
        events = Event.objects.ever_published()
        return self.filter(
            Exists(Appearance.objects.filter(event__in=events, speaker=OuterRef("pk")))
        )

    def of_quotes(self, quotes: models.QuerySet) -> Self:
        """Who said any of `quotes`, with `quote_count`; who said most comes first."""
        said = self.filter(quotes__in=quotes).annotate(quote_count=Count("quotes"))
        return said.order_by("-quote_count", "sort_name", "slug")

    def with_latest_title(self) -> Self:
        """Each with `latest_title`: the title held at the last public event that says one."""
        titled = Appearance.objects.published().filter(speaker=OuterRef("pk")).exclude(title="")
        newest = titled.order_by("-event__start_date", "event__slug")
        title = newest.values(shown=localized("title", "english_title"))
        return self.annotate(latest_title=Subquery(title[:1]))


class Speaker(Slugged):
    """A person, the same one across events."""

    name = models.CharField(_("name"), max_length=100)
    latin_name = models.CharField(
        _("Latin name"), max_length=100, blank=True, help_text=_("Shown on the English pages.")
    )
    traditional_name = models.CharField(
        _("name in Traditional characters"),
        max_length=100,
        blank=True,
        help_text=_("Shown on the Traditional pages. Left empty, the name stays as it is there."),
    )
    aliases = models.TextField(
        _("aliases"), blank=True, help_text=_("Other names, separated by 、")
    )
    sort_name = models.CharField(
        _("sort name"),
        max_length=200,
        blank=True,
        help_text=_("Pinyin, surname first. Left empty, it is made from the name."),
    )
    biography = models.TextField(_("biography"), blank=True)
    picture = PictureField(
        _("picture"),
        upload_to="speakers/",
        widths=(320,),
        blank=True,
    )
    picture_width = models.PositiveIntegerField(null=True, editable=False)
    picture_height = models.PositiveIntegerField(null=True, editable=False)
    picture_alt = models.CharField(
        _("picture's alternative text"),
        max_length=200,
        blank=True,
        help_text=_("What the picture shows, for those who do not see it. Required with one."),
    )
    links = models.TextField(
        _("links"), blank=True, validators=[validate_links], help_text=_("One address a line.")
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        indexes = [models.Index(fields=["sort_name", "slug"], name="speaker_by_sort_name")]
        constraints = [
            *Slugged.Meta.constraints,
            models.UniqueConstraint(fields=["slug"], name="speaker_slug_unique"),
            models.CheckConstraint(
                condition=Q(picture="") | ~Q(picture_alt=""),
                name="speaker_picture_has_alt",
            ),
        ]

    def __str__(self) -> str:
        return localized_name(self.name, self.latin_name)

    def clean(self) -> None:
        """Say beside the field what the constraint would refuse."""
        super().clean()
        require_alternative_text(self, "picture")

    @property
    def other_names(self) -> list[str]:
        """Name, Latin name and aliases, but for the one that heads the page."""
        names = [self.name, self.latin_name, *split_names(self.aliases)]
        return [name for name in names if name and name != str(self)]

    @property
    def link_list(self) -> list[tuple[str, str]]:
        """(host, address) of every link."""
        return web_links(self.links)


@receiver(pre_save, sender=Speaker)
def fill_sort_name(instance: Speaker, **kwargs) -> None:
    """Give a speaker without sort name the pinyin of the name."""
    instance.sort_name = instance.sort_name or sort_name(instance.name)


class Role(models.TextChoices):
    """What a speaker was at an event."""

    SPEAKER = "speaker", _("speaker")
    MODERATOR = "moderator", _("moderator")


QUOTED = _("Quotes of this speaker at this event are kept: remove them first.")


class AppearanceQuerySet(OrderedQuerySet):
    """Query set of appearances."""

    def published(self) -> Self:
        """Those that readers may see now: at public events, and not there by hidden content alone.

        Whom the editors put on the list is shown at once; who is on it for what was said, with the
        first public quote or section.
        """
        rows = self.filter(live("event__"))
        return rows._with_words(live(), _sections_at_the_event().published())

    def previewed(self) -> Self:
        """Those that a preview of their event shows."""
        return self._with_words(not_withdrawn(), _sections_at_the_event().previewed())

    def _with_words(self, shown: Q, sections: models.QuerySet) -> Self:
        """Those that are listed, or have a quote that is `shown` or one of the `sections`."""
        quotes = _at_the_event("quotes", "section__coverage__event").filter(shown)
        return self.filter(Q(listed=True) | Exists(quotes) | Exists(sections))

    def quoted(self) -> Self:
        """Those whose speaker has quotes at the event, drafts included."""
        return self.filter(speaker__quotes__section__coverage__event=F("event")).distinct()

    def ensure(self, event: Event, speaker_ids: set[int], role: Role) -> None:
        """Make an appearance without title for each of the speakers who has none at `event`.

        Nobody is listed by that: what is hidden puts nobody on a public list, and when it goes it
        leaves nobody there.
        """
        present = self.filter(event=event, speaker__in=speaker_ids).values_list(
            "speaker_id", flat=True
        )
        for speaker_id in sorted(speaker_ids - set(present)):
            self.get_or_create(
                event=event, speaker_id=speaker_id, defaults={"role": role, "listed": False}
            )


def _sections_at_the_event() -> models.QuerySet:
    """The sections that an appearance's speaker moderates at its event."""
    return _at_the_event("moderated_sections", "coverage__event")


def _at_the_event(relation: str, event: str) -> models.QuerySet:
    """What an appearance's speaker has of that relation at its event, to which `event` leads."""
    field = Speaker._meta.get_field(relation).field
    at_the_event = {field.name: OuterRef("speaker"), event: OuterRef("event")}
    return field.model.objects.filter(**at_the_event)


class Appearance(Ordered):
    """A speaker at one event: role, and the title and organisation held then."""

    natural_key_fields = ("event__slug", "speaker__slug")
    ordered_within = "event"
    tie_breaker = "speaker__slug"

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="appearances", verbose_name=_("event")
    )
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, related_name="appearances", verbose_name=_("speaker")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.SPEAKER)
    title = models.CharField(
        _("title then"),
        max_length=200,
        blank=True,
        help_text=_("Title and organisation at the time of the event, as the source gives them."),
    )
    english_title = english_form(_("title then, in English"), 200)
    # Put on the list by an editor, and not on the way by a quote or section (see `ensure`).
    listed = models.BooleanField(default=True, editable=False)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["position", "speaker__slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "speaker"],
                name="appearance_once_at_an_event",
                violation_error_message=_("This speaker is on the list of this event already."),
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="appearance_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} · {self.event}"

    @property
    def title_shown(self) -> str:
        """The title as the pages of the active language give it."""
        return localized_name(self.title, self.english_title)

    def clean(self) -> None:
        """Check that nobody is struck off a list by replacement who is quoted there."""
        super().clean()
        before = Appearance.objects.quoted().filter(pk=self.pk).first()
        if before and (before.speaker_id, before.event_id) != (self.speaker_id, self.event_id):
            raise ValidationError(QUOTED)

    def get_absolute_url(self) -> str:
        """Address of the speaker's page."""
        return self.speaker.get_absolute_url()
