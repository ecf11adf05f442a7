"""Every page takes as many queries with many rows as with few."""

import re
from datetime import UTC, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes.search import memory
from quotes.search.index import index_at_the_end
from tests.factories import EventFactory, QuoteFactory

LISTS = 14  # queries at most
DETAILS = 8
EVERY_FILTER = (
    "/quotes/?q=话&event=the-event&year=2026&speaker=the-speaker&role=speaker&topic=the-topic"
    "&source=the-source&kind=speech&wording=not-stated&sort=reading"
)


PAGES = {
    "/": LISTS,
    "/events/": LISTS,
    "/events/the-event/": DETAILS,
    "/speakers/": LISTS,
    "/speakers/the-speaker/": DETAILS,
    "/topics/": LISTS,
    "/topics/the-topic/": DETAILS,
    "/quotes/": LISTS,
    EVERY_FILTER: LISTS,
    "/quotes/the-quote/": DETAILS,
    "/about/": 0,
    "/sitemap.xml": LISTS,
    "/sitemap-quotes.xml": LISTS,
}


def queries_of(client, path):
    memory._remembered.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_every_page_takes_a_fixed_number_of_queries_with_nothing_remembered(client, grow):
    counts = {path: [] for path in PAGES}
    for more in (1, 2, 27):  # 1, 3 and 30 of everything
        with index_at_the_end():
            grow(more)
        for path, found in counts.items():
            found.append(queries_of(client, path))
    assert {path: found for path, found in counts.items() if len(set(found)) > 1} == {}
    assert {path: found for path, found in counts.items() if found[0] > PAGES[path]} == {}


def refuse_writes(execute, sql, params, many, context):
    found = re.search(r"\b(?:INSERT|UPDATE|DELETE|SAVEPOINT|BEGIN)\b", sql)
    assert not found, f"A reader's GET runs: {sql}"
    return execute(sql, params, many, context)


def test_no_public_page_writes_when_something_scheduled_falls_due(client, grow, monkeypatch):
    grow(1)
    due = datetime(2098, 1, 1, tzinfo=UTC)
    event = EventFactory(published_at=due)
    quote = QuoteFactory(section__coverage__event=event, published_at=due)
    others = ["/quotes.csv", "/suggestions/?q=a", "/sitemap-events.xml", "/zh-hant/", "/en/quotes/"]
    pages = [*PAGES, *others]
    assert client.get(event.get_absolute_url()).status_code == 404
    for page in pages:
        client.get(page)
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2099, 1, 1, tzinfo=UTC))
    with connection.execute_wrapper(refuse_writes):
        for page in [*pages, event.get_absolute_url(), quote.get_absolute_url()]:
            answer = client.get(page)
            assert answer.status_code == 200
            _ = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert event.name in client.get("/events/").content.decode()
