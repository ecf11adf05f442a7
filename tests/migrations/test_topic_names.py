"""Databases from before names were unique: what stood against that is mended and named."""

import pytest
from django.apps import apps as current
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from quotes.history.versions import deleted
from quotes.models import ProtectedTerm, Quote, Topic, TopicName
from quotes.search.models import SearchEntry
from tests.factories import QuoteFactory

BEFORE = [("quotes", "0007_listed_appearances")]
TOPICS = {  # slug: name, aliases, number of quotes
    "open": ("开源", "Open Source, OSS；oss", 2),
    "open-2": ("開 源", "", 3),
    "open-3": ("开源\u200b", "", 0),
    "closed": ("闭源", "开源、Closed、OSS", 1),
    "closed-2": ("Closed", "", 0),
    "data": ("多模态、数据", "", 1),
    "space": (" 长\u3000 上下文\ufeff", "", 1),
    "taken": ("多模态·数据", "", 0),
    "nothing": ("、", "\u200b、" + "长" * 101, 0),
    "long": ("ﷺ" * 100, "", 0),
    "fine": ("智能体 Agent", "Agentic", 1),
}
MENDED = {
    "open": ("开源 2", "Open Source、OSS"),
    "open-2": ("開 源", ""),
    "open-3": ("开源 3", ""),
    "closed": ("闭源", ""),
    "closed-2": ("Closed", ""),
    "data": ("多模态·数据", ""),
    "space": ("长 上下文", ""),
    "taken": ("多模态·数据 2", ""),
    "nothing": ("nothing", ""),
    "long": ("long", ""),
    "fine": ("智能体 Agent", "Agentic"),
}


@pytest.fixture
def old(transactional_db):
    """The models before, in a database of then; afterwards it is one of now again."""
    quotes = [QuoteFactory() for _ in range(3)]
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps, quotes
    call_command("migrate", verbosity=0)


def test_names_are_mended_recorded_indexed_and_told(old, capsys):
    apps, quotes = old
    for slug, (name, aliases, number) in TOPICS.items():
        topic = apps.get_model("quotes", "Topic").objects.create(
            slug=slug, name=name, aliases=aliases
        )
        for quote in quotes[:number]:
            apps.get_model("quotes", "TaggedQuote").objects.create(
                content_object_id=quote.pk, tag=topic
            )
    apps.get_model("quotes", "Quote").objects.filter(pk=quotes[2].pk).update(context="⻋")
    entry = SearchEntry.objects.filter(pk=quotes[2].pk)
    entry.update(grams=" ⻋ ")

    call_command("migrate", verbosity=0)

    topics = {topic.slug: topic for topic in Topic.objects.all()}
    assert {slug: (t.name, t.aliases) for slug, t in topics.items()} == MENDED
    assert Topic.objects.count() == len(TOPICS)
    owners = {row.key: row.topic for row in TopicName.objects.select_related("topic")}
    assert owners == {key: topic for topic in topics.values() for key in topic.name_keys}
    assert Topic.objects.by_name(["开源"])["开源"] == topics["open-2"]
    changed = {slug for slug in TOPICS if MENDED[slug] != TOPICS[slug][:2]}
    told = capsys.readouterr().out
    for slug in TOPICS:
        assert (f"Topic {slug}:" in told) == (slug in changed)
        assert Topic.history.filter(slug=slug).exists() == (slug in changed)
    assert "“开源” is now “开源 2”" in told
    assert topics["data"].history.get().history_change_reason
    assert "源\ue0002" in _grams(quotes[0])
    assert "源\ue0002" not in _grams(quotes[2])
    assert "车" in _grams(quotes[2])
    for topic in topics.values():
        topic.full_clean()


def _grams(quote):
    return SearchEntry.objects.get(pk=quote.pk).grams


def test_protected_terms_without_han_are_removed_and_told(old, capsys):
    apps, _quotes = old
    for term in ("main", "复杂", "&"):
        apps.get_model("quotes", "ProtectedTerm").objects.create(term=term)
    call_command("migrate", verbosity=0)
    assert [row.term for row in ProtectedTerm.objects.all()] == ["复杂"]
    told = capsys.readouterr().out
    assert "“main”" in told
    assert "“&”" in told
    assert "复杂" not in told
    assert {version.term for version in deleted(ProtectedTerm)} == {"main", "&"}


def test_nothing_is_told_of_a_database_in_which_all_is_well(old, capsys):
    before = Quote.objects.count()
    call_command("migrate", verbosity=0)
    lines = capsys.readouterr().out.strip().splitlines()
    assert lines == ["The search index is made anew for 3 quotes."]  # for another reason
    assert Quote.objects.count() == before
    assert current.get_model("quotes", "TopicName").objects.count() == 0
