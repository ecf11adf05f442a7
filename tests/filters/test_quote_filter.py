"""What /quotes/ finds, counts and links to."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from quotes.filters import Results
from quotes.filters.parameters import MOST_NAMES
from quotes.filters.quotes import LONGEST_QUERY
from quotes.filters.results import PAGE_SIZE
from quotes.models import Quote, Topic
from quotes.search.models import SearchEntry
from tests.factories import (
    CoverageFactory,
    EventFactory,
    QuoteFactory,
    SectionFactory,
    SourceFactory,
    SpeakerFactory,
    TopicFactory,
)


@pytest.fixture
def corpus(db):
    """Six quotes at two events, of two speakers, on two topics."""
    tang, yao = SpeakerFactory(slug="tang", name="唐杰"), SpeakerFactory(slug="yao", name="姚顺雨")
    power, open_source = (
        TopicFactory(slug="power", name="算力"),
        TopicFactory(slug="open", name="开源"),
    )
    for slug, year, kind in [("old", 2025, "speech"), ("new", 2026, "roundtable")]:
        event = EventFactory(slug=slug, name=f"{slug}峰会", start_date=date(year, 1, 1))
        source = SourceFactory(slug=f"{slug}-report", title="", kind="report")
        section = SectionFactory(coverage=CoverageFactory(event=event, source=source), kind=kind)
        rows = [
            (tang, [power], "算力不够。"),
            (tang, [power, open_source], "开源的芯片。"),
            (yao, [], "What is AGI?"),
        ]
        for number, (speaker, topics, body) in enumerate(rows):
            QuoteFactory(
                section=section,
                slug=f"{slug}-{number}",
                speaker=speaker,
                topics=topics,
                body=body,
                wording="edited" if number else "verbatim",
            )


def ask(query):
    return Results(QueryDict(query))


def slugs(query):
    return {quote.slug for quote in ask(query).page}


def counts(query, facet):
    choices = next(row for row in ask(query).facets if row.name == facet).choices
    return {choice.label: choice.count for choice in choices}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"old-0", "old-1", "old-2", "new-0", "new-1", "new-2"}),
        ("q=算力", {"old-0", "old-1", "new-0", "new-1"}),  # topics are searched too
        ("q=不够", {"old-0", "new-0"}),
        ("q=agi", {"old-2", "new-2"}),
        ("q=没人说过", set()),
        ("event=old", {"old-0", "old-1", "old-2"}),
        ("year=2026", {"new-0", "new-1", "new-2"}),
        ("speaker=yao", {"old-2", "new-2"}),
        ("topic=power", {"old-0", "old-1", "new-0", "new-1"}),
        ("topic=power&topic=open", {"old-1", "new-1"}),
        ("without=power", {"old-2", "new-2"}),
        ("topic=power&without=open", {"old-0", "new-0"}),
        ("role=speaker", {"old-0", "old-1", "old-2", "new-0", "new-1", "new-2"}),
        ("role=moderator", set()),
        ("source=new-report", {"new-0", "new-1", "new-2"}),
        ("kind=roundtable", {"new-0", "new-1", "new-2"}),
        ("wording=verbatim", {"old-0", "new-0"}),
        ("speaker=tang&event=old&topic=open&kind=speech&q=芯片", {"old-1"}),
        ("speaker=yao&topic=power", set()),
        ("event=&q=&topic=", {"old-0", "old-1", "old-2", "new-0", "new-1", "new-2"}),
        ("utm_source=x", {"old-0", "old-1", "old-2", "new-0", "new-1", "new-2"}),
    ],
)
def test_every_filter_narrows_and_all_hold(corpus, query, found):
    assert slugs(query) == found


@pytest.mark.parametrize(
    "query",
    [
        "event=gone",
        "year=1999",
        "year=x",
        "speaker=gone",
        "topic=gone",
        "topic=power&topic=gone",
        "source=gone",
        "kind=gone",
        "wording=gone",
        "role=gone",
        "without=gone",
        "more=gone",
        "counts=gone",
        "sort=gone",
        "page=0",
        "page=x",
        "page=99",
        f"q={'x' * (LONGEST_QUERY + 1)}",
    ],
)
def test_an_unknown_value_gives_an_error_beside_its_field_and_no_results(corpus, query):
    found = ask(query)
    assert list(found.page) == []
    assert found.page.paginator.count == 0
    (name,) = found.form.errors
    assert name == query.split("=")[0]
    assert len(found.errors_by_label) == 1


def test_the_way_on_from_an_error_keeps_the_rest(corpus):
    found = ask("speaker=tang&event=gone")
    assert found.url() == "/quotes/?speaker=tang"
    facet = next(row for row in found.facets if row.name == "event")
    assert facet.errors == ["这里没有“gone”。"]


@pytest.mark.parametrize("name", ["topic", "without"])
def test_more_topics_than_ten_are_refused_beside_their_field(corpus, name):
    topics = [TopicFactory(name=f"第{n}题", slug=f"t{n:02}") for n in range(11)]
    for topic in topics:
        QuoteFactory(topics=[topic])
    query = "&".join(f"{name}={topic.slug}" for topic in topics)
    with translation.override("zh-hans"):
        errors = ask(query).form.errors
    assert errors == {name: ["一次最多选择 10 个主题。"]}
    assert slugs(query) == set()
    ten = query.partition("&")[2]
    assert ask(ten).form.errors == {}
    assert bool(slugs(ten)) == (name == "without")


EMPTY = [
    "q=没人说过",
    "q=算力+agi",
    "q=“算力不够”+开源+agi",
    "q=没人说过+也没人说过+算力",
    "q=开源&topic=power&topic=open&speaker=yao",
    "q=算力&without=power",
    "without=power&without=open&speaker=tang",
    "q=不够+芯片&event=old&year=2026&kind=speech&wording=edited&role=speaker&source=new-report",
    "topic=open&wording=verbatim",
    "q=​",
]


def test_what_each_dropped_value_gives_where_nothing_is_found_is_what_its_link_gives(corpus):
    for query in EMPTY:
        found = ask(query)
        assert found.total.n == 0
        assert found.ways_out
        for label, url, total in found.ways_out:
            assert total.n == ask(url.partition("?")[2]).total.n, f"{query} without {label}"


def test_what_to_drop_takes_two_look_ups_however_much_is_asked(corpus):
    for query in EMPTY:
        found = ask(query)
        assert found.total.n == 0
        with CaptureQueriesContext(connection) as queries:
            assert found.ways_out
        asked = " ".join(q["sql"] for q in queries.captured_queries)
        assert asked.count("MATCH ") + asked.count("::tsquery") <= 2, query


@pytest.mark.parametrize(
    ("query", "facet", "expected"),
    [
        ("", "speaker", {"唐杰": 4, "姚顺雨": 2}),
        ("event=old", "speaker", {"唐杰": 2, "姚顺雨": 1}),
        ("speaker=yao", "speaker", {"唐杰": 4, "姚顺雨": 2}),
        ("", "topic", {"算力": 4, "开源": 2}),
        ("topic=open", "topic", {"算力": 2, "开源": 2}),
        ("speaker=yao&topic=open", "topic", {"开源": 0}),
        ("", "role", {"嘉宾": 6, "主持人": 0}),
        ("", "without", {"算力": 2, "开源": 4}),
        ("topic=open", "without", {}),
        ("without=open", "without", {"算力": 2, "开源": 0}),
        ("", "year", {"2026": 3, "2025": 3}),
        ("year=2025", "event", {"old峰会": 3}),
        ("event=new", "year", {"2026": 3}),
        ("", "source", {"一篇未署名报道": 3}),
        ("", "kind", {"演讲": 3, "圆桌": 3, "报道专题": 0}),
        ("wording=verbatim", "kind", {"演讲": 1, "圆桌": 1, "报道专题": 0}),
        ("kind=speech", "wording", {"措辞未注明": 0, "逐字": 1, "整理": 2, "翻译": 0, "转述": 0}),
        (
            "wording=edited",
            "wording",
            {"措辞未注明": 0, "逐字": 2, "整理": 4, "翻译": 0, "转述": 0},
        ),
    ],
)
def test_a_choice_is_counted_under_the_other_filters(corpus, query, facet, expected):
    assert counts(query, facet) == expected


@pytest.mark.parametrize(
    "query",
    ["", "q=的", "q=没有", "speaker=tang", "topic=open&topic=power", "q=的&year=2025&kind=speech"],
)
def test_an_estimate_by_a_sample_of_everything_is_the_count(corpus, query):
    QuoteFactory(status="draft", body="的")
    found = ask(query)
    assert found.estimate() == found.narrow().count()


def test_a_sample_is_of_rows_from_all_over(corpus, monkeypatch):
    for keys in (6, 3, 2):
        monkeypatch.setattr("quotes.search.models.SAMPLE", keys)
        assert len(SearchEntry.objects.sample()) == keys
    assert SearchEntry.objects.none().sample() == []


def test_the_counts_of_a_filter_that_stands_alone_are_known_however_many(corpus, monkeypatch):
    monkeypatch.setattr("quotes.filters.counts.LIMIT", 1)
    assert counts("speaker=yao", "speaker") == {"唐杰": 4, "姚顺雨": 2}


def test_what_readers_may_not_see_is_counted_in_no_choice(corpus):
    hidden = {"topics": [Topic.objects.get(slug="power")]}
    QuoteFactory(status="draft", **hidden)
    QuoteFactory(section__coverage__event__status="withdrawn", **hidden)
    QuoteFactory(published_at=datetime(2099, 1, 1, tzinfo=UTC), **hidden)
    assert counts("", "topic") == {"算力": 4, "开源": 2}
    assert counts("", "kind") == {"演讲": 3, "圆桌": 3, "报道专题": 0}


def test_choices_are_remembered_neither_from_an_error_nor_in_its_language(corpus):
    without, speakers = counts("", "without"), counts("", "speaker")
    SpeakerFactory()  # another version of the content: nothing is remembered
    with translation.override("en"):
        assert list(counts("event=gone", "without")) == []
        assert list(counts("", "wording"))[1] == "verbatim"
    assert (counts("", "without"), counts("", "speaker")) == (without, speakers)
    assert list(counts("", "wording"))[1] == "逐字"


@pytest.mark.parametrize(
    "query", ["", "q=的", "speaker=tang", "topic=power&event=new", "kind=speech&wording=edited"]
)
def test_every_count_is_what_its_link_gives(corpus, query):
    choices = [choice for facet in ask(query).facets for choice in facet.choices]
    assert len(choices) > 10
    for choice in choices:
        if not choice.selected:
            found = ask(choice.url.partition("?")[2])
            assert not found.form.errors
            assert found.page.paginator.count == choice.count, choice


def test_every_chosen_value_can_be_dropped_alone(corpus):
    found = ask("q=芯片&speaker=tang&topic=power&topic=open&sort=reading")
    q = "q=%E8%8A%AF%E7%89%87"
    assert {choice.label: choice.url for choice in found.chosen} == {
        "芯片": "/quotes/?speaker=tang&topic=open&topic=power&sort=reading",
        "唐杰": f"/quotes/?{q}&topic=open&topic=power&sort=reading",
        "算力": f"/quotes/?{q}&speaker=tang&topic=open&sort=reading",
        "开源": f"/quotes/?{q}&speaker=tang&topic=power&sort=reading",
    }


def test_paging_and_sorting_keep_the_filters(corpus):
    found = ask("speaker=tang&page=1")
    assert found.page_url == "/quotes/?speaker=tang&page="
    assert [sort.url for sort in found.sorts] == [
        "/quotes/?speaker=tang",
        "/quotes/?speaker=tang&sort=reading",
    ]
    assert ask("").page_url == "/quotes/?page="
    assert found.hidden_parameters == [("speaker", "tang")]


def test_the_reading_order_is_newest_event_first_then_as_it_is_read(corpus):
    Quote.objects.filter(slug="old-2").update(published_at="2026-05-01T00:00Z")
    reading = [quote.slug for quote in ask("sort=reading").page]
    assert reading == ["new-0", "new-1", "new-2", "old-0", "old-1", "old-2"]
    assert ask("").page[0].slug == "old-2"


def test_long_results_come_in_pages(corpus):
    QuoteFactory.create_batch(PAGE_SIZE, section=SectionFactory())
    assert len(ask("").page) == PAGE_SIZE
    second = ask("page=2")
    assert len(second.page) == 6
    assert second.canonical_url == "/quotes/?page=2"
    first = {quote.slug for quote in ask("").page}
    assert first.isdisjoint(quote.slug for quote in second.page)


def test_a_quote_with_many_topics_is_found_once(corpus):
    topics = TopicFactory.create_batch(3)
    QuoteFactory(topics=topics, slug="once")
    query = "&".join(f"topic={topic.slug}" for topic in topics)
    assert [quote.slug for quote in ask(query).page] == ["once"]


@pytest.mark.parametrize("name", ["topic", "without"])
def test_more_topics_than_can_be_chosen_at_once_are_an_error_beside_the_filter(client, db, name):
    topics = TopicFactory.create_batch(MOST_NAMES + 1)
    QuoteFactory(topics=topics)
    slugs = sorted(topic.slug for topic in topics)
    most = client.get("/quotes/", {name: slugs[:-1]}, follow=True).context["found"]
    assert not most.form.errors
    response = client.get("/quotes/", {name: slugs}, follow=True)
    assert response.status_code == 200
    found = response.context["found"]
    assert str(MOST_NAMES) in found.form.errors[name][0]
    assert found.total.n == 0
    assert found.form.errors[name][0] in response.text


def test_a_filter_with_one_value_is_shown_only_where_that_is_chosen(agi_next):
    def names(query):
        found = Results(QueryDict(query))
        return [
            [facet.name for facet in found.first_facets],
            [f.name for f in found.further_facets],
        ]

    assert names("") == [["speaker", "topic"], ["source", "kind", "wording", "without"]]
    assert "event" in names("event=agi-next-2026")[1]
    assert "year" in names("year=nonsense")[1]
    assert "source" not in names("kind=roundtable&speaker=tang-jie")[1]
