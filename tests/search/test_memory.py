"""What is remembered until the content changes, or something becomes public."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event as Signal

import pytest
from django.db import connection
from django.test import Client

from quotes.history.recording import one_save
from quotes.models import Event, Quote, Speaker
from quotes.search import memory
from quotes.search.memory import Memory
from tests.factories import EventFactory, QuoteFactory

pytestmark = pytest.mark.django_db


def names():
    return Memory().remember(
        "names of events", lambda: sorted(e.name for e in Event.objects.published())
    )


def test_it_is_computed_once_for_the_same_content(django_assert_num_queries):
    EventFactory(name="一")
    assert names() == ["一"]
    with django_assert_num_queries(1):
        assert names() == ["一"]


def test_it_is_computed_anew_when_the_content_changes():
    EventFactory(name="一")
    assert names() == ["一"]
    EventFactory(name="二")
    assert names() == ["一", "二"]


def in_year(monkeypatch, year):
    time = datetime(year, 1, 1, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: time)


def test_it_is_computed_anew_whenever_something_scheduled_becomes_public(monkeypatch):
    """One after the other, without anything being written; an event also without quotes."""
    EventFactory(name="一")
    for name, year in (("二", 2097), ("三", 2098), ("四", 2099)):
        EventFactory(name=name, published_at=datetime(year, 1, 1, tzinfo=UTC))
    assert names() == ["一"]
    for year, public in ((2097, "一二"), (2098, "一三二"), (2099, "一三二四")):
        in_year(monkeypatch, year)
        assert names() == sorted(public)


def test_it_is_computed_anew_when_a_scheduled_quote_becomes_public(monkeypatch):
    QuoteFactory(published_at=datetime(2099, 1, 1, tzinfo=UTC))

    def count():
        return Memory().remember("quotes", lambda: str(Quote.objects.published().count()))

    assert count() == "0"
    in_year(monkeypatch, 2099)
    assert count() == "1"


def test_who_reads_an_older_state_keeps_it_and_hands_it_to_nobody():
    older = Memory()
    assert older.remember("it", lambda: "old") == "old"
    EventFactory()
    assert Memory().remember("it", lambda: "new") == "new"
    assert older.remember("it", lambda: "newer") == "old"
    assert older.remember("other", lambda: "old") == "old"
    assert Memory().remember("other", lambda: "new") == "new"
    assert len(memory._remembered) == 1


@pytest.mark.parametrize("page", ["/", "/quotes/", "/speakers/"])
def test_a_reader_waits_for_no_save_when_something_falls_due(shared_database, monkeypatch, page):
    """With another connection that has written and not yet committed."""
    due = datetime(2098, 1, 1, tzinfo=UTC)
    QuoteFactory(body="公开。")
    event = EventFactory(name="到期峰会", published_at=due)
    QuoteFactory(section__coverage__event=event, body="到期。", speaker__name="到期嘉宾")
    client, is_held, may_end = Client(), Signal(), Signal()
    assert "到期" not in client.get(page).content.decode()
    in_year(monkeypatch, 2099)

    def save():
        with one_save():
            Speaker.objects.update(biography="新")
            is_held.set()
            may_end.wait(60)
        connection.close()

    def read():
        answer = client.get(page)
        connection.close()
        return answer

    with ThreadPoolExecutor(2) as threads:
        saving = threads.submit(save)
        try:
            assert is_held.wait(30)
            answer = threads.submit(read).result(timeout=5)
        finally:
            may_end.set()
        saving.result()
    assert answer.status_code == 200
    assert "到期" in answer.content.decode()
