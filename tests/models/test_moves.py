from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from quotes.models import (
    Appearance,
    Coverage,
    Event,
    Parallel,
    Quote,
    Section,
    Source,
    Speaker,
    Status,
    TaggedQuote,
    Topic,
)
from quotes.models.moves import Move, OutdatedError, carry_out, changed_by, moves_from, refusal
from quotes.models.publication import Stage
from quotes.search.models import ContentState, SearchEntry
from tests.factories import (
    EventFactory,
    ParallelFactory,
    QuoteFactory,
    SpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

PAST = datetime(2026, 1, 17, tzinfo=UTC)
AHEAD = datetime(2099, 1, 1, tzinfo=UTC)
DRAFT = {"status": Status.DRAFT, "published_at": None}
SCHEDULED = {"published_at": AHEAD}
WITHDRAWN = {"status": Status.WITHDRAWN}
PUBLISH, SCHEDULE, WITHDRAW, REDRAFT = Move


def move(name, *rows, at=None):
    seen = {row.pk: row.standing for row in rows}
    return carry_out(name, type(rows[0]), seen, at)[0]


@pytest.mark.parametrize(
    ("values", "possible"),
    [
        (DRAFT, [PUBLISH, SCHEDULE]),
        (SCHEDULED, [PUBLISH, SCHEDULE, REDRAFT]),
        ({}, [WITHDRAW]),
        (WITHDRAWN, [PUBLISH, REDRAFT]),
        ({"status": Status.DRAFT}, [PUBLISH]),
    ],
    ids=["draft", "scheduled", "published", "withdrawn", "draft again"],
)
@pytest.mark.parametrize("factory", [EventFactory, QuoteFactory])
def test_what_can_be_done_depends_on_where_it_stands(factory, values, possible):
    row = factory(**values)
    assert moves_from(row) == possible
    assert [name for name in Move if not refusal(name, row)] == possible


def test_publishing_shows_a_draft_at_once():
    assert move(PUBLISH, QuoteFactory(**DRAFT)).is_public()


def test_a_scheduled_row_stays_hidden_until_its_time(monkeypatch):
    quote = move(SCHEDULE, QuoteFactory(**DRAFT), at=AHEAD)
    assert (quote.stage, quote.published_at, quote.is_public()) == (Stage.SCHEDULED, AHEAD, False)
    monkeypatch.setattr(timezone, "now", lambda: AHEAD)
    assert quote.is_public()


def test_what_is_scheduled_is_published_now_or_for_another_time_or_taken_back():
    assert move(PUBLISH, QuoteFactory(**SCHEDULED)).is_public()
    later = AHEAD + timedelta(days=1)
    assert move(SCHEDULE, QuoteFactory(**SCHEDULED), at=later).published_at == later
    again = move(REDRAFT, QuoteFactory(**SCHEDULED))
    assert (again.status, again.published_at) == (Status.DRAFT, None)


def test_what_was_public_keeps_its_time_and_its_slug_whatever_is_done():
    quote = QuoteFactory(published_at=PAST)
    for name in (WITHDRAW, REDRAFT, PUBLISH, WITHDRAW, PUBLISH):
        quote = move(name, quote)
        assert quote.published_at == PAST
        assert quote.was_public()
    assert quote.is_public()


def test_what_must_be_there_stops_it_with_the_reason_at_its_field():
    quote = QuoteFactory(body="\n", **DRAFT)
    assert list(refusal(PUBLISH, quote)) == list(refusal(SCHEDULE, quote)) == ["body"]
    with pytest.raises(OutdatedError):
        move(PUBLISH, quote)


@pytest.mark.parametrize(
    "change", [{"status": Status.WITHDRAWN}, {"published_at": AHEAD}, {"body": "\n", "length": 0}]
)
def test_nothing_is_moved_if_any_row_changed_meanwhile(change):
    first, second = QuoteFactory(**DRAFT), QuoteFactory(**DRAFT)
    Quote.objects.filter(pk=second.pk).update(**change)
    with pytest.raises(OutdatedError):
        move(PUBLISH, first, second)
    assert not Quote.objects.published().exists()


def test_nothing_is_moved_if_a_row_is_gone():
    first, second = QuoteFactory(**DRAFT), QuoteFactory(**DRAFT)
    seen = {row.pk: row.standing for row in (first, second)}
    second.delete()
    with pytest.raises(OutdatedError):
        carry_out(PUBLISH, Quote, seen)
    assert not Quote.objects.published().exists()


def test_the_index_follows():
    quote = QuoteFactory(**DRAFT)
    move(PUBLISH, quote)
    assert SearchEntry.objects.published().filter(quote=quote).exists()
    quote.refresh_from_db()
    move(WITHDRAW, quote)
    assert not SearchEntry.objects.published().exists()


def pages(name, row):
    changed = changed_by(name, type(row), [row.pk])
    found = {kind: set(rows.values_list("pk", flat=True)) for kind, rows in changed.items()}
    return {kind: keys for kind, keys in found.items() if keys}


def test_publishing_an_event_shows_its_published_quotes_and_all_that_hangs_on_them():
    event = EventFactory(**DRAFT)
    topic = TopicFactory()
    quote = QuoteFactory(section__coverage__event=event, topics=[topic])
    QuoteFactory(section=quote.section, topics=[TopicFactory()], **DRAFT)
    assert pages(PUBLISH, event) == {
        Event: {event.pk},
        Section: {quote.section_id},
        Quote: {quote.pk},
        Speaker: {quote.speaker_id},
        Topic: {topic.pk},
        Appearance: {quote.speaker.appearances.get().pk},
        TaggedQuote: {quote.tagged_quotes.get().pk},
        Coverage: {quote.section.coverage_id},
        Source: {quote.source.pk},
    }
    assert not any(model.objects.published().exists() for model in (Event, Quote, Speaker, Topic))


def test_withdrawing_hides_only_what_is_public_nowhere_else():
    elsewhere = QuoteFactory(topics=[TopicFactory()])
    only_here = TopicFactory()
    topics = [only_here, elsewhere.tagged_quotes.get().tag]
    quote = QuoteFactory(topics=topics, speaker=elsewhere.speaker)
    assert pages(WITHDRAW, quote.event) == {
        Event: {quote.event.pk},
        Section: {quote.section_id},
        Quote: {quote.pk},
        Topic: {only_here.pk},
        Appearance: {quote.event.appearances.get().pk},
        TaggedQuote: set(quote.tagged_quotes.values_list("pk", flat=True)),
        Coverage: {quote.section.coverage_id},
        Source: {quote.source.pk},
    }


def test_a_quote_of_a_hidden_event_shows_nothing():
    assert (
        pages(PUBLISH, QuoteFactory(section__coverage__event=EventFactory(**DRAFT), **DRAFT)) == {}
    )


def test_what_is_scheduled_says_what_will_appear_then():
    quote = QuoteFactory(**DRAFT)
    assert pages(SCHEDULE, quote)[Quote] == {quote.pk}


def test_looking_at_what_will_change_changes_nothing():
    quote = QuoteFactory(**DRAFT)
    before = (list(Quote.objects.values()), ContentState.objects.get().version)
    with CaptureQueriesContext(connection) as queries:
        pages(PUBLISH, quote)
        pages(WITHDRAW, quote)
    assert (list(Quote.objects.values()), ContentState.objects.get().version) == before
    assert all(query["sql"].startswith("SELECT") for query in queries)


def test_a_quote_of_a_scheduled_event_brings_what_appears_with_the_event():
    event = EventFactory(published_at=AHEAD)
    quote = QuoteFactory(section__coverage__event=event, topics=[TopicFactory()], **DRAFT)
    for name in (PUBLISH, SCHEDULE):
        assert pages(name, quote) == {
            Quote: {quote.pk},
            Section: {quote.section_id},
            Speaker: {quote.speaker_id},
            Topic: {quote.topics.get().pk},
            Appearance: {quote.speaker.appearances.get().pk},
            TaggedQuote: {quote.tagged_quotes.get().pk},
        }


def test_what_appears_by_itself_is_not_counted_among_what_a_move_brings():
    topic, quote = TopicFactory(), QuoteFactory(**DRAFT)
    QuoteFactory(section=quote.section, speaker=SpeakerFactory(), topics=[topic], **SCHEDULED)
    elsewhere = QuoteFactory(
        section__coverage__event=EventFactory(**DRAFT),
        topics=[topic],
        speaker=quote.speaker,
        **DRAFT,
    )
    assert pages(PUBLISH, elsewhere) == {}
    assert pages(PUBLISH, quote)[Speaker] == {quote.speaker_id}


def test_a_parallel_appears_with_the_later_of_its_quotes_and_goes_with_either():
    shown, draft = QuoteFactory(), QuoteFactory(**DRAFT)
    pair = ParallelFactory(first=shown, second=draft)
    ParallelFactory(first=QuoteFactory(), second=draft, state="proposed")
    for row in (draft, draft.event):
        if row is draft.event:
            move(PUBLISH, draft)
            move(WITHDRAW, draft.event)
            row = Event.objects.get(pk=draft.event.pk)
        assert pages(PUBLISH, row)[Parallel] == {pair.pk}
    move(PUBLISH, Event.objects.get(pk=draft.event.pk))
    assert pages(WITHDRAW, shown)[Parallel] == pages(WITHDRAW, draft)[Parallel] == {pair.pk}
