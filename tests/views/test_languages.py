"""The same pages in three languages, each at its own address."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from lxml import html

from quotes.text.script import has_han, to_traditional
from tests.factories import ProtectedTermFactory, QuoteFactory, SpeakerFactory

PATHS = [
    "",
    "events/",
    "events/agi-next-2026/",
    "events/agi-next-2026/agi-next-2026-excerpts/roundtable/",
    "speakers/",
    "speakers/tang-jie/",
    "topics/",
    "topics/china-leads/",
    "quotes/",
    "quotes/?speaker=tang-jie&topic=china-leads",
    "quotes/?speaker=nobody",
    "quotes/?q=没人说过",
    "quotes/agi-next-2026-09/",
    "about/",
    "nothing/",
]
PREFIXES = {"zh-hans": "/", "zh-hant": "/zh-hant/", "en": "/en/"}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("prefix", "tag"), [("/", "zh-Hans"), ("/zh-hant/", "zh-Hant"), ("/en/", "en")]
)
def test_the_address_alone_decides_the_language(client, agi_next, prefix, tag, path):
    response = client.get(prefix + path, headers={"accept-language": "fr", "cookie": "x=y"})
    assert f'<html lang="{tag}">' in response.content.decode()
    assert response.headers["Content-Language"].lower() == tag.lower()
    vary = response.headers.get("Vary", "").lower()
    assert "cookie" not in vary
    assert "language" not in vary
    assert not response.cookies
    assert int(response.headers["Content-Length"]) == len(response.content)


NAMED = [
    path for path in PATHS if "?" not in path and "roundtable" not in path and path != "nothing/"
]


@pytest.mark.parametrize("path", [*NAMED, "quotes/?page=2"])
def test_a_page_names_its_other_languages(client, agi_next, settings, path):
    settings.PUBLIC_URL = "https://quotes.example.org"
    found = {
        prefix: html.fromstring(client.get(prefix + path).content.decode())
        for prefix in PREFIXES.values()
    }
    alternates = [
        {link.get("hreflang"): link.get("href") for link in page.xpath("//link[@rel='alternate']")}
        for page in found.values()
    ]
    assert alternates[0] == alternates[1] == alternates[2]
    assert {"zh-Hans", "zh-Hant", "en"} <= set(alternates[0])
    canonicals = [page.xpath("string(//link[@rel='canonical']/@href)") for page in found.values()]
    tags = ("zh-Hans", "zh-Hant", "en")
    assert canonicals == [alternates[0][tag] for tag in tags]
    assert all(address.startswith("https://quotes.example.org/") for address in canonicals)


def test_the_switch_keeps_the_page_and_its_filters(client, agi_next):
    page = html.fromstring(client.get("/quotes/?speaker=tang-jie&sort=reading&page=2").content)
    hrefs = page.xpath("//nav[@id='languages']/a/@href")
    assert hrefs == [
        f"{prefix}quotes/?speaker=tang-jie&sort=reading&page=2" for prefix in PREFIXES.values()
    ]


@pytest.mark.parametrize("path", PATHS)
def test_chinese_on_english_pages_is_marked_as_chinese(client, agi_next, path):
    page = html.fromstring(client.get(f"/en/{path}").content.decode())
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag == "title":
            continue
        texts = [(element, element.text)]
        if element.getparent() is not None:
            texts.append((element.getparent(), element.tail))
        for holder, text in texts:
            if text and has_han(text):
                lang = next(
                    e.get("lang") for e in [holder, *holder.iterancestors()] if e.get("lang")
                )
                assert lang.startswith("zh"), (holder.tag, text)


def test_english_pages_call_speakers_by_their_latin_names(client, agi_next):
    page = client.get("/en/quotes/agi-next-2026-09/").content.decode()
    assert "Yao Shunyu" in page
    assert "光刻机" in page


def test_traditional_pages_convert_script_and_nothing_else(client, db):
    QuoteFactory(slug="q-1", body="“我们的信息和软件。”", language="zh-Hans-CN")
    page = client.get("/zh-hant/quotes/q-1/").content.decode()
    assert "“我們的信息和軟件。”" in page
    assert "資訊" not in page
    words = html.fromstring(page).xpath("//article//blockquote")[0]
    assert words.get("lang") == "zh-Hant"


def test_words_of_another_language_or_script_stay_as_they_are(client, db):
    QuoteFactory(slug="q-1", body="皇后在后里", language="zh-Hant-TW")
    assert "皇后在后里" in client.get("/zh-hant/quotes/q-1/").content.decode()


def test_a_converted_page_says_so_and_leads_to_the_original(client, agi_next):
    page = html.fromstring(client.get("/zh-hant/quotes/?speaker=tang-jie").content.decode())
    note = page.xpath("//p[contains(@class, 'script-note')]")[0]
    assert "由簡體轉換" in note.text_content()
    assert note.xpath("a/@href") == ["/quotes/?speaker=tang-jie"]
    assert "script-note" not in client.get("/quotes/").content.decode()


def test_names_are_never_converted_by_guess(client, db):
    named = SpeakerFactory(name="张杰", traditional_name="張杰")
    unnamed = SpeakerFactory(name="范后")
    ProtectedTermFactory(term="面壁里", traditional="")
    QuoteFactory(speaker=named, body="面壁里的云")
    QuoteFactory(speaker=unnamed)
    page = client.get("/zh-hant/quotes/").content.decode()
    assert "張杰" in page
    assert "張傑" not in page
    assert "范后" in page
    assert "面壁里的雲" in page


def test_nobodys_name_is_changed_by_that_of_a_namesake(client, db):
    QuoteFactory(speaker=SpeakerFactory(name="张杰", traditional_name="張杰"))
    QuoteFactory(speaker=SpeakerFactory(name="张杰", traditional_name="別人"))
    assert "別人" not in client.get("/zh-hant/speakers/").content.decode()


def test_what_a_form_sends_and_addresses_are_never_converted(client, db):
    QuoteFactory(
        body="头发", title="标题", section__coverage__event__website="https://a.example/头发"
    )
    page = html.fromstring(client.get("/zh-hant/quotes/?q=头发").content.decode())
    assert page.xpath("//input[@id='q']/@value") == ["头发"]
    fragments = page.xpath("//a[contains(@href, '#:~:text=')]/@href")
    assert {address.partition("#")[2] for address in fragments} == {":~:text=頭髮"}
    event = html.fromstring(client.get("/zh-hant/events/").content.decode())
    (address,) = event.xpath("//a[contains(@class, 'ledger-name')]/@href")
    assert client.get(address).content.decode().count("https://a.example/头发") == 1


def test_the_name_of_whom_readers_do_not_see_changes_nothing_that_they_do(client, db):
    quote = QuoteFactory(body="人工智能的发展很快。")
    before = client.get(f"/zh-hant/quotes/{quote.slug}/").content
    SpeakerFactory(name="发展", traditional_name="秘密")
    QuoteFactory(section=quote.section, speaker__name="人工", status="draft", published_at=None)
    assert client.get(f"/zh-hant/quotes/{quote.slug}/").content == before


def test_the_first_summit_has_the_terms_protected_that_a_conversion_gets_wrong(client, agi_next):
    page = client.get("/zh-hant/events/agi-next-2026/").content.decode()
    assert "更複雜的推理能力" in page
    assert "復雜" not in page
    assert "麵向" not in page


def test_errors_speak_the_language_of_their_address(client, db):
    assert "There is nothing at this address" in client.get("/en/nothing/").content.decode()
    assert "這個網址沒有對應的頁面" in client.get("/zh-hant/nothing/").content.decode()
    assert "There is nothing called" in client.get("/en/quotes/?speaker=nobody").content.decode()


@pytest.mark.parametrize(("n", "said"), [(1, "1 quote<"), (2, "2 quotes<")])
def test_english_counts_have_their_plurals(client, db, n, said):
    first = QuoteFactory()
    for _ in range(n - 1):
        QuoteFactory(section=first.section)
    assert said in client.get(f"/en/events/{first.event.slug}/").content.decode()


def test_dates_are_written_as_each_language_writes_them(client, agi_next):
    shown = {
        code: client.get(f"{prefix}quotes/agi-next-2026-09/").content.decode()
        for code, prefix in PREFIXES.items()
    }
    assert "2026年1月10日" in shown["zh-hans"]
    assert "2026年1月10日" in shown["zh-hant"]
    assert re.search(r"Jan(uary|\.)? 10, 2026|10 Jan(uary)? 2026", shown["en"])


def test_the_traditional_catalogue_is_written_in_traditional_characters():
    catalogue = Path(settings.BASE_DIR, "locale/zh_Hant/LC_MESSAGES/django.po").read_text()
    entries = re.findall(r'^msgstr(?:\[0\])? ((?:".*"\n)+)', catalogue, re.MULTILINE)
    texts = ["".join(re.findall(r'"(.*)"\n', entry)) for entry in entries[1:]]
    assert len(texts) > 200
    assert [text for text in texts if to_traditional(text, {}) != text] == []
    with translation.override("zh-hant"):
        assert translation.gettext("published") == "已發布"
