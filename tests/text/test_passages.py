"""The passage around the first match."""

import re

import pytest

from quotes.text.markup import EXCERPT_LENGTH
from quotes.text.passages import cut_out, marked, opening, passage, passage_about
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


def shown_text(found):
    return re.sub(r"<[^>]+>", "", found.html)


def test_of_a_long_text_the_sentences_around_the_one_most_about_a_topic_are_shown():
    found = passage_about(LONG, "算力", "卡从哪里来")
    assert "中间说到算力不够。" in shown_text(found)
    assert len(shown_text(found).removeprefix("……")) <= EXCERPT_LENGTH
    assert found.rest == len(LONG) - len(shown_text(found).removeprefix("……"))


def test_a_name_of_the_topic_counts_before_its_description():
    described = "他说卡从哪里来，够不够用，又花在哪里。"
    named = "算力是另一回事。"
    text = named + "闲话一句。" * 40 + described
    assert named in shown_text(passage_about(text, "算力", "卡从哪里来，够不够用，花在哪里"))
    assert described in shown_text(passage_about(text, "开源", "卡从哪里来，够不够用，花在哪里"))


def test_of_sentences_equally_about_a_topic_the_last_counts_and_of_none_the_first():
    first, last = "开头说算力很贵。", "最后说算力便宜。"
    text = first + "闲话一句。" * 40 + last
    assert last in shown_text(passage_about(text, "算力", ""))
    assert shown_text(passage_about(text, "开源", "")).startswith(first)


def test_pieces_are_compared_in_any_script_and_case():
    text = "闲话一句。" * 40 + "這是 SCALING 的事。" + "闲话一句。" * 40
    assert "這是 SCALING 的事。" in shown_text(passage_about(text, "Scaling", ""))


def test_a_short_text_about_a_topic_is_whole():
    found = passage_about("（1）一句话。\n另一句。", "算力", "")
    assert found.html == '<p class="point">（1）一句话。</p><p>另一句。</p>'
    assert found.rest == 0


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("开头。", "<p>开头。</p>"),
        ("中间，", "<p>……中间，……</p>"),
        ("末尾。", "<p>……末尾。</p>"),
        ("新的一段", "<p>新的一段</p>"),
    ],
)
def test_what_is_cut_out_shows_where_it_was_cut(words, html):
    found = cut_out("开头。中间，末尾。\n新的一段", words)
    assert found.html == html
    assert found.rest == 13 - len(words)


@pytest.mark.parametrize("words", ["没有", "末尾。\n新"])
def test_nothing_is_cut_out_that_is_not_in_one_paragraph(words):
    assert cut_out("末尾。\n新的一段", words) is None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("我觉得概率还挺高的，我挺乐观的。", "我觉得概率还挺高的"),
        ("第一，智能体有没有用；第二，", "第一，智能体有没有用"),
        ("短。", "短"),
        ("没有标点" * 20, "没有标点" * 10),
        ("", ""),
    ],
)
def test_the_opening_is_whole_clauses(text, start):
    assert opening(text) == start
