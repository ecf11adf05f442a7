"""Every page takes as many queries with many rows as with few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

LISTS = 14  # queries at most
DETAILS = 8
EVERY_FILTER = (
    "/quotes/?q=话&event=the-event&year=2026&speaker=the-speaker&topic=the-topic"
    "&source=the-source&kind=speech&wording=not-stated&sort=reading"
)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", LISTS),
        ("/events/", LISTS),
        ("/events/the-event/", DETAILS),
        ("/speakers/", LISTS),
        ("/speakers/the-speaker/", DETAILS),
        ("/topics/", LISTS),
        ("/topics/the-topic/", DETAILS),
        ("/quotes/", LISTS),
        (EVERY_FILTER, LISTS),
        ("/quotes/the-quote/", DETAILS),
        ("/about/", 0),
        ("/sitemap.xml", LISTS),
        ("/sitemap-quotes.xml", LISTS),
    ],
)
def test_a_page_takes_a_fixed_number_of_queries(client, grow, path, most):
    counts = []
    for more in (1, 2, 27):  # 1, 3 and 30 of everything
        grow(more)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= most, counts
