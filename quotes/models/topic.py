"""Topics: tags on quotes, and the names that they go by."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from quotes.models.content import Content, ContentQuerySet, Slugged, rows_written
from quotes.models.lengths import LONGEST_ALIASES, at_most
from quotes.models.localized import english_form, localized_name
from quotes.models.names import NameField, NamesField
from quotes.models.publication import live_quote
from quotes.models.topic_name import TopicName
from quotes.text.folding import name_key
from quotes.text.names import UNTIDY, split_names


class TopicQuerySet(ContentQuerySet):
    """Query set of topics."""

    def published(self) -> Self:
        """Those that readers may see now: of a public quote."""
        return self.filter(Exists(TaggedQuote.objects.published().filter(tag=OuterRef("pk"))))

    def by_name(self, names: Iterable[str]) -> dict[str, "Topic"]:
        """The topic that each of `names` is a name or alias of, by the name's key (`name_key`)."""
        keys = {name_key(name) for name in names}
        found = self.filter(names__key__in=keys).annotate(key=F("names__key"))
        return {topic.key: topic for topic in found}

    def of_quotes(self, quotes: models.QuerySet) -> Self:
        """The topics of `quotes`, with `quote_count` among them; the commonest first."""
        tagged = self.filter(tagged_quotes__content_object__in=quotes)
        return tagged.annotate(quote_count=Count("tagged_quotes")).order_by("-quote_count", "slug")


class Topic(Slugged, TagBase):
    """A tag on quotes."""

    name = NameField(TagBase._meta.get_field("name").verbose_name, max_length=100, unique=True)
    slug = Slugged._meta.get_field("slug").clone()
    english_name = english_form(_("English name"), 100)
    description = models.CharField(_("description"), max_length=300, blank=True)
    aliases = NamesField(
        _("aliases"),
        max_length=LONGEST_ALIASES,
        blank=True,
        help_text=_("Other names, separated by 、"),
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            *Slugged.Meta.constraints,
            models.UniqueConstraint(fields=["slug"], name="topic_slug_unique"),
            models.CheckConstraint(condition=~Q(name__regex=UNTIDY), name="topic_name_tidy"),
            at_most(LONGEST_ALIASES, "aliases"),
        ]

    def __str__(self) -> str:
        return localized_name(self.name, self.english_name)

    @property
    def alias_list(self) -> list[str]:
        """The aliases, one by one."""
        return split_names(self.aliases)

    @property
    def name_keys(self) -> dict[str, str]:
        """The field that each key of its names comes from: the name, or the aliases."""
        aliases = {name_key(alias): "aliases" for alias in self.alias_list}
        return aliases | {name_key(self.name): "name"}

    def clean(self) -> None:
        """Say beside the field which name another topic has."""
        super().clean()
        errors = defaultdict(list)
        for taken in TopicName.objects.taken([self]):
            errors[self.name_keys[taken.key]].append(taken.refusal)
        if errors:
            raise ValidationError(errors)


@receiver(post_save, sender=Topic)
def keep_names(instance: Topic, **kwargs) -> None:
    """Write down the names of a topic that was saved, or loaded from a fixture."""
    TopicName.objects.keep([instance])


@receiver(rows_written, sender=Topic)
def keep_names_written(pks: list[int], **kwargs) -> None:
    """Write down the names of topics that were written at once."""
    TopicName.objects.keep(Topic.objects.filter(pk__in=pks))


@receiver(pre_delete, sender=Topic)
def free_names(instance: Topic, **kwargs) -> None:
    """Give the names of a topic back that is about to go."""
    instance.names.all().delete()


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


class TaggedTopics(_TaggableManager):
    """The topics of a quote; a text among them stands for the topic of that name or alias.

    It is made where there is none.
    """

    def add(self, *tags: Topic | str, **kwargs) -> None:
        """Put topics on the quote."""
        super().add(*self._topics(tags), **kwargs)

    def set(self, tags: Iterable[Topic | str], **kwargs) -> None:
        """Leave it these topics."""
        super().set(self._topics(tags), **kwargs)

    def remove(self, *tags: Topic | str) -> None:
        """Take topics off the quote; a name that none has is passed over."""
        found = Topic.objects.by_name(map(str, tags))
        super().remove(*(topic.name for topic in found.values()))

    def _topics(self, tags: Iterable[Topic | str]) -> list[Topic]:
        tags = list(tags)
        known = Topic.objects.by_name(tag for tag in tags if isinstance(tag, str))
        for position, tag in enumerate(tags):
            if isinstance(tag, str):
                if name_key(tag) not in known:
                    known[name_key(tag)] = Topic.objects.create(name=tag)
                tags[position] = known[name_key(tag)]
        return tags
