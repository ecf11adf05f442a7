"""Rebuilding the index beside saves, with real threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal
from time import sleep

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from quotes.history.recording import one_save
from quotes.models import Appearance, Event, Quote, Speaker, Topic
from quotes.search import entries
from quotes.search.checks import missing_and_stray
from quotes.search.models import SearchEntry
from tests.conftest import lock_wait
from tests.factories import QuoteFactory, TopicFactory

SAVERS, SAVES = 3, 20


@pytest.fixture(autouse=True)
def patience(shared_database):
    """On a busy machine nobody gives up: what is asked is whether all succeed."""
    with lock_wait(60):
        yield


def in_thread(work, *args):
    """What `work` gives; then the thread's connection is closed."""
    try:
        return work(*args)
    finally:
        connection.close()


def save(number, n):
    """One of the ways to save, of rows that other threads save, too, in another order."""
    own = Quote.objects.get(slug=f"q-{number}")
    ways = [
        lambda: Quote.objects.filter(pk=own.pk).update(title=f"标题{n}"),
        lambda: own.topics.set([f"主题{n % 4}"]),
        save_all,
        lambda: Event.objects.update(name=f"峰会{number} {n}"),
        lambda: QuoteFactory(section=own.section, speaker=own.speaker).delete(),
    ]
    ways[n % len(ways)]()


def save_all():
    with transaction.atomic():
        for quote in Quote.objects.order_by("?"):
            quote.save(update_fields=["body"])  # what was read before the lock is old by now


def save_often(number):
    for n in range(SAVES):
        if n % 2:
            with one_save():
                save(number, n)
                save((number + 1) % SAVERS, n)
        else:
            save(number, n)


def rebuild_until(done):
    count = 0
    while not done.is_set():
        for _count in entries.rebuild():
            pass
        count += 1
    return count


def test_saves_and_rebuilds_beside_each_other_all_succeed(shared_database, monkeypatch):
    monkeypatch.setattr(entries, "CHUNK", 2)
    for n in range(4):
        TopicFactory(name=f"主题{n}")
    for n in range(SAVERS):
        QuoteFactory(slug=f"q-{n}")
    done = Signal()
    with ThreadPoolExecutor(SAVERS + 2) as threads:
        rebuilding = [threads.submit(in_thread, rebuild_until, done) for _ in range(2)]
        saving = [threads.submit(in_thread, save_often, n) for n in range(SAVERS)]
        try:
            for run in saving:
                run.result(timeout=120)
        finally:
            done.set()
        assert all(run.result(timeout=60) for run in rebuilding)
    assert missing_and_stray() == (0, 0)
    found = list(SearchEntry.objects.order_by("pk").values())
    sum(entries.index_quotes(Quote.objects.values_list("pk", flat=True)))
    assert list(SearchEntry.objects.order_by("pk").values()) == found
    assert {quote.title for quote in Quote.objects.all()} == {f"标题{SAVES - 5}"}
    assert Appearance.objects.count() == Speaker.objects.count() == SAVERS
    assert Topic.objects.count() == 4


def test_a_save_gets_its_turn_in_the_middle_of_a_rebuild(shared_database, monkeypatch):
    """Also on SQLite, where whoever waits for the lock only looks for it now and then."""
    quotes = [QuoteFactory() for _ in range(8)]
    monkeypatch.setattr(entries, "CHUNK", 1)
    is_begun = Signal()
    made = entries._entry

    def slowly(quote):
        is_begun.set()
        sleep(0.2)
        return made(quote)

    monkeypatch.setattr(entries, "_entry", slowly)
    with ThreadPoolExecutor(1) as threads:
        rebuilding = threads.submit(in_thread, lambda: sum(entries.rebuild()))
        assert is_begun.wait(30)
        Speaker.objects.filter(pk=quotes[0].speaker_id).update(biography="新")
        assert not rebuilding.done()
        assert rebuilding.result(timeout=60) == len(quotes)


def test_nothing_is_written_before_the_lock_is_held():
    """Or who holds the lock and wants that row would wait in a circle with who wrote it."""
    if connection.vendor == "sqlite":
        return  # its transactions take the lock as they begin
    topic, gone = TopicFactory(slug="topic", aliases="别名"), TopicFactory(aliases="别的")
    QuoteFactory(topics=[topic, gone])
    topic.slug = "another"
    ways = [topic.save, gone.delete, QuoteFactory]
    ways += [lambda: Topic.objects.update(aliases=""), Topic.objects.all().delete]
    for way in ways:
        with CaptureQueriesContext(connection) as queries:
            way()
        statements = [query["sql"] for query in queries]
        writing = [sql.split()[0] in ("INSERT", "UPDATE", "DELETE") for sql in statements]
        locking = [sql.endswith("FOR UPDATE") for sql in statements]
        assert locking.index(True) < writing.index(True), statements
