"""English forms of topics, events, cities and titles, and words that are not English."""

import pytest
from lxml import html

from quotes.models import Event, Topic
from tests.factories import AppearanceFactory, QuoteFactory, TopicFactory


@pytest.fixture
def quote(db):
    topic = TopicFactory(name="算力", english_name="Compute", slug="t")
    quote = QuoteFactory(
        slug="q-1",
        topics=[topic],
        section__coverage__event__name="某峰会",
        section__coverage__event__english_name="Some Summit",
        section__coverage__event__city="北京",
        section__coverage__event__english_city="Peking Town",
        section__coverage__source__language="zh-Hans-CN",
    )
    quote.event.appearances.update(title="教授", english_title="Professor of Sums")
    return quote


PAGES = ["", "events/", "quotes/", "quotes/q-1/", "topics/t/", "speakers/", "quotes.csv"]


def body(response):
    return b"".join(response).decode()


@pytest.mark.parametrize("path", PAGES)
def test_english_pages_show_the_english_forms_and_the_others_the_chinese(client, quote, path):
    english, chinese = body(client.get(f"/en/{path}")), body(client.get(f"/{path}"))
    assert ("Compute" in english) + ("Some Summit" in english) + ("Professor" in english) >= 1
    for form in ("Compute", "Some Summit", "Peking Town", "Professor"):
        assert form not in chinese
    for form in ("算力", "某峰会", "北京", "教授"):
        assert form not in english


def test_the_citation_and_speakers_in_english_have_them_too(client, quote):
    page = body(client.get("/en/quotes/q-1/"))
    assert "Some Summit, Jan. 10, 2026, Peking Town" in page
    assert "Professor of Sums (at the time)" in page
    speakers = body(client.get("/speakers/"))  # what is remembered in one language …
    assert "教授" in speakers
    assert "Professor of Sums" in body(client.get("/en/speakers/"))  # … is not said in another


@pytest.mark.parametrize("words", ["compute", "some summit", "peking", "professor of", "北京"])
def test_they_are_found_by_search(client, quote, words):
    for prefix in ("/", "/en/"):
        assert 'value="1"' in body(client.get(f"{prefix}quotes/?q={words}"))


def test_they_are_suggested(client, quote):
    assert "/en/topics/t/" in body(client.get("/en/suggestions/?q=comp"))
    assert f"/events/{quote.event.slug}/" in body(client.get("/suggestions/?q=some s"))


def test_they_need_not_be_unique_and_may_be_empty(db):
    TopicFactory.create_batch(2, english_name="Same")
    Topic.objects.create(name="无", slug="none").full_clean()
    event = Event(name="某会")
    assert str(event) == "某会"


def test_an_english_page_says_that_words_are_not_english(client, quote):
    QuoteFactory(slug="q-2", language="en", body="In English.")
    page = html.fromstring(body(client.get("/en/quotes/")))
    notes = {
        card.get("id"): "in Chinese" in card.text_content() for card in page.xpath("//article[@id]")
    }
    assert notes == {"q-1": True, "q-2": False}
    assert "These words are in Chinese" in body(client.get("/en/quotes/q-1/"))
    assert "in Chinese" not in body(client.get("/en/quotes/q-2/"))


def test_the_history_and_the_desk_have_the_english_forms(admin_client, quote):
    (topic,) = Topic.objects.all()
    topic.english_name = "Computing"
    topic.save()
    history = admin_client.get(f"/admin/quotes/topic/{topic.pk}/history/").content.decode()
    assert "Computing" in history
    event = admin_client.get(f"/admin/quotes/event/{quote.event.pk}/change/").content.decode()
    for field in ("english_name", "english_city", "appearances-0-english_title"):
        assert f'name="{field}"' in event


def test_titles_of_appearances_are_shown_in_english(client, quote):
    AppearanceFactory(event=quote.event, title="作家", english_title="Author of Books")
    assert "Author of Books" in body(client.get(f"/en/events/{quote.event.slug}/"))
