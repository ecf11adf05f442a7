"""Drafts, withdrawn and scheduled content leave no trace in public."""

from datetime import UTC, datetime
from urllib.parse import quote_plus

import pytest
from django.urls import reverse

from quotes.models import Appearance, Event, Quote
from quotes.models.former_slug import FormerSlug
from quotes.sharing.sitemaps import SITEMAPS
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
TRACES = [SECRET, "絕密", "secret", "Secret"]  # also in Traditional characters, slugs, Latin names
PREFIXES = ["", "/zh-hant", "/en"]
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
    topic = TopicFactory(name=f"{SECRET}主题", english_name="Secret Topic", slug="secret-topic")
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
    event = EventFactory(
        name=f"{SECRET}峰会",
        english_name="Secret Summit",
        english_city="Secret City",
        slug="secret-event",
        **request.param,
    )
    source = SourceFactory(title=f"{SECRET}来源", slug="secret-source")
    coverage = CoverageFactory(event=event, source=source)
    AppearanceFactory(
        event=event, speaker=speaker, title=f"{SECRET}头衔", english_title="Secret Title"
    )
    AppearanceFactory(event=event, speaker=public.speaker, title=f"{SECRET}头衔")
    hidden_section = SectionFactory(
        title=f"{SECRET}章节", slug="secret-part", coverage=coverage, kind="theme"
    )
    hidden_quote = QuoteFactory(
        slug="secret-05", section=hidden_section, speaker=speaker, topics=[topic], **said
    )
    _hide_at_the_public_event(section.coverage, said | request.param)
    _leave_former_slugs(event, speaker, topic, source, quote, hidden_quote, unseen, hidden_section)
    _delete_something(section, said)


def _hide_at_the_public_event(coverage, draft):
    """A guest who is there by a draft alone, and a moderator by a section that is not shown."""
    guest = SpeakerFactory(name=f"{SECRET}来客", latin_name="Secret Guest", slug="secret-guest")
    moderator = SpeakerFactory(name=f"{SECRET}主持", latin_name="Secret Host", slug="secret-host")
    asked = SectionFactory(
        title=f"{SECRET}圆桌",
        slug="secret-roundtable",
        question=f"{SECRET}问题",
        coverage=coverage,
        moderator=moderator,
    )
    QuoteFactory(slug="secret-06", section=asked, speaker=guest, **draft)
    Appearance.objects.filter(speaker=guest).update(title=f"{SECRET}头衔")


def _leave_former_slugs(*rows):
    for row in rows:
        FormerSlug.objects.create(
            kind=row._meta.model_name,
            within=row.slug_place,
            slug=f"{row.slug}-was",
            target=row.pk,
        )


def _delete_something(section, said):
    """What was public with all that hangs on it, and is deleted."""
    topic = TopicFactory(name=f"{SECRET}旧主题", slug="secret-deleted")
    quote = QuoteFactory(slug="secret-07", section=section, topics=[topic], **said)
    speaker = quote.speaker
    for row in (quote, topic, Appearance.objects.get(speaker=speaker), speaker):
        row.delete()


PUBLIC_PATHS = [
    "/",
    "/events/",
    "/events/shown/",
    "/events/shown/shown-source/shown-section/",
    "/speakers/",
    "/speakers/shown-speaker/",
    "/topics/",
    "/topics/shown-topic/",
    "/quotes/",
    "/quotes/?q=话",
    "/quotes/?event=shown&year=2026&speaker=shown-speaker&topic=shown-topic&source=shown-source",
    "/quotes/?sort=reading",
    "/quotes/shown-02/",
    "/quotes/?counts=all",
    *(f"/quotes/?more={name}" for name in ("speaker", "topic", "event", "source", "without")),
    "/quotes.csv",
    "/quotes.csv?q=话&sort=reading",
    *(f"/suggestions/?q={typed}" for typed in ("绝", "jue", "secret", "s", "嘉宾", "公")),
    "/about/",
]
FILES = ["/sitemap.xml", "/robots.txt", *(f"/sitemap-{name}.xml" for name in SITEMAPS)]


def text_of(response):
    parts = response.streaming_content if response.streaming else [response.content]
    return b"".join(parts).decode()


def traces(response, status=200):
    assert response.status_code == status
    text = text_of(response) + str(response.headers)
    return [trace for trace in TRACES if trace in text]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_no_page_shows_a_trace_of_what_is_hidden(client, hidden, prefix):
    found = {path: traces(client.get(prefix + path)) for path in PUBLIC_PATHS}
    assert {path: marks for path, marks in found.items() if marks} == {}


def test_no_file_shows_a_trace_of_what_is_hidden(client, hidden):
    found = {path: traces(client.get(path)) for path in FILES}
    assert {path: marks for path, marks in found.items() if marks} == {}


def test_what_the_hunt_looks_for_is_there_to_be_found(client, hidden):
    past = datetime(2026, 1, 1, tzinfo=UTC)
    for model in (Event, Quote):
        model.objects.update(status="published", published_at=past)
    blank = {
        path
        for path in PUBLIC_PATHS
        if not any(trace in text_of(client.get(path)) for trace in TRACES)
    }
    assert blank <= {"/about/", "/suggestions/?q=公", "/suggestions/?q=s"}, blank


HIDDEN_PAGES = [
    ("event_detail", ["secret-event"]),
    ("speaker_detail", ["secret-speaker"]),
    ("speaker_detail", ["secret-guest"]),
    ("speaker_detail", ["secret-host"]),
    ("topic_detail", ["secret-topic"]),
    ("topic_detail", ["secret-deleted"]),
    ("quote_detail", ["secret-01"]),
    ("quote_detail", ["secret-05"]),
    ("quote_detail", ["secret-06"]),
    ("quote_detail", ["secret-07"]),
    ("section_detail", ["shown", "shown-source", "secret-section"]),
    ("section_detail", ["shown", "shown-source", "secret-roundtable"]),
    ("section_detail", ["secret-event", "secret-source", "secret-part"]),
    ("section_detail", ["shown", "secret-source", "shown-section"]),
    ("event_detail", ["secret-event-was"]),
    ("speaker_detail", ["secret-speaker-was"]),
    ("topic_detail", ["secret-topic-was"]),
    ("quote_detail", ["secret-03-was"]),
    ("quote_detail", ["secret-05-was"]),
    ("section_detail", ["shown", "shown-source", "secret-section-was"]),
    ("section_detail", ["secret-event-was", "secret-source-was", "secret-part-was"]),
]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_hidden_address_answers_like_one_that_never_existed(client, hidden, prefix):
    for name, slugs in HIDDEN_PAGES:
        path = prefix + reverse(name, args=slugs)
        found = client.get(path)
        never = client.get(path.replace("secret", "xxxxxx").replace("shown", "xxxxx"))
        assert (path, found.status_code, never.status_code) == (path, 404, 404)
        assert (path, found.content) == (path, never.content)
        assert [*found.headers.items()] == [*never.headers.items()]
        assert traces(found, 404) == []


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("words", [SECRET, f"{SECRET}来客", "secret host", "secret-05"])
def test_a_search_for_what_is_hidden_finds_as_much_as_one_for_nothing(
    client, hidden, prefix, words
):
    never = words.replace(SECRET, "龘龘").replace("secret", "xxxxxx")
    for page in ("/quotes/", "/quotes.csv", "/suggestions/"):
        found, other = (client.get(prefix + page, {"q": typed}) for typed in (words, never))
        expected = text_of(other).replace("xxxxxx", "secret").replace("龘龘", SECRET)
        assert text_of(found) == expected.replace(quote_plus("龘龘"), quote_plus(SECRET))


@pytest.mark.parametrize(
    ("parameter", "slug"),
    [
        ("event", "secret-event"),
        ("speaker", "secret-speaker"),
        ("topic", "secret-topic"),
        ("source", "secret-source"),
        ("speaker", "secret-guest"),
        ("speaker", "secret-host"),
        ("without", "secret-topic"),
        ("event", "secret-event-was"),
        ("speaker", "secret-speaker-was"),
        ("topic", "secret-topic-was"),
        ("source", "secret-source-was"),
        ("topic", "secret-deleted"),
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
    assert "只有这一个来源报道了这番话" in page.content.decode()
