import re
import time

import pytest

from quotes.text import markup
from quotes.text.markup import derive, plain_text


def excerpt(body):
    derived = derive(body)
    return derived.excerpt, derived.rest


def words(html):
    return re.sub(r"<[^>]+>|\s", "", html)


def test_paragraphs_lists_emphasis_and_links_are_rendered():
    html = derive("一*二***三**\n\n- 四\n- [五](https://example.org/)").html
    assert "<p>一<em>二</em><strong>三</strong></p>" in html
    assert "<li>四</li>" in html
    assert '<a href="https://example.org/"' in html


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        "[点我](javascript:alert(1))",
        "[点我](data:text/html,x)",
        "[点我](https://example.org/ \"' onclick='alert(1)\")",
    ],
)
def test_nothing_that_could_run_comes_out(body):
    html = derive(body).html
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html)
    assert not re.search(r"<[^>]+on\w+=", html)


def test_other_markup_is_kept_as_the_characters_it_is():
    body = "# 标题 `码` > 引 | 表 ~~删~~ ![图](x.png) 5%-10%"
    assert "# 标题 `码` &gt; 引 | 表 ~~删~~" in derive(body).html


def test_points_numbered_by_the_source_stay_paragraphs_with_a_class_of_their_own():
    html = derive("有几点。\n\n（1）其一。\n\n（2）其二。").html
    assert html.count('<p class="point">') == 2
    assert "<ol" not in html
    assert "<p>有几点。</p>" in html


def test_a_year_at_the_start_of_a_line_is_no_list():
    assert derive("2023年8月3日，我们开源了。").html == "<p>2023年8月3日，我们开源了。</p>\n"


def test_a_short_quote_has_no_excerpt():
    assert excerpt("短。" * 20) == ("", 0)


def test_an_excerpt_ends_at_a_sentence_and_counts_what_it_leaves_out():
    body = "一二三四五六七八九。" * 30
    html, rest = excerpt(body)
    shown = words(html)
    assert shown.endswith("。")
    assert body.startswith(shown)
    assert len(shown) <= markup.EXCERPT_LENGTH
    assert len(shown) + rest == 300


def test_an_excerpt_keeps_paragraphs_and_stops_within_one():
    html, rest = excerpt("首段。\n\n（1）" + "一二三四五六七八九。" * 30)
    assert html.startswith('<p>首段。</p>\n<p class="point">（1）一')
    assert rest > 0


def test_an_excerpt_has_at_least_one_sentence_however_long():
    long = "长" * 300 + "。"
    html, rest = excerpt(long + "短。")
    assert words(html) == long
    assert rest == 2


def test_a_closing_mark_stays_with_its_sentence():
    html, _ = excerpt("他说“好。”" + "一二三四五六七八九。" * 30)
    assert "“好。”" in html


def test_an_excerpt_escapes_what_is_no_markup():
    html, _ = excerpt("<b>粗</b>。" + "一二三四五六七八九。" * 30)
    assert "&lt;b&gt;粗&lt;/b&gt;" in html


def test_length_counts_all_but_white_space():
    assert markup.length("一 二\n\nAB。") == 5


@pytest.mark.parametrize(("characters", "minutes"), [(0, 1), (100, 1), (800, 2), (7000, 18)])
def test_reading_takes_at_least_a_minute(characters, minutes):
    assert markup.reading_minutes(characters) == minutes


def test_a_body_is_parsed_once_by_whoever_asks(monkeypatch):
    parsed = []
    parse = markup._markdown.parse
    monkeypatch.setattr(markup._markdown, "parse", lambda body: parsed.append(body) or parse(body))
    derive.cache_clear()
    for _ in range(3):
        derive("一段*话*。")
    assert parsed == ["一段*话*。"]


@pytest.mark.parametrize("mark", ["，", "；", " ", "\n"])
def test_a_sentence_without_end_is_cut_at_a_mark_and_says_so(mark):
    clause = "一二三四五六七八九"
    html, rest = excerpt((clause + mark) * 2000)
    assert html.endswith("……</p>\n")
    shown = words(html).removesuffix("……")
    assert shown.endswith(f"九{mark}".strip())
    assert len(shown) <= 400
    assert len(shown) + rest == markup.length((clause + mark) * 2000)


def test_a_run_of_characters_without_any_mark_is_cut_after_as_many_as_are_shown():
    html, rest = excerpt("长" * 50_000)
    assert html == f"<p>{'长' * 400}……</p>\n"
    assert rest == 49_600


def test_paragraphs_without_a_visible_character_make_no_excerpt_longer():
    html, _ = excerpt("\u00a0\n\n" * 9000 + "一二三四五六七八九。" * 30)
    assert html.count("<p>") == 1


def test_of_more_brackets_than_anybody_writes_none_is_tried_for_a_link():
    assert "<a" in derive("[a](https://example.org) " * markup.MOST_BRACKETS).html
    many = "[a](https://example.org) " * (markup.MOST_BRACKETS + 1)
    assert derive(many).words == many.strip()
    assert "<a" not in derive(many).html


HEAVY = [
    *("[![](", "[", "[a](", '[a](b "', "*_", "* a", "a** ", "> ", "- a\n", "a\n\n", "\\", "<"),
    *("长", "。", "\n", "\u00a0", "a\u0301", "\ufdfa"),
]


def test_the_worst_body_of_the_longest_kind_takes_no_time():
    bodies = ["a" + (unit * 50_000)[:49_999] for unit in HEAVY]
    bodies.append("[a](" + "(" * 24_000 + ")" * 24_000 + ")")
    bodies.append("\n".join(f"{'  ' * depth}- a" for depth in range(310)))
    bodies.append("a" + " " * 49_998 + "a")
    derive.cache_clear()
    times = {}
    for body in bodies:
        start = time.process_time()
        plain_text(derive(body).html)
        times[body[:20]] = time.process_time() - start
    assert max(times.values()) < 1.5, sorted(times.items(), key=lambda item: -item[1])[:3]
