"""The passage around the first match."""

import time

import pytest

from quotes.text.markup import EXCERPT_LENGTH, plain_text
from quotes.text.passages import marked, passage
from quotes.text.queries import parse, places

LONG = "开头的一句话在这里。" * 20 + "中间说到算力不够。" + "后面还有很多话要说。" * 20


def test_a_short_text_is_shown_whole_with_every_match_marked():
    found = passage("机率高。\n我說概率！", parse("機率"))
    assert found.html == "<p><mark>机率</mark>高。</p><p>我說<mark>概率</mark>！</p>"
    assert (found.rest, found.found) == (0, "机率")


def test_a_long_text_is_shown_from_the_sentence_of_the_first_match_to_a_sentence_end():
    found = passage(LONG, parse("算力"))
    assert found.html.startswith("<p>……中间说到<mark>算力</mark>不够。后面")
    assert found.html.endswith("要说。</p>")
    shown = found.html.replace("……", "").replace("<mark>", "").replace("</mark>", "")[3:-4]
    assert shown in LONG
    assert len(shown) <= EXCERPT_LENGTH
    assert found.rest == len(LONG) - len(shown)


def test_a_passage_from_the_start_does_not_begin_in_mid_speech():
    assert passage(LONG, parse("开头")).html.startswith("<p><mark>开头</mark>的一句话")


def test_what_stands_elsewhere_has_no_passage():
    assert passage(LONG, parse("没人说过")) is None


@pytest.mark.parametrize("text", ["<b>算力</b> & 'x'", "a<b 算力"])
def test_only_the_marks_are_markup(text):
    html = marked(text, places(text, parse("算力")))
    assert html.count("<") == 2
    assert "<mark>算力</mark>" in html


def test_a_numbered_point_stays_one():
    text = "头一段。" * 60 + "\n（1）说到芯片。"
    assert passage(text, parse("芯片")).html == '<p class="point">（1）说到<mark>芯片</mark>。</p>'


def test_a_sentence_without_end_is_shown_in_part_on_both_sides():
    found = passage("头，" * 5000 + "说到算力，" + "尾，" * 5000, parse("算力"))
    assert found.html.startswith("<p>……")
    assert found.html.endswith("，……</p>")
    assert "<mark>算力</mark>" in found.html
    assert len(found.html) < 900


def test_a_match_is_not_cut_where_a_long_sentence_is():
    for before in range(380, 401):
        html = passage("长" * before + "算力平台" + "长" * 900, parse("算力平台")).html
        assert "<mark>算力平台</mark>" in html
        assert len(html) < 900


def test_white_space_without_end_takes_no_time():
    start = time.monotonic()
    assert plain_text(f"<p>a{' ' * 50_000}b</p>") == f"a{' ' * 50_000}b"
    assert time.monotonic() - start < 1
