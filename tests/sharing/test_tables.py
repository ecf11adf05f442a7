"""Quotes as a table that spreadsheets open."""

import csv
import re
from datetime import UTC, datetime
from io import StringIO
from urllib.parse import unquote

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

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


def slugs(rows):
    return [row[0].rsplit("/", 2)[1] for row in rows[1:]]


def on_pages(client, query):
    """The slugs of all pages of a search, one after the other."""
    found, number = [], 1
    while True:
        page = client.get(
            "/quotes/", QueryDict(f"{query}&page={number}").dict(), follow=True
        ).context["page"]
        found += [quote.slug for quote in page]
        if not page.has_next():
            return found
        number += 1


@pytest.fixture
def many(db, monkeypatch):
    """Quotes found by words in title and body, more than are put in order by best match."""
    monkeypatch.setattr("quotes.filters.results.PAGE_SIZE", 4)
    monkeypatch.setattr("quotes.filters.results.BEST_OF", 8)
    section = QuoteFactory(body="不相干。").section
    for n in range(20):
        title = "算力" if n % 3 == 0 else ""
        body = "算力和模型。" if n % 2 else "模型，以及算力。"
        at = datetime(2026, 1, 17 + n % 5, tzinfo=UTC)
        QuoteFactory(title=title, body=body, published_at=at, section=section, slug=f"q{n:02}")


def test_its_order_is_that_of_the_pages_to_the_last_row(client, many):
    for query in (
        "q=算力",
        "q=算力和模型",
        "q=模型 算力",
        "q=算力&sort=newest",
        "sort=reading",
        "",
    ):
        rows = slugs(table(client, f"/quotes.csv?{query}"))
        assert rows == on_pages(client, query), query
        assert len(rows) >= 10


def test_of_more_than_it_holds_it_has_the_first_and_says_so(client, many, monkeypatch):
    everything = on_pages(client, "q=算力")
    monkeypatch.setattr("quotes.filters.counts.LIMIT", 9)
    monkeypatch.setattr("quotes.filters.counts.MOST_ROWS", 9)
    monkeypatch.setattr("quotes.filters.results.MOST_ROWS", 9)
    monkeypatch.setattr("quotes.sharing.tables.MOST_ROWS", 9)
    assert slugs(table(client, "/quotes.csv?q=算力")) == everything[:9]
    for prefix, said in (("", "前 9 段"), ("/zh-hant", "前 9 段"), ("/en", "first 9")):
        name = unquote(client.get(f"{prefix}/quotes.csv?q=算力").headers["Content-Disposition"])
        assert said in name
        assert name.rstrip('"').endswith(".csv")
        link = re.search(r"<a[^>]* download>([^<]*)<", client.get(f"{prefix}/quotes/?q=算力").text)
        assert said in link[1]


def test_what_fits_is_called_as_ever(client, many):
    response = client.get("/quotes.csv?q=算力")
    assert response.headers["Content-Disposition"] == 'attachment; filename="quotes.csv"'
    assert "前" not in re.search(r"download>([^<]*)<", client.get("/quotes/?q=算力").text)[1]


def test_it_takes_as_many_queries_whatever_is_in_a_chunk(client, many, monkeypatch):
    table(client)  # what is remembered is asked for once
    asked = {}
    for chunk in (7, 21):
        monkeypatch.setattr("quotes.sharing.tables.CHUNK", chunk)
        with CaptureQueriesContext(connection) as queries:
            rows = table(client)
        assert len(rows) == 22
        asked[chunk] = len(queries)
    of_a_chunk = (asked[7] - asked[21]) / 2
    assert of_a_chunk == 3


def test_a_search_without_a_word_has_no_rows(client, db):
    QuoteFactory()
    assert len(table(client, "/quotes.csv?q=\u200b\u200b")) == 1
