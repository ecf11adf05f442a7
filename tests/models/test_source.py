"""What a source is called, known by its title or not."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.utils import translation

from quotes.models import Source
from tests.factories import QuoteFactory, SourceFactory


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ({"title": "一个标题", "author": "某人"}, "一个标题"),
        ({}, "一篇未署名报道"),
        ({"kind": "video"}, "一段未署名视频"),
        ({"date_published": date(2026, 1, 12)}, "一篇未署名报道（2026年1月12日）"),
        ({"author": "某人"}, "某人的报道"),
        (
            {"author": "某人", "publisher": "某报", "date_published": date(2026, 1, 12)},
            "某人的报道（某报、2026年1月12日）",
        ),
    ],
)
def test_it_is_called_by_what_is_known(known, name):
    source = Source(**{"kind": "report"} | known)
    assert str(source) == name
    assert source.short_name == ("报道" if source.title else name)


def test_it_has_an_english_name_too():
    with translation.override("en"):
        source = Source(kind="report", date_published=date(2026, 1, 12))
        assert str(source) == "an unsigned report (Jan. 12, 2026)"
        assert str(Source(kind="excerpt", author="Li")) == "excerpt by Li"


def test_it_is_called_the_same_everywhere(client, admin_client, db):
    source = SourceFactory(title="", slug="nameless", date_published=date(2026, 1, 12))
    quote = QuoteFactory(section__coverage__source=source)
    name = "一篇未署名报道（2026年1月12日）"
    table = b"".join(client.get("/quotes.csv").streaming_content).decode("utf-8-sig")
    assert name in next(csv.DictReader(StringIO(table))).values()
    listed = client.get("/quotes/?source=nameless").content.decode()
    assert listed.count(name) >= 4  # title, chip, filter, card
    assert client.get(quote.get_absolute_url()).content.decode().count(name) >= 2
    assert f"据{name}。" in client.get(quote.get_absolute_url()).content.decode()
    assert name in admin_client.get("/admin/quotes/source/").content.decode()


def test_what_is_not_known_is_said_once_however_many_reports(client, agi_next):
    page = client.get("/quotes/agi-next-2026-09/").content.decode()
    assert page.count("网址不详") == 1
    assert page.partition('id="parallels"')[2].count("一篇未署名报道") == 3
