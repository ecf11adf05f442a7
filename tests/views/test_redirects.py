"""An address with a former slug leads to the present one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes.models import Event
from tests.factories import CoverageFactory, QuoteFactory, SectionFactory, TopicFactory

PREFIXES = ["", "/zh-hant", "/en"]


@pytest.fixture
def quote(db):
    return QuoteFactory(
        slug="q-old",
        section__slug="part-old",
        section__coverage__event__slug="e-old",
        section__coverage__source__slug="s-old",
        speaker__slug="p-old",
        topics=[TopicFactory(slug="t-old"), TopicFactory(slug="a-topic")],
    )


@pytest.fixture
def renamed(quote):
    topic = quote.tagged_quotes.get(tag__slug="t-old").tag
    for row in (quote, quote.section, quote.event, quote.source, quote.speaker, topic):
        row.slug = row.slug.replace("-old", "-new")
        row.save()
    return quote


PAGES = [
    "/events/e-old/",
    "/speakers/p-old/",
    "/topics/t-old/",
    "/quotes/q-old/",
    "/events/e-old/s-old/part-old/",
]


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("path", PAGES)
def test_an_old_address_leads_to_the_new_one_for_good(client, renamed, prefix, path):
    response = client.get(f"{prefix}{path}?page=1&x=%E8%AF%9D")
    assert response.status_code == 301
    assert response["Location"] == prefix + path.replace("-old", "-new") + "?page=1&x=%E8%AF%9D"
    assert client.get(prefix + path)["Location"] == prefix + path.replace("-old", "-new")
    assert client.get(response["Location"]).status_code == 200
    assert not response.cookies


@pytest.mark.parametrize(
    "path",
    [
        "/events/e-new/s-old/part-old/",
        "/events/e-old/s-new/part-new/",
        "/events/e-new/s-new/part-old/",
    ],
)
def test_any_part_of_a_sections_address_may_be_old(client, renamed, path):
    assert client.get(path)["Location"] == "/events/e-new/s-new/part-new/"


def test_a_section_that_went_to_another_source_is_found_from_where_it_was(client, quote):
    section = quote.section
    section.coverage = CoverageFactory(event=quote.event, source__slug="s-other")
    section.save()
    response = client.get("/events/e-old/s-old/part-old/")
    assert response["Location"] == "/events/e-old/s-other/part-old/"


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("page", ["/quotes/", "/quotes.csv"])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("event=e-old", "event=e-new"),
        ("speaker=p-old", "speaker=p-new"),
        ("source=s-old", "source=s-new"),
        ("topic=t-old", "topic=t-new"),
        ("without=t-old", "without=t-new"),
        ("topic=a-topic&topic=t-old", "topic=a-topic&topic=t-new"),
        (
            "speaker=p-old&q=%E8%AF%9D&topic=t-old&event=e-old&topic=a-topic&source=s-new&page=1",
            "q=%E8%AF%9D&event=e-new&speaker=p-new&topic=a-topic&topic=t-new&source=s-new",
        ),
        ("topic=t-old&topic=t-new", "topic=t-new"),
    ],
)
def test_an_old_slug_in_a_filter_is_replaced_in_one_step(
    client, renamed, prefix, page, query, expected
):
    response = client.get(f"{prefix}{page}?{query}")
    assert (response.status_code, response["Location"]) == (301, f"{prefix}{page}?{expected}")
    assert client.get(response["Location"]).status_code == 200


def test_topics_are_sorted_by_their_new_slugs(client, quote):
    topic = quote.tagged_quotes.get(tag__slug="a-topic").tag
    topic.slug = "z-topic"
    topic.save()
    response = client.get("/quotes/?topic=a-topic&topic=t-old")
    assert response["Location"] == "/quotes/?topic=t-old&topic=z-topic"


def test_an_old_slug_beside_an_unknown_one_is_replaced_and_the_unknown_said(client, renamed):
    response = client.get("/quotes/?event=e-old&speaker=nobody", follow=True)
    assert response.redirect_chain == [("/quotes/?event=e-new&speaker=nobody", 301)]
    assert "这里没有“nobody”。" in response.content.decode()


@pytest.mark.parametrize("hide", [{"status": "draft"}, {"status": "withdrawn"}])
@pytest.mark.parametrize("path", PAGES)
def test_the_old_address_of_what_is_hidden_answers_like_one_that_never_existed(
    client, renamed, path, hide
):
    Event.objects.update(**hide)
    never = client.get(path.replace("old", "xxx"))
    assert never.status_code == 404
    for address in (path, path.replace("old", "new")):
        response = client.get(address)
        assert (response.status_code, response.content) == (404, never.content)
        assert response.headers.items() == never.headers.items()


@pytest.mark.parametrize("query", ["event=e-old", "speaker=p-old", "topic=t-old", "source=s-old"])
def test_an_old_slug_of_what_is_hidden_is_no_value_of_a_filter(client, renamed, query):
    Event.objects.update(status="draft")
    found = client.get(f"/quotes/?{query}")
    never = client.get(f"/quotes/?{query.replace('old', 'xxx')}")
    assert found.status_code == 200
    assert found.content.decode() == never.content.decode().replace("xxx", "old")


def test_a_deleted_page_is_not_found_by_any_slug(client, renamed):
    renamed.delete()
    assert {client.get(f"/quotes/q-{age}/").status_code for age in ("old", "new")} == {404}


def test_a_page_of_a_list_that_is_not_there_leads_nowhere(client, quote):
    assert client.get("/speakers/p-old/?page=99").status_code == 404
    assert client.get("/events/e-old/s-old/part-old/?page=99").status_code == 404


def test_odd_values_lead_nowhere(client, renamed):
    for value in ("\x00", "e-old\x00", "x" * 5000, "话"):
        assert client.get("/quotes/", {"event": value}).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/quotes/?event=e-old&topic=t-old", "/quotes.csv"])
def test_a_page_that_is_there_asks_nothing_of_former_slugs(client, quote, path):
    SectionFactory(coverage=quote.section.coverage)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    assert "quotes_formerslug" not in str(queries.captured_queries)
