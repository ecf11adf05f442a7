"""The first summit's fixture is faithful to its articles, and loads as a fixture should."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Count

from quotes.models import Appearance, Event, Parallel, Quote, Section, Source, Speaker, Topic

EXPECTED = json.loads((Path(__file__).parent / "data/agi_next_2026.json").read_text("utf-8"))
SOURCES = list(EXPECTED)

OTHER_SUMMIT = """
- model: quotes.event
  fields: {name: 另一场, slug: other-2026, start_date: 2026-05-01, status: draft}
- model: quotes.speaker
  fields: {name: 唐杰, slug: tang-jie, latin_name: Tang Jie, sort_name: tang jie}
- model: quotes.source
  fields: {slug: other-report, kind: report}
- model: quotes.coverage
  fields: {event: [other-2026], source: [other-report], position: 1}
- model: quotes.section
  fields:
    coverage: [other-2026, other-report]
    slug: roundtable
    kind: theme
    title: 圆桌
    position: 1
- model: quotes.appearance
  fields: {event: [other-2026], speaker: [tang-jie], title: 院长, position: 1}
- model: quotes.quote
  fields:
    slug: other-2026-01
    section: [other-2026, other-report, roundtable]
    speaker: [tang-jie]
    position: 1
    body: 另一句话。
"""


def dump(format="yaml"):
    out = StringIO()
    options = {"natural_foreign": True, "natural_primary": True, "format": format, "stdout": out}
    call_command("dumpdata", "quotes", **options)
    return out.getvalue()


def as_data(quote):
    return {
        "section": quote.section.title,
        "number": quote.number,
        "title": quote.title,
        "speaker": quote.speaker.name,
        "body": quote.body,
    }


def text_of(html):
    return re.sub(r"<[^>]+>|\s", "", html).replace("&amp;", "&")


@pytest.mark.parametrize("source", SOURCES)
def test_every_quote_is_there_in_order_and_to_the_letter(agi_next, source):
    quotes = Quote.objects.filter(section__coverage__source__slug=source).in_reading_order()
    assert [as_data(quote) for quote in quotes] == EXPECTED[source]["quotes"]


@pytest.mark.parametrize("source", SOURCES)
def test_sections_are_the_articles_in_their_order(agi_next, source):
    sections = Section.objects.filter(coverage__source__slug=source).in_position()
    assert list(sections.values("number", "title")) == EXPECTED[source]["sections"]
    assert all(section.is_public() for section in sections)


def test_the_words_that_are_shown_are_the_words_that_were_printed(agi_next):
    for quote in Quote.objects.all():
        assert text_of(quote.body_html) == "".join(quote.body.split())


def test_the_roundtable_has_its_moderator_and_question(agi_next):
    section = Section.objects.get(kind="roundtable")
    assert section.moderator.name == "李广密"
    assert section.question == EXPECTED["agi-next-2026-excerpts"]["question"]


def test_the_numbers_of_quotes_are_right(agi_next):
    by_source = Source.objects.annotate(n=Count("coverages__sections__quotes"))
    assert [source.n for source in by_source.order_by("coverages__position")] == [11, 33, 0]
    said = Speaker.objects.annotate(n=Count("quotes")).values_list("name", "n")
    assert dict(said) == {"唐杰": 13, "杨植麟": 1, "林俊旸": 14, "姚顺雨": 16, "李广密": 0}
    assert Quote.objects.published().count() == 44


def test_titles_are_those_of_the_first_article(agi_next):
    titles = Appearance.objects.in_position().values_list("speaker__name", "role", "title")
    assert list(titles) == [
        ("唐杰", "speaker", "清华大学教授，智谱创始人"),
        ("杨植麟", "speaker", "月之暗面 Kimi 创始人"),
        ("林俊旸", "speaker", "阿里 Qwen 技术负责人"),
        ("姚顺雨", "speaker", "OpenAI 前核心研究者、腾讯 AI 新部门负责人"),
        ("李广密", "moderator", ""),
    ]


def test_what_is_not_known_of_a_source_is_not_guessed(agi_next):
    report = Source.objects.get(slug="agi-next-2026-report")
    assert (report.title, report.author, report.publisher, report.url) == ("", "", "", "")
    assert report.date_published is None
    wording = Quote.objects.filter(section__coverage__source=report).values_list("wording")
    assert set(wording) == {("not-stated",)}


def test_every_topic_is_described_and_on_a_quote(agi_next):
    topics = Topic.objects.annotate(n=Count("tagged_quotes"))
    assert 15 <= len(topics) <= 30
    assert all(topic.description.endswith("。") and topic.n >= 1 for topic in topics)


def test_every_quote_has_one_to_six_topics(agi_next):
    counts = Quote.objects.annotate(n=Count("tagged_quotes")).values_list("n", flat=True)
    assert set(counts) <= {1, 2, 3, 4, 5, 6}


def test_parallels_join_the_two_articles_and_one_speakers_words(agi_next):
    parallels = Parallel.objects.select_related("first__section__coverage", "second__section")
    assert len(parallels) == 17
    for parallel in parallels:
        assert parallel.first.speaker_id == parallel.second.speaker_id
        assert [parallel.first.source.slug, parallel.second.source.slug] == SOURCES


def test_picked_quotes_are_valid(agi_next):
    picked = Quote.objects.filter(featured=True)
    assert {quote.slug[-2:] for quote in picked} == {"04", "09", "10", "11", "15", "27"}
    assert [quote.slug for quote in picked.filter(hero=True)] == ["agi-next-2026-11"]
    assert sum(bool(quote.highlight) for quote in picked) == 3
    for quote in Quote.objects.all():
        quote.full_clean()


def test_topics_event_city_and_titles_have_an_english_form(agi_next):
    assert all(Topic.objects.values_list("english_name", flat=True))
    event = Event.objects.get()
    assert (event.english_name, event.english_city) == ("AGI-Next Frontier Summit", "Beijing")
    assert all(Appearance.objects.exclude(title="").values_list("english_title", flat=True))


def test_loading_twice_changes_nothing(agi_next):
    before = dump()
    call_command("loaddata", "agi_next_2026", verbosity=0)
    assert dump() == before


def test_another_summits_file_disturbs_nothing_and_is_not_disturbed(agi_next, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(OTHER_SUMMIT, "utf-8")
    ours = list(Quote.objects.of_event(Event.objects.get()).order_by("slug").values())
    call_command("loaddata", other, verbosity=0)
    call_command("loaddata", "agi_next_2026", verbosity=0)
    event = Event.objects.get(slug="agi-next-2026")
    assert list(Quote.objects.of_event(event).order_by("slug").values()) == ours
    assert Section.objects.filter(slug="roundtable").count() == 2
    tang_jie = Speaker.objects.get(slug="tang-jie")
    assert set(tang_jie.appearances.values_list("title", flat=True)) == {
        "清华大学教授，智谱创始人",
        "院长",
    }
    assert Quote.objects.get(slug="other-2026-01").body == "另一句话。"


@pytest.mark.parametrize("format", ["yaml", "json"])
def test_a_dump_loads_into_an_empty_database_and_dumps_the_same_again(agi_next, tmp_path, format):
    before = dump(format)
    for model in reversed(list(apps.get_app_config("quotes").get_models())):
        model.objects.all()._raw_delete(using="default")
    assert not Event.objects.exists()
    file = tmp_path / f"dump.{format}"
    file.write_text(before, "utf-8")
    call_command("loaddata", file, verbosity=0)
    assert dump(format) == before
