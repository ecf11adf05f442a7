"""Names and aliases of topics are tidy and each is one topic's only; what was not so is mended.

Of two topics of one name the one with fewer quotes gets a number; an alias that is the name or the
alias of another topic goes; what separates names in a list does not stand in one. All that is
changed is printed, recorded in the history, and indexed anew after the migration.
"""

from itertools import count

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Count
from django.utils import timezone

from quotes.text.folding import name_key
from quotes.text.names import SEPARATORS, tidy, tidy_names

LONGEST_NAME, LONGEST_KEY, MOST_NAMES = 100, 200, 100
INVISIBLE = (
    "\u0001-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
UNTIDY = rf"^$|[,，、;；{INVISIBLE}]|  |^ | $"
RADICALS = "[\u2e81-\u2ef3]"  # which are folded from now on
WHY = "Names of topics are unique (migration 0009)"


def mend_names(apps, schema_editor):
    """Mend the names, then the aliases, and write down whose each is."""
    Topic = apps.get_model("quotes", "Topic")
    topics = list(Topic.objects.annotate(n=Count("tagged_quotes")).order_by("-n", "pk"))
    before = {topic.pk: (topic.name, topic.aliases) for topic in topics}
    owners = {}
    for topic in topics:
        topic.name = _free(_one_name(topic), owners)
        owners[name_key(topic.name)] = topic
    for topic in sorted(topics, key=lambda topic: topic.pk):
        topic.aliases = "、".join(_own_aliases(topic, owners))
    changed = [topic for topic in topics if before[topic.pk] != (topic.name, topic.aliases)]
    for topic in changed:  # out of each other's way: two may swap
        Topic.objects.filter(pk=topic.pk).update(name=f"0009:{topic.pk}:{timezone.now()}")
    for topic in changed:
        topic.save(update_fields=["name", "aliases"])
        _tell(topic, *before[topic.pk])
    apps.get_model("quotes", "TopicName").objects.bulk_create(
        [apps.get_model("quotes", "TopicName")(key=key, topic=owner) for key, owner in owners.items()]
    )
    _record(apps, changed)
    _leave_to_be_indexed(apps, schema_editor.connection, changed)


def _one_name(topic):
    """The name without what separates names; the slug where nothing is left, or too much."""
    name = "·".join(filter(None, map(tidy, SEPARATORS.split(topic.name))))
    key = name_key(name)
    return name if key and len(name) <= LONGEST_NAME and len(key) <= LONGEST_KEY else topic.slug


def _free(name, owners):
    """The name, or the first of “name 2”, “name 3” … that no topic has."""
    if name_key(name) not in owners:
        return name
    numbered = (f"{name[: LONGEST_NAME - len(str(n)) - 1].rstrip()} {n}" for n in count(2))
    return next(name for name in numbered if name_key(name) not in owners)


def _own_aliases(topic, owners):
    """The aliases that are nobody else's, and can be names at all."""
    for alias in tidy_names(topic.aliases)[:MOST_NAMES]:
        key = name_key(alias)
        is_possible = len(alias) <= LONGEST_NAME and len(key) <= LONGEST_KEY
        if is_possible and owners.setdefault(key, topic) is topic:
            yield alias


def _tell(topic, name, aliases):
    """Print what became of a topic."""
    if name != topic.name:
        print(f"\n  Topic {topic.slug}: the name “{name}” is now “{topic.name}”.", end="")
    if aliases != topic.aliases:
        print(f"\n  Topic {topic.slug}: the aliases “{aliases}” are now “{topic.aliases}”.", end="")


def _record(apps, changed):
    """Add a version of each changed topic."""
    Version = apps.get_model("history", "HistoricalTopic")
    now = timezone.now()
    kept = [field.attname for field in Version._meta.fields if not field.attname.startswith("history_")]
    Version.objects.bulk_create(
        Version(
            history_date=now,
            history_type="~",
            history_change_reason=WHY,
            **{name: getattr(topic, name) for name in kept},
        )
        for topic in changed
    )


def _leave_to_be_indexed(apps, connection, changed):
    """Delete the index entries that are no longer right: after migrations the missing are made."""
    if "search_searchentry" not in connection.introspection.table_names():
        return
    tagged = apps.get_model("quotes", "TaggedQuote").objects.filter(tag__in=changed)
    with connection.cursor() as cursor:
        for pk in set(tagged.values_list("content_object", flat=True)):
            cursor.execute("DELETE FROM search_searchentry WHERE quote_id = %s", [pk])
        has_radical = f"grams {connection.operators['regex']}"
        cursor.execute(f"DELETE FROM search_searchentry WHERE {has_radical}", [RADICALS])


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0008_text_limits"),
        ("history", "0003_listed_appearances"),
    ]

    operations = [
        migrations.CreateModel(
            name="TopicName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="names",
                        to="quotes.topic",
                    ),
                ),
                ("key", models.CharField(max_length=200)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=["key"], name="topic_name_or_alias_once"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        name="topic_name_can_be_seen",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="topic", name="topic_name_unique_in_any_case"),
        migrations.RunPython(mend_names, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", UNTIDY), _negated=True), name="topic_name_tidy"
            ),
        ),
    ]
