"""Quotes as a table that spreadsheets open."""

import csv
from io import StringIO

import pytest

from tests.factories import QuoteFactory, TopicFactory


def table(client, path="/quotes.csv"):
    response = client.get(path)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:])))


def test_it_holds_just_the_quotes_of_the_search_in_its_order(client, agi_next, settings):
    settings.PUBLIC_URL = "https://quotes.example.org"
    rows = table(client, "/quotes.csv?q=概率&sort=reading")
    assert rows[0][:4] == ["网址", "嘉宾", "当时头衔", "峰会"]
    page = client.get("/quotes/?q=概率&sort=reading").content.decode()
    assert f'value="{len(rows) - 1}"' in page
    places = [page.index(row[0].removeprefix("https://quotes.example.org")) for row in rows[1:]]
    assert places == sorted(places)
    assert {row[1] for row in rows[1:]} <= {"唐杰", "林俊旸", "姚顺雨"}


def test_words_and_topics_are_whole(client, db):
    topics = [TopicFactory(name="算力", slug="a"), TopicFactory(name="开源", slug="b")]
    QuoteFactory(body="第一段，\n\n“第二段”。", topics=topics)
    (row,) = table(client)[1:]
    assert "第一段，\n\n“第二段”。" in row
    assert "算力、开源" in row


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "＝"])
def test_no_cell_is_a_formula(client, db, first):
    QuoteFactory(title=f"{first}1+1")
    (row,) = table(client)[1:]
    assert f"'{first}1+1" in row


def test_nor_is_one_behind_what_a_spreadsheet_may_drop(client, db):
    starts = ["\n", "\r", "\n=", " =", "\u3000=", "\xa0+", "\ufeff=", "\u200b-", '"=', "“=", "'@"]
    starts += ["\x0b=", "﹦", "−", "\u2028＝"]
    titles = {f"{start}1+1" for start in starts}
    for title in titles:
        QuoteFactory(title=title)
    rows = table(client)[1:]
    assert {row[8] for row in rows} == {f"'{title}" for title in titles}


def test_what_is_no_formula_stays_as_it_is(client, db):
    titles = {"“1+1”等于几", " 一", "1-1", "《=》", "a=b"}
    for title in titles:
        QuoteFactory(title=title)
    assert {row[8] for row in table(client)[1:]} == titles


def test_headings_are_in_the_language_of_the_address(client, agi_next):
    rows = table(client, "/en/quotes.csv?speaker=tang-jie")
    assert rows[0][1] == "speaker"
    assert rows[1][1] == "Tang Jie"
    assert "/en/quotes/" in rows[1][0]


def test_many_quotes_are_all_there(client, db, monkeypatch):
    monkeypatch.setattr("quotes.sharing.tables.CHUNK", 2)
    first = QuoteFactory()
    QuoteFactory.create_batch(4, section=first.section)
    QuoteFactory(status="draft", section=first.section)
    assert len(table(client)) == 1 + 5


def test_a_search_that_is_wrong_leads_to_the_page_that_says_so(client, agi_next):
    response = client.get("/quotes.csv?speaker=nobody")
    assert response.headers["Location"] == "/quotes/?speaker=nobody"
