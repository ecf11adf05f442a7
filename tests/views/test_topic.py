"""A topic's page: which of a speaker's quotes stand there, and what of them."""

import pytest
from lxml import html

from tests.factories import (
    AppearanceFactory,
    EventFactory,
    ParallelFactory,
    QuoteFactory,
    SectionFactory,
    SpeakerFactory,
    TopicFactory,
)


@pytest.fixture
def columns(client):
    """A function that gives name -> (quotes, links to other reports) of a topic's page."""

    def columns(path):
        page = html.fromstring(client.get(path).content.decode())
        return {
            column.xpath("string(h3)"): (
                column.xpath("article/@id"),
                column.xpath("p[@class='note']/a/@href"),
            )
            for column in page.xpath("//section[@class='column']")
        }

    return columns


def test_the_best_evidence_leads_and_other_reports_stand_under_it(columns, agi_next):
    found = columns("/topics/china-leads/")
    assert found["林俊旸"] == (["agi-next-2026-10"], ["/quotes/agi-next-2026-40/"])
    assert found["姚顺雨"][0] == ["agi-next-2026-09"]
    assert len(found["姚顺雨"][1]) == 3


@pytest.mark.parametrize(
    ("one", "other", "leads"),
    [
        ({"wording": "verbatim"}, {"wording": "edited"}, 0),
        ({"wording": "paraphrased"}, {"wording": "translated"}, 1),
        ({"wording": "not-stated"}, {"wording": "paraphrased"}, 1),
        ({"title": ""}, {"title": "有标题"}, 1),
        ({"url": ""}, {"url": "https://example.org/"}, 1),
        ({"wording": "edited", "title": ""}, {"title": "有标题"}, 0),
        ({}, {}, 0),
    ],
)
def test_evidence_is_wording_first_and_then_a_known_source(columns, db, one, other, leads):
    topic, event, speaker = TopicFactory(slug="t"), EventFactory(), SpeakerFactory(name="某人")
    pair = []
    for number, fields in enumerate((one, other)):
        source = {f"section__coverage__source__{k}": v for k, v in fields.items() if k != "wording"}
        row = QuoteFactory(
            slug=f"q-{number}",
            section__coverage__event=event,
            section__coverage__position=number + 1,
            speaker=speaker,
            topics=[topic],
            wording=fields.get("wording", "not-stated"),
            **source,
        )
        pair.append(row)
    ParallelFactory(first=pair[0], second=pair[1])
    follows = f"/quotes/q-{1 - leads}/"
    assert columns("/topics/t/") == {"某人": ([f"q-{leads}"], [follows])}


def test_a_long_answer_shows_what_it_says_about_the_topic(client, db):
    topic = TopicFactory(slug="t", name="算力", aliases="", description="")
    body = "先说些别的。" * 30 + "最后说到算力，只有20%。"
    QuoteFactory(topics=[topic], body=body)
    assert "最后说到算力，只有20%。" in client.get("/topics/t/").content.decode()


def test_all_speakers_are_a_step_away_and_totals_count_quotes(client, db):
    topic, section = TopicFactory(slug="t"), SectionFactory()
    for _ in range(7):
        QuoteFactory.create_batch(1, section=section, topics=[topic])
    page = client.get("/topics/t/").content.decode()
    assert '<a href="/quotes/?topic=t&amp;more=speaker">全部 7 位</a>' in page
    assert '<td><a href="/quotes/?topic=t">7</a></td>' in page


def test_an_alias_is_introduced_as_one(client, db):
    QuoteFactory(topics=[TopicFactory(slug="t", aliases="甲、乙")])
    assert "又称甲、乙" in client.get("/topics/t/").content.decode()
    QuoteFactory(topics=[TopicFactory(slug="u")])
    assert "又称" not in client.get("/topics/u/").content.decode()


def test_appearances_beyond_five_are_folded(client, db):
    speaker = SpeakerFactory(slug="s")
    for year in range(2010, 2017):
        AppearanceFactory(speaker=speaker, event__start_date=f"{year}-05-01")
    page = html.fromstring(client.get("/speakers/s/").content.decode())
    assert len(page.xpath("//ul[@class='ledger']/li[contains(@class, 'event-row')]")) == 7
    folded = page.xpath("//details//li[contains(@class, 'event-row')]")
    assert len(folded) == 2
    assert "更早的 2 场峰会" in page.xpath("string(//details/summary)")


def test_a_quote_with_many_topics_is_on_the_page_of_each(client, db):
    topics = TopicFactory.create_batch(30)
    QuoteFactory(topics=topics)
    for topic in topics:
        page = html.fromstring(client.get(topic.get_absolute_url()).content.decode())
        (count,) = page.xpath("//p[contains(@class, 'count')]/b/text()")
        assert count == "1"
        assert page.xpath("//table//tbody/tr[.//span[@class='marked']]")
