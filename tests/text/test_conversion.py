"""What of finished HTML is converted, and what never."""

import re
from html import escape
from html.parser import HTMLParser

import pytest

from quotes.text.conversion import convert_page, keep
from quotes.text.script import traditional

HOSTILE = "</title><meta http-equiv=refresh content='0;url=https://evil.example/'>\"'&<!--"


class Reader(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))

    def handle_data(self, data):
        self.text += data


def converted(page, terms=None):
    return convert_page(page, traditional(terms or {}))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>头<em>发</em></p>", "<p>頭<em>發</em></p>"),
        ("<title>发展</title>", "<title>發展</title>"),
        ('<img alt="发展">', '<img alt="發展">'),
        ("<img alt='发展'>", "<img alt='發展'>"),
        (
            '<meta name="description" content="a > b 发展">',
            '<meta name="description" content="a &gt; b 發展">',
        ),
        ('<input placeholder="发展" value="发展">', '<input placeholder="發展" value="发展">'),
        (
            '<a href="/发展" data-url="发展" class="发展">x</a>',
            '<a href="/发展" data-url="发展" class="发展">x</a>',
        ),
        ('<a href="/a/#:~:text=发展">x</a>', '<a href="/a/#:~:text=發展">x</a>'),
        ('<a href="https://a/#:~:text=发展">x</a>', '<a href="https://a/#:~:text=发展">x</a>'),
        (
            "<script>'发展'</script><style>发展</style>",
            "<script>'发展'</script><style>发展</style>",
        ),
        ("<!-- 发展 > --> 发展", "<!-- 发展 > --> 發展"),
        (
            "<p class=\"x alt='发展'\" id=发展>",
            "<p class=\"x alt='发展'\" id=发展>",
        ),
        ("1 < 2 发展", "1 < 2 發展"),
    ],
)
def test_text_is_converted_and_of_attributes_those_that_are_shown(page, expected):
    assert converted(page) == expected


def test_what_is_kept_comes_out_untouched_and_without_its_marks():
    page = "<p>发" + keep('<b title="发">发</b>') + "发</p>"
    assert converted(page) == '<p>發<b title="发">发</b>發</p>'


def test_nobody_can_keep_the_rest_of_a_page_by_private_characters():
    page = "<p>\ue000发</p><p>发\ue001</p>"
    assert converted(page) == "<p>\ue000發</p><p>發\ue001</p>"
    assert re.fullmatch("\ue000[0-9a-f]{16}\ue001x.*", keep("x"), re.DOTALL)


@pytest.mark.parametrize("name", ["峰会", "main", "A&B", '"', "title"])
def test_what_a_term_becomes_is_text_wherever_it_stands(name):
    shown = escape(f"看{name}吧")
    page = (
        f'<!doctype html><title>{shown}</title><meta name="description" content="{shown}">'
        f'<main id="main" class="title"><a href="/main/#:~:text=峰会" title="{shown}">{shown}</a>'
    )
    before, after = Reader(page), Reader(converted(page, {name: HOSTILE}))
    assert [(tag, [key for key, _ in attrs]) for tag, attrs in after.tags] == [
        (tag, [key for key, _ in attrs]) for tag, attrs in before.tags
    ]
    assert after.tags[2] == before.tags[2]  # the id and class of <main>
    assert after.text.count(HOSTILE) == 2
    assert dict(after.tags[1][1])["content"] == f"看{HOSTILE}吧"
    assert dict(after.tags[3][1])["title"] == f"看{HOSTILE}吧"


def test_a_term_with_the_character_between_texts_changes_no_other_text():
    page = "<p>峰会</p><p>发展</p><p>发</p>"
    assert converted(page, {"峰会": "a\x1eb"}) == "<p>a\x1eb</p><p>發展</p><p>發</p>"
