"""Whose each name is: names and aliases of all topics, each one topic's only."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import IntegrityError, models
from django.db.models import Q
from django.utils.translation import gettext as _

from quotes.models.names import LONGEST_KEY
from quotes.text.folding import name_key

if TYPE_CHECKING:
    from quotes.models.topic import Topic


class TopicNameQuerySet(models.QuerySet):
    """Query set of topics' names."""

    def taken(self, topics: Iterable["Topic"]) -> Self:
        """Those of other topics that these want."""
        topics = list(topics)
        keys = {key for topic in topics for key in topic.name_keys}
        others = self.exclude(topic__in=[topic.pk for topic in topics if topic.pk])
        return others.filter(key__in=keys).select_related("topic").order_by("key")

    def keep(self, topics: Iterable["Topic"]) -> None:
        """Write the names of these topics anew; raises IntegrityError for one taken or too long."""
        topics = list(topics)
        for name in self.taken(topics):
            raise IntegrityError(f"topic_name_or_alias_once: {name.refusal}")
        before = dict(self.filter(topic__in=topics).values_list("key", "topic"))
        wanted = [(key, topic.pk) for topic in topics for key in topic.name_keys]
        for key, _pk in wanted:
            if len(key) > LONGEST_KEY:  # SQLite would take it
                raise IntegrityError(f"topic_name_or_alias_once: too long: {key}")
        gone = before.items() - set(wanted)
        self.filter(key__in=[key for key, _topic in gone]).delete()
        rows = [self.model(key=key, topic_id=pk) for key, pk in wanted if before.get(key) != pk]
        self.bulk_create(rows)


class TopicName(models.Model):
    """That a name or alias, by its key, is this topic's. Derived; in no dump and no history."""

    topic = models.ForeignKey("Topic", models.DO_NOTHING, related_name="names")
    key = models.CharField(max_length=LONGEST_KEY)

    objects = TopicNameQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key"], name="topic_name_or_alias_once"),
            models.CheckConstraint(condition=~Q(key=""), name="topic_name_can_be_seen"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def refusal(self) -> str:
        """What is said of another topic that wants it."""
        names = [self.topic.name, *self.topic.alias_list]
        name = next((name for name in names if name_key(name) == self.key), self.key)
        return _("“%(name)s” is a name of the topic “%(topic)s” already.") % {
            "name": name,
            "topic": self.topic,
        }
