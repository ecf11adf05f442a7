"""Quotes: one speaker's words in one section."""

from collections.abc import Iterable
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from quotes.models.content import Ordered, OrderedQuerySet, Slugged
from quotes.models.event import Event
from quotes.models.evidence import add_parallel_counts, add_topics, reported_with
from quotes.models.localized import localized
from quotes.models.publication import Publishable, live_quote, not_withdrawn
from quotes.models.section import Section
from quotes.models.source import Source
from quotes.models.speaker import Appearance, Role, Speaker
from quotes.models.topic import TaggedQuote, Topic
from quotes.models.wording import Wording
from quotes.text import markup
from quotes.text.pinyin import running_slug

NEWEST_EVENT = ("-section__coverage__event__start_date", "section__coverage__event__slug")
WORDS_IN_NAME = 24  # characters of its words by which an untitled quote goes
# How an event is read from top to bottom: sources, sections, quotes; ties fall to the slug.
READING_ORDER = (
    "section__coverage__position",
    "section__coverage__source__slug",
    "section__position",
    "section__slug",
    "position",
    "slug",
)


class QuoteQuerySet(OrderedQuerySet):
    """Query set of quotes."""

    def published(self) -> Self:
        """Those that readers may see now: public themselves, at a public event."""
        return self.filter(live_quote())

    def previewed(self) -> Self:
        """Those that a preview of their event or section shows."""
        return self.filter(not_withdrawn())

    def without_topics(self) -> Self:
        """Those that have no topic."""
        return self.filter(~Exists(TaggedQuote.objects.filter(content_object=OuterRef("pk"))))

    def in_reading_order(self) -> Self:
        """Newest event first, within an event as it is read."""
        return self.order_by(*NEWEST_EVENT, *READING_ORDER)

    def cards(self, keys: Iterable[int], topics: bool = True) -> list["Quote"]:
        """Those with these primary keys, in their order, with what cards show of them."""
        keys = list(keys)
        rows = self.with_evidence().in_bulk(keys)
        quotes = [rows[key] for key in keys if key in rows]
        add_parallel_counts(quotes)
        if topics:
            add_topics(quotes)
        return quotes

    def of_event(self, event: Event) -> Self:
        """Those of one event."""
        return self.filter(section__coverage__event=event)

    def parallel_to(self, quote: "Quote") -> list["Quote"]:
        """Those that report the same words as `quote`, by accepted parallels."""
        others = reported_with(quote)
        if not others:
            return []
        return list(self.filter(pk__in=others).with_evidence().in_reading_order())

    def of_same_words(self, coverage: int, fingerprints: Iterable[str]) -> Self:
        """Those with such a fingerprint at the event that this coverage is of, drafts included."""
        return self.filter(
            fingerprint__in=fingerprints, section__coverage__event__coverages=coverage
        )

    def first_of_each(self, group: str, number: int) -> Self:
        """The first `number` of these quotes, in reading order, of each speaker or section."""
        window = Window(
            RowNumber(),
            partition_by=group,
            order_by=(*NEWEST_EVENT, *READING_ORDER),
        )
        ranked = self.annotate(rank=window).filter(rank__lte=number)
        return self.filter(pk__in=ranked.order_by().values("pk"))

    def with_evidence(self) -> Self:
        """Each with what it belongs to, and `title_then`: the speaker's title at the event."""
        appearance = Appearance.objects.filter(
            speaker=OuterRef("speaker"), event=OuterRef("section__coverage__event")
        ).order_by()
        title = appearance.values(shown=localized("title", "english_title"))
        return self.with_place().annotate(title_then=Coalesce(Subquery(title), models.Value("")))

    def with_place(self) -> Self:
        """Each with its speaker, section, source and event."""
        return self.select_related(
            "speaker", "section__coverage__event", "section__coverage__source"
        )

    def with_topics(self) -> Self:
        """Each with its topics, prefetched as `tagged_quotes`; one query."""
        tagged = TaggedQuote.objects.select_related("tag").order_by("tag__slug")
        return self.prefetch_related(Prefetch("tagged_quotes", tagged))


class Quote(Publishable, Ordered, Slugged):
    """One speaker's words in one section, with the evidence for them."""

    number_slug = staticmethod(running_slug)
    ordered_within = "section"

    section = models.ForeignKey(
        Section,
        models.PROTECT,
        related_name="quotes",
        verbose_name=_("section"),
        db_index=False,  # two indexes start with it
    )
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, related_name="quotes", verbose_name=_("speaker")
    )
    number = models.CharField(
        _("number"), max_length=20, blank=True, help_text=_("As the source prints it.")
    )
    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("As the source prints it.")
    )
    body = models.TextField(
        _("words"),
        help_text=_(
            "Exactly as the source prints them, punctuation included. An empty line starts a "
            "paragraph. Markdown: lists, *emphasis*, **strong**, [links](https://…)."
        ),
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        blank=True,
        help_text=_("A language tag. Left empty, it is the source's."),
    )
    context = models.TextField(
        _("context"),
        blank=True,
        help_text=_("A plain sentence of our own, where the words need one to be understood."),
    )
    wording = models.CharField(
        _("wording"),
        max_length=20,
        choices=Wording.choices,
        default=Wording.NOT_STATED,
        help_text=_("How literal the words are, if the source says so."),
    )
    topics = TaggableManager(_("topics"), through=TaggedQuote, blank=True)
    featured = models.BooleanField(_("picked for the front page"), default=False)
    hero = models.BooleanField(
        _("heads the front page"),
        default=False,
        help_text=_("As long as its summit is the newest; of several, the first as they are read."),
    )
    highlight = models.CharField(
        _("words to show"),
        max_length=100,
        blank=True,
        help_text=_("For a picked quote: the passage that the front page shows, letter by letter."),
    )

    body_html = models.TextField(editable=False, serialize=False)
    excerpt_html = models.TextField(editable=False, serialize=False)
    length = models.PositiveIntegerField(editable=False, serialize=False)
    fingerprint = models.CharField(max_length=16, editable=False, serialize=False)
    excerpt_rest = models.PositiveIntegerField(editable=False, serialize=False)

    # What cards show beside it, added to many at once (see evidence.py).
    parallel_count = 0
    topic_list: list[Topic] = []
    # Set where it was found by words: these words in it, the passage around them, and its title.
    found = ""
    others: list["Quote"] = []  # which report the same words and stand under it
    passage = None
    title_html = ""

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        indexes = [
            models.Index(fields=["status", "-published_at"], name="quote_newest_first"),
            models.Index(fields=["section", "position", "slug"], name="quote_in_section"),
            models.Index(
                fields=["section", "speaker", "status", "published_at"], name="quote_of_appearance"
            ),
            models.Index(fields=["fingerprint", "section"], name="quote_of_same_words"),
            models.Index(
                fields=["-published_at"], condition=Q(featured=True), name="quote_featured"
            ),
        ]
        constraints = [
            *Slugged.Meta.constraints,
            *Publishable.Meta.constraints,
            models.UniqueConstraint(fields=["slug"], name="quote_slug_unique"),
            models.CheckConstraint(condition=~Q(body=""), name="quote_has_words"),
            models.CheckConstraint(
                condition=Q(wording__in=Wording.values), name="quote_wording_known"
            ),
            models.CheckConstraint(
                condition=Q(hero=False) | (Q(featured=True) & ~Q(highlight="")),
                name="quote_hero_is_picked",
                violation_error_message=_(
                    "What heads the front page is picked for it, and has words to show."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title or Truncator(" ".join(self.body.split())).chars(WORDS_IN_NAME)

    @property
    def event(self) -> Event:
        """The event it was said at."""
        return self.section.event

    @property
    def source(self) -> Source:
        """The source that reports it."""
        return self.section.source

    @property
    def mark(self) -> str:
        """Its number, or the running one of its address where the source gives none."""
        return self.number or self.slug.rpartition("-")[2]

    @property
    def place_in_source(self) -> str:
        """Which source reports it, by its short name, and under which number if it has one."""
        name = self.source.short_name
        if not self.number:
            return name
        return gettext("%(source)s, no. %(number)s") % {"source": name, "number": self.number}

    def get_wording_display(self) -> str:
        """What its wording is called; Django's own takes thirty times as long."""
        return str(Wording(self.wording).label)

    @property
    def wording_note(self) -> str:
        """What its wording means for the reader."""
        return Wording(self.wording).note

    @property
    def language_tag(self) -> str:
        """Its language: its own tag, or the source's; "" where neither says."""
        return self.language or self.source.language

    def clean(self) -> None:
        """Check that the words shown large are the speaker's."""
        super().clean()
        if self.highlight not in "".join(markup.paragraphs(self.body)):
            raise ValidationError({"highlight": _("These words are not in the quote.")})

    def what_stops(self) -> dict[str, list[str]]:
        """What must be there and is not; marks without a word are no words."""
        stops = super().what_stops()
        if not self.length:
            stops.setdefault("body", [_("There are no words.")])
        return stops

    def to_do(self) -> dict[str, str]:
        """What should be there and is not, of a quote that came `with_evidence`."""
        wanted = {
            "topics": (self.tagged_quotes.all(), _("Topics, by which readers find it.")),
            "title": (self.title, _("A title, if the source prints one.")),
            "wording": (
                self.wording != Wording.NOT_STATED,
                _("How literal the words are, if the source says so."),
            ),
            "title_then": (self.title_then, _("The title that the speaker held then.")),
        }
        return {name: text for name, (is_there, text) in wanted.items() if not is_there}

    def slug_base(self) -> str:
        """The event's slug; a running number follows."""
        return self.event.slug

    def save(self, **kwargs) -> None:
        """Save, and see that its speaker is on the list of its event."""
        with transaction.atomic():
            Appearance.objects.ensure(self.event, {self.speaker_id}, Role.SPEAKER)
            super().save(**kwargs)


@receiver(pre_save, sender=Quote)
def fill_derived(instance: Quote, **kwargs) -> None:
    """Render the body, measure it, take its fingerprint.

    Also when a fixture is loaded, which skips `save`.
    """
    instance.body = instance.body.replace("\r\n", "\n")
    instance.body_html = markup.render(instance.body)
    instance.excerpt_html, instance.excerpt_rest = markup.excerpt(instance.body)
    instance.length = sum(map(markup.length, markup.paragraphs(instance.body)))
    instance.fingerprint = markup.fingerprint(instance.body)
