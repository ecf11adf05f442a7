"""Drafts, withdrawn and scheduled content leave no trace in public."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.factories import (
    AppearanceFactory,
    CoverageFactory,
    EventFactory,
    ParallelFactory,
    QuoteFactory,
    SectionFactory,
    SourceFactory,
    SpeakerFactory,
    TopicFactory,
)

SECRET = "绝密"  # in every text of what is hidden
HIDDEN = [
    {"status": "draft", "published_at": None},
    {"status": "draft"},
    {"status": "withdrawn"},
    {"published_at": datetime(2099, 1, 1, tzinfo=UTC)},
]


@pytest.fixture
def public(db):
    """A public quote with all that a page could show of it."""
    section = SectionFactory(
        coverage__event__slug="shown", coverage__source__slug="shown-source", slug="shown-section"
    )
    speaker = SpeakerFactory(slug="shown-speaker", name="唐杰")
    topic = TopicFactory(slug="shown-topic", name="算力")
    return QuoteFactory(
        slug="shown-02",
        section=section,
        speaker=speaker,
        topics=[topic],
        position=2,
        body="公开的话。",
    )


@pytest.fixture(params=HIDDEN, ids=["draft", "draft again", "withdrawn", "scheduled"])
def hidden(request, public):
    """Hidden neighbours, parallels and fellows of the public quote; an event hidden as a whole."""
    topic = TopicFactory(name=f"{SECRET}主题", slug="secret-topic")
    speaker = SpeakerFactory(name=f"{SECRET}嘉宾", slug="secret-speaker")
    section = public.section
    said = {
        "body": f"{SECRET}的话。",
        "title": f"{SECRET}标题",
        "featured": True,
        "highlight": SECRET,
    }
    for number, position in (("01", 1), ("03", 3)):
        quote = QuoteFactory(
            slug=f"secret-{number}",
            section=section,
            speaker=public.speaker,
            position=position,
            topics=[topic, *(tag.tag for tag in public.tagged_quotes.all())],
            **said | request.param,
        )
        ParallelFactory(first=public, second=quote)
    unseen = SectionFactory(title=f"{SECRET}章节", slug="secret-section", coverage=section.coverage)
    QuoteFactory(slug="secret-04", section=unseen, speaker=public.speaker, **said | request.param)
    event = EventFactory(name=f"{SECRET}峰会", slug="secret-event", **request.param)
    source = SourceFactory(title=f"{SECRET}来源", slug="secret-source")
    coverage = CoverageFactory(event=event, source=source)
    AppearanceFactory(event=event, speaker=speaker, title=f"{SECRET}头衔")
    AppearanceFactory(event=event, speaker=public.speaker, title=f"{SECRET}头衔")
    QuoteFactory(
        slug="secret-05",
        section=SectionFactory(title=f"{SECRET}章节", coverage=coverage, kind="theme"),
        speaker=speaker,
        topics=[topic],
        **said,
    )


PUBLIC_PATHS = [
    "/",
    "/events/",
    "/events/shown/",
    "/speakers/",
    "/speakers/shown-speaker/",
    "/topics/",
    "/topics/shown-topic/",
    "/quotes/",
    "/quotes/?q=话",
    "/quotes/?event=shown&year=2026&speaker=shown-speaker&topic=shown-topic&source=shown-source",
    "/quotes/?sort=reading",
    "/quotes/shown-02/",
    "/about/",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/sitemap-events.xml",
    "/sitemap-speakers.xml",
    "/sitemap-topics.xml",
    "/sitemap-quotes.xml",
]


@pytest.mark.parametrize("path", PUBLIC_PATHS)
def test_no_page_shows_a_trace_of_what_is_hidden(client, hidden, path):
    response = client.get(path)
    assert response.status_code == 200
    page = response.content.decode()
    assert SECRET not in page
    assert "secret-" not in page


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("event_detail", "secret-event"),
        ("speaker_detail", "secret-speaker"),
        ("topic_detail", "secret-topic"),
        ("quote_detail", "secret-01"),
        ("quote_detail", "secret-05"),
    ],
)
def test_a_hidden_address_answers_like_one_that_never_existed(client, hidden, name, slug):
    found = client.get(reverse(name, args=[slug]))
    never = client.get(reverse(name, args=["x" * len(slug)]))
    assert found.status_code == never.status_code == 404
    assert found.content == never.content


@pytest.mark.parametrize(
    ("parameter", "slug"),
    [
        ("event", "secret-event"),
        ("speaker", "secret-speaker"),
        ("topic", "secret-topic"),
        ("source", "secret-source"),
    ],
)
def test_a_filter_by_what_is_hidden_answers_like_one_by_nothing(client, hidden, parameter, slug):
    never = "x" * len(slug)
    found = client.get("/quotes/", {parameter: slug}).content.decode()
    assert found == client.get("/quotes/", {parameter: never}).content.decode().replace(never, slug)
    assert f"这里没有“{slug}”。" in found


def test_counts_are_of_public_quotes_only(client, hidden):
    assert '<data id="result-count" value="1">' in client.get("/quotes/").content.decode()
    for path in ("/", "/events/", "/speakers/", "/events/shown/", "/speakers/shown-speaker/"):
        assert "1 段发言" in client.get(path).content.decode()


def test_a_public_quote_has_no_hidden_neighbour_or_other_report(client, hidden):
    page = client.get("/quotes/shown-02/")
    assert (page.context["before"], page.context["after"]) == (None, None)
    assert "只有这一处报道了这番话" in page.content.decode()
