"""The front page of a site with many speakers and picks, and what its cards lead to."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from lxml import html

from quotes.models import Quote
from tests.factories import AppearanceFactory, EventFactory, QuoteFactory, SectionFactory


@pytest.fixture
def front(client):
    def front(path="/"):
        return html.fromstring(client.get(path).content.decode())

    return front


def slugs(page, where="picks"):
    return page.xpath(f"//*[@class='{where}']//article/@id")


def words(element):
    return " ".join(element.text_content().split())


def test_twelve_speakers_stand_there_by_their_quotes_and_all_are_a_step_away(front, db):
    event = EventFactory(slug="big", start_date=date(2027, 1, 1))
    section = SectionFactory(coverage__event=event)
    for n in range(13):
        AppearanceFactory(event=event, speaker__name=f"无言{n}", position=n + 1)
    for n in (1, 3, 2):
        quote = QuoteFactory(section=section, speaker__name=f"说了{n}段")
        QuoteFactory.create_batch(n - 1, section=section, speaker=quote.speaker)
    (people,) = front().xpath("//*[@id='who']/following-sibling::ul")
    names = [words(a) for a in people.xpath(".//a[@class='ledger-name']")]
    assert len(names) == 12
    assert names[:3] == ["说了3段", "说了2段", "说了1段"]
    assert [words(a) for a in people.xpath("li[last()]/a[@href='/events/big/#people']")] == [
        "全部 16 位"
    ]
    event_page = front("/events/big/")
    shown = event_page.xpath("//*[@id='people']/ul/li")
    folded = event_page.xpath("//*[@id='people']/details/ul/li")
    assert (len(shown), len(folded)) == (12, 4)
    assert words(event_page.xpath("//*[@id='people']/details/summary")[0]) == "另外 4 位"


def test_of_few_speakers_none_are_folded(front, agi_next):
    assert not front().xpath("//a[contains(@href, '#people')]")
    assert not front("/events/agi-next-2026/").xpath("//details")


def test_the_shipped_picks_are_those_with_known_sources_first(front, agi_next):
    page = front()
    assert [slug[-2:] for slug in slugs(page)] == ["04", "09", "10", "15", "27"]
    nine, ten = (page.get_element_by_id(f"agi-next-2026-{n}") for n in ("09", "10"))
    said = "……我们到底能不能引领新的范式，这可能是今天中国唯一要解决的问题……"
    assert words(nine.xpath(".//blockquote")[0]) == said
    assert "20%已经非常乐观了" in words(ten.xpath(".//blockquote")[0])
    assert "展开其余 864 字" in words(ten)


def test_every_speakers_first_pick_comes_before_anybodys_second(front, db):
    section = SectionFactory(coverage__source__title="知名来源")
    picks = QuoteFactory.create_batch(2, section=section, featured=True)
    again = QuoteFactory(section=section, speaker=picks[0].speaker, featured=True, position=1)
    unknown = QuoteFactory(section__coverage__source__title="", featured=True)
    Quote.objects.filter(pk=picks[0].pk).update(position=2)
    Quote.objects.filter(pk=picks[1].pk).update(position=3)
    order = [again.slug, picks[1].slug, picks[0].slug, unknown.slug]
    assert slugs(front()) == order


def test_what_heads_the_page_is_a_field_of_its_own(front, db):
    section = SectionFactory()
    large = {"section": section, "featured": True, "body": "大字。小字。", "highlight": "大字。"}
    QuoteFactory(**large)
    assert not front().xpath("//*[@class='hero']")
    QuoteFactory(**large, speaker__name="头条嘉宾", hero=True)
    (hero,) = front().xpath("//*[@class='hero']")
    assert "头条嘉宾" in words(hero)


def test_what_heads_the_page_is_picked_and_has_words(db):
    quote = QuoteFactory(body="大字。")
    for change in ({"featured": True}, {"highlight": "大字。"}, {}):
        quote.featured, quote.highlight, quote.hero = False, "", True
        for name, value in change.items():
            setattr(quote, name, value)
        with pytest.raises(ValidationError, match="首页头条必须"):
            quote.full_clean()
    quote.featured, quote.highlight = True, "大字。"
    quote.full_clean()


@pytest.mark.parametrize("path", ["/", "/quotes/", "/topics/china-leads/", "/speakers/tang-jie/"])
def test_every_card_leads_to_its_page_by_its_words_and_by_its_source(front, agi_next, path):
    cards = front(path).xpath("//article[contains(@class, 'quote-')][@id]")
    assert cards
    for card in cards:
        address = f"/quotes/{card.get('id')}/"
        (around,) = card.xpath(".//blockquote/..")
        assert around.tag == "a"
        assert around.get("href").partition("#")[0] == address
        last = card.xpath(".//ul[@class='evidence']/li[last()]/a")[0]
        assert (last.get("href"), words(last)) == (address, "出处与引用")
        assert "未注明" not in re.sub("措辞未注明", "", words(card))


def test_where_words_are_whole_the_number_leads_to_their_page(front, agi_next):
    page = front("/events/agi-next-2026/")
    for slug, number in (("agi-next-2026-09", "9"), ("agi-next-2026-31", "31")):
        card = page.get_element_by_id(slug)
        (link,) = card.xpath(".//a[contains(@class, 'quote-number')]")
        assert (link.get("href"), words(link)) == (f"/quotes/{slug}/", number)
        assert words(card.xpath(".//ul[@class='evidence']/li[last()]/a")[0]) == "出处与引用"


def test_words_with_links_of_their_own_are_no_link(front, db):
    QuoteFactory(slug="q-1", body="看[这里](https://example.org/)。")
    card = front("/quotes/").get_element_by_id("q-1")
    assert card.xpath(".//blockquote//a/@href") == ["https://example.org/"]
    assert card.xpath("blockquote")


def test_the_first_screen_says_what_this_is(front, agi_next):
    assert "每一句都附出处" in words(front().xpath("//main/p[@class='tagline']")[0])
