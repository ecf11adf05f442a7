"""Every page takes as many queries with many rows as with few."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes.search import memory
from quotes.search.index import index_at_the_end

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
