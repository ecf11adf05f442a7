"""Topics: tags on quotes."""

from typing import Self

from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from quotes.models.content import Content, ContentQuerySet, Slugged
from quotes.models.localized import english_form, localized_name
from quotes.models.publication import live_quote
from quotes.text.names import split_names


class TopicQuerySet(ContentQuerySet):
    """Query set of topics."""

    def published(self) -> Self:
        """Those that readers may see now: of a public quote."""
        return self.filter(Exists(TaggedQuote.objects.published().filter(tag=OuterRef("pk"))))

    def by_name(self, names: list[str]) -> dict[str, "Topic"]:
        """The topic of each of `names`, itself or an alias, by its name without case."""
        wanted = {name.casefold() for name in names}
        return {
            name.casefold(): topic
            for topic in self
            for name in [*topic.alias_list, topic.name]
            if name.casefold() in wanted
        }

    def of_quotes(self, quotes: models.QuerySet) -> Self:
        """The topics of `quotes`, with `quote_count` among them; the commonest first."""
        tagged = self.filter(tagged_quotes__content_object__in=quotes)
        return tagged.annotate(quote_count=Count("tagged_quotes")).order_by("-quote_count", "slug")


class Topic(Slugged, TagBase):
    """A tag on quotes."""

    slug = Slugged._meta.get_field("slug").clone()
    english_name = english_form(_("English name"), 100)
    description = models.CharField(_("description"), max_length=300, blank=True)
    aliases = models.TextField(
        _("aliases"), blank=True, help_text=_("Other names, separated by 、")
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            *Slugged.Meta.constraints,
            models.UniqueConstraint(fields=["slug"], name="topic_slug_unique"),
            models.UniqueConstraint(
                Lower("name"),
                name="topic_name_unique_in_any_case",
                violation_error_message=_("There is a topic of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return localized_name(self.name, self.english_name)

    @property
    def alias_list(self) -> list[str]:
        """The aliases, one by one."""
        return split_names(self.aliases)


class TaggedQuoteQuerySet(ContentQuerySet):
    """Query set of the topics put on quotes."""

    def published(self) -> Self:
        """Those that readers may see now: on public quotes."""
        return self.filter(live_quote("content_object__"))


class TaggedQuote(Content, ItemBase):
    """That a quote has a topic."""

    natural_key_fields = ("content_object__slug", "tag__slug")

    content_object = models.ForeignKey(
        "Quote", models.CASCADE, related_name="tagged_quotes", verbose_name=_("quote")
    )
    tag = models.ForeignKey(
        Topic, models.CASCADE, related_name="tagged_quotes", verbose_name=_("topic")
    )

    objects = TaggedQuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic of a quote")
        verbose_name_plural = _("topics of quotes")
        indexes = [models.Index(fields=["tag", "content_object"], name="tagged_quote_by_topic")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"],
                name="tagged_quote_has_topic_once",
                violation_error_message=_("The quote has this topic already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_object} · {self.tag}"

    def get_absolute_url(self) -> str:
        """Address of the quote's page."""
        return self.content_object.get_absolute_url()
