"""The index follows every change of content, in the transaction of the change."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import transaction
from django.db.models import F

from quotes.models import Appearance, Event, Quote, Section, Speaker, Topic
from quotes.search.models import ContentState, SearchEntry
from quotes.text.queries import parse
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    ProtectedTermFactory,
    QuoteFactory,
    SectionFactory,
    SpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def found(word):
    entries = SearchEntry.objects.published().indexed(parse(word))
    return set(entries.values_list("quote__slug", flat=True))


@pytest.fixture
def quote():
    quote = QuoteFactory(
        slug="q-1",
        title="旧标题",
        body="旧话。",
        context="旧说明",
        speaker__name="旧人",
        speaker__aliases="老旧",
        section__title="旧章节",
        section__question="旧问题？",
        section__coverage__event__name="旧峰会",
        topics=[TopicFactory(name="旧主题", aliases="陈旧")],
    )
    Appearance.objects.filter(speaker=quote.speaker).update(title="旧头衔")
    return quote


def rows(quote):
    return {
        "标题": quote,
        "话。": quote,
        "说明": quote,
        "人": quote.speaker,
        "章节": quote.section,
        "问题": quote.section,
        "峰会": quote.event,
        "主题": quote.tagged_quotes.get().tag,
        "头衔": Appearance.objects.get(speaker=quote.speaker),
    }


FIELDS = {
    "标题": "title",
    "话。": "body",
    "说明": "context",
    "人": "name",
    "章节": "title",
    "问题": "question",
    "峰会": "name",
    "主题": "name",
    "头衔": "title",
}


@pytest.mark.parametrize("word", FIELDS)
@pytest.mark.parametrize("at_once", [False, True])
def test_a_changed_text_is_found_by_its_new_words_only(quote, word, at_once):
    assert found(f"旧{word}") == {"q-1"}
    row = rows(quote)[word]
    if at_once:
        fields = {FIELDS[word]: f"新{word}"}
        if word == "话。":
            fields["body_html"] = f"<p>新{word}</p>"
        type(row).objects.filter(pk=row.pk).update(**fields)
    else:
        setattr(row, FIELDS[word], f"新{word}")
        row.save()
    assert found(f"旧{word}") == set()
    assert found(f"新{word}") == {"q-1"}


def test_a_topic_put_on_and_taken_off_is_found_accordingly(quote):
    topic = TopicFactory(name="算力")
    quote.topics.add(topic)
    assert found("算力") == {"q-1"}
    quote.topics.remove(topic)
    assert found("算力") == set()


def test_a_deleted_quote_and_a_deleted_topic_are_gone(quote):
    Topic.objects.all().delete()
    assert found("旧主题") == set()
    assert found("旧话") == {"q-1"}
    quote.delete()
    assert found("旧话") == set()
    assert not SearchEntry.objects.exists()


def test_quotes_created_at_once_are_found(quote):
    fields = {"section": quote.section, "speaker": quote.speaker, "position": 9, "length": 1}
    words = {"body": "大批的话", "body_html": "<p>大批的话</p>", "excerpt_rest": 0}
    public = {"status": "published", "published_at": quote.published_at}
    Quote.objects.bulk_create([Quote(slug=f"b-{i}", **fields, **words, **public) for i in (1, 2)])
    assert found("大批") == {"b-1", "b-2"}


@pytest.mark.parametrize("model", [Quote, Event])
@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_is_not_public_is_not_found(quote, model, status):
    model.objects.update(status=status)
    assert found("旧话") == set()


def test_what_is_scheduled_is_found_when_it_is_due(quote, monkeypatch):
    Event.objects.update(published_at="2099-01-01T00:00Z")
    assert found("旧话") == set()
    monkeypatch.setattr("django.utils.timezone.now", lambda: Event.objects.get().published_at)
    assert found("旧话") == {"q-1"}


def test_entries_sort_as_the_site_is_read():
    quotes = [
        QuoteFactory(section=section, position=position)
        for section in (SectionFactory(), SectionFactory(position=2))
        for position in (2, 1)
    ]
    assert len(quotes) == 4
    Section.objects.update(position=F("position") + 1)
    by_models = list(Quote.objects.in_reading_order())
    entries = SearchEntry.objects.in_reading_order().select_related("quote")
    assert [entry.quote for entry in entries] == by_models


def test_a_change_and_its_index_are_undone_together(quote):
    quote.title = "新标题"
    with transaction.atomic():
        quote.save()
        assert found("新标题") == {"q-1"}
        transaction.set_rollback(True)
    assert found("旧标题") == {"q-1"}
    assert found("新标题") == set()


@pytest.mark.parametrize(
    "change",
    [
        lambda: EventFactory(),
        lambda: Speaker.objects.update(biography="新"),
        lambda: Quote.objects.all().delete(),
        lambda: AppearanceFactory(),
        lambda: ProtectedTermFactory(),
    ],
)
def test_every_change_makes_another_version(quote, change):
    before = ContentState.objects.get().version
    change()
    assert ContentState.objects.get().version != before


def test_a_fixture_is_indexed_as_it_is_loaded(agi_next):
    assert SearchEntry.objects.count() == 44
    assert found("光刻机到底") == {"agi-next-2026-09", "agi-next-2026-33"}


def test_a_check_says_what_is_missing_and_what_is_gone_until_the_index_is_rebuilt(quote, capsys):
    def warnings():
        return [w.msg for w in run_checks(databases=["default"]) if w.id == "search.W001"]

    assert warnings() == []
    SearchEntry.objects.update(quote=quote.pk + 1)
    assert warnings() == [
        "The search index lacks 1 quotes and knows of 1 that are gone.",
    ]
    call_command("rebuild_search")
    assert "1 of 1 quotes" in capsys.readouterr().out
    assert warnings() == []
    assert found("旧话") == {"q-1"}


def test_speakers_of_other_quotes_are_left_alone(quote):
    other = QuoteFactory(speaker=SpeakerFactory(name="别人"))
    quote.speaker.name = "新人"
    quote.speaker.save()
    assert found("别人") == {other.slug}
