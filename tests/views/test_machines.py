"""What search engines are told: titles, descriptions, and which pages to keep."""

import pytest
from lxml import html

from quotes.models import Appearance, Quote, Topic
from tests.factories import QuoteFactory, SectionFactory, SpeakerFactory

PUBLIC = "https://quotes.example.org"


@pytest.fixture
def head(client, settings):
    settings.PUBLIC_URL = PUBLIC

    def head(path):
        page = html.fromstring(client.get(path).content.decode())
        return {
            "title": page.findtext(".//title"),
            "description": page.xpath("string(//meta[@name='description']/@content)"),
            "robots": page.xpath("//meta[@name='robots']/@content"),
            "canonical": page.xpath("//link[@rel='canonical']/@href"),
        }

    return head


@pytest.mark.parametrize("prefix", ["/", "/zh-hant/", "/en/"])
def test_a_page_that_the_sitemap_names_has_its_own_address(head, agi_next, prefix):
    for path in ("", "quotes/", "quotes/?page=2", "topics/compute/", "quotes/agi-next-2026-09/"):
        found = head(prefix + path)
        assert found["canonical"] == [PUBLIC + prefix + path]
        assert found["robots"] == []


@pytest.mark.parametrize(
    "path",
    [
        "quotes/?q=芯片",
        "quotes/?speaker=tang-jie",
        "quotes/?speaker=lin-junyang&page=1",
        "quotes/?sort=reading&page=2",
        "quotes/?more=topic",
        "quotes/?speaker=nobody",
        "quotes/?page=99",
        "events/agi-next-2026/agi-next-2026-excerpts/roundtable/",
        "?utm_source=letter",
        "about/?from=letter",
        "speakers/?page=1&from=letter",
        "speakers/tang-jie/?from=letter",
        "topics/compute/?page=1",
        "quotes/agi-next-2026-09/?from=letter",
    ],
)
def test_a_page_that_it_does_not_name_is_followed_but_not_kept(head, client, agi_next, path):
    for prefix in ("/", "/en/"):
        response = client.get(prefix + path)
        found = head(response.headers.get("Location", prefix + path))
        assert found["robots"] == ["noindex, follow"]
        assert found["canonical"] == []


def test_the_page_of_a_section_that_the_event_does_not_show_in_full_is_kept(head, db):
    section = SectionFactory()
    QuoteFactory.create_batch(61, section=section)
    assert head(section.get_page_url())["canonical"] == [PUBLIC + section.get_page_url()]
    further = section.get_page_url() + "?page=2"
    assert head(further)["canonical"] == [PUBLIC + further]


def test_a_topic_is_described_in_sentences_with_a_space_between_them_in_english(head, agi_next):
    Topic.objects.filter(slug="compute").update(description="Chips and what they cost.")
    described = head("/en/topics/compute/")["description"]
    assert described.endswith("side by side. Chips and what they cost.")


def test_a_speaker_s_title_without_an_english_form_is_left_out_of_english_descriptions(
    head, agi_next
):
    Appearance.objects.update(english_title="")
    described = head("/en/speakers/yao-shunyu/")["description"]
    assert described.startswith("What Yao Shunyu said at summits, last at AGI-Next")
    assert described.isascii()


def test_further_pages_of_lists_keep_their_own_address(head, db):
    SpeakerFactory.create_batch(2)
    section = SectionFactory()
    for _ in range(51):
        QuoteFactory(section=section)
    assert head("/speakers/?page=2")["canonical"] == [f"{PUBLIC}/speakers/?page=2"]


def test_no_two_quotes_have_the_same_title(head, agi_next):
    quote = Quote.objects.get(slug="agi-next-2026-09")
    QuoteFactory(section=quote.section, speaker=quote.speaker, body=quote.body)
    titles = [head(quote.get_absolute_url())["title"] for quote in Quote.objects.order_by("slug")]
    assert len(set(titles)) == len(titles) == 45
    assert titles[8].startswith("姚顺雨：“我觉得概率还挺高的…”")


def test_a_filtered_list_is_named_by_its_filters(head, agi_next):
    title = head("/quotes/?q=芯片&speaker=lin-junyang&topic=compute")["title"]
    assert title == "“芯片” · 林俊旸 · 算力 · 发言 – 峰会语录"
    assert head("/en/quotes/?topic=compute")["title"] == "Compute · Quotes – Summit Quotes"
    assert head("/")["title"] == "峰会语录：AI 峰会上说过的话，每一句都附出处"


def test_descriptions_are_whole_sentences_that_name_speaker_and_event(head, agi_next):
    said = head("/quotes/agi-next-2026-09/")["description"]
    assert said.startswith("姚顺雨在AGI-Next 前沿峰会上说：我觉得概率还挺高的，我挺乐观的。")
    assert said.endswith("。")
    for path in ("quotes/agi-next-2026-09/", "quotes/agi-next-2026-32/", "events/agi-next-2026/"):
        assert "\n" not in head(f"/{path}")["description"]
    assert "唐杰（清华大学教授，智谱创始人）" in head("/speakers/tang-jie/")["description"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "events/agi-next-2026/",
        "events/agi-next-2026/agi-next-2026-report/compute/",
        "speakers/yao-shunyu/",
        "topics/compute/",
        "quotes/",
        "quotes/agi-next-2026-09/",
    ],
)
def test_english_pages_are_described_in_english(head, agi_next, path):
    described = head(f"/en/{path}")["description"]
    assert described
    assert described.isascii()
