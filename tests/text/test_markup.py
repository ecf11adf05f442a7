import re

import pytest

from quotes.text import markup


def words(html):
    return re.sub(r"<[^>]+>|\s", "", html)


def test_paragraphs_lists_emphasis_and_links_are_rendered():
    html = markup.render("一*二***三**\n\n- 四\n- [五](https://example.org/)")
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
    html = markup.render(body)
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html)
    assert not re.search(r"<[^>]+on\w+=", html)


def test_other_markup_is_kept_as_the_characters_it_is():
    body = "# 标题 `码` > 引 | 表 ~~删~~ ![图](x.png) 5%-10%"
    assert "# 标题 `码` &gt; 引 | 表 ~~删~~" in markup.render(body)


def test_points_numbered_by_the_source_stay_paragraphs_with_a_class_of_their_own():
    html = markup.render("有几点。\n\n（1）其一。\n\n（2）其二。")
    assert html.count('<p class="point">') == 2
    assert "<ol" not in html
    assert "<p>有几点。</p>" in html


def test_a_year_at_the_start_of_a_line_is_no_list():
    assert markup.render("2023年8月3日，我们开源了。") == "<p>2023年8月3日，我们开源了。</p>\n"


def test_a_short_quote_has_no_excerpt():
    assert markup.excerpt("短。" * 20) == ("", 0)


def test_an_excerpt_ends_at_a_sentence_and_counts_what_it_leaves_out():
    body = "一二三四五六七八九。" * 30
    html, rest = markup.excerpt(body)
    shown = words(html)
    assert shown.endswith("。")
    assert body.startswith(shown)
    assert len(shown) <= markup.EXCERPT_LENGTH
    assert len(shown) + rest == 300


def test_an_excerpt_keeps_paragraphs_and_stops_within_one():
    html, rest = markup.excerpt("首段。\n\n（1）" + "一二三四五六七八九。" * 30)
    assert html.startswith('<p>首段。</p>\n<p class="point">（1）一')
    assert rest > 0


def test_an_excerpt_has_at_least_one_sentence_however_long():
    long = "长" * 300 + "。"
    html, rest = markup.excerpt(long + "短。")
    assert words(html) == long
    assert rest == 2


def test_a_closing_mark_stays_with_its_sentence():
    html, _ = markup.excerpt("他说“好。”" + "一二三四五六七八九。" * 30)
    assert "“好。”" in html


def test_an_excerpt_escapes_what_is_no_markup():
    html, _ = markup.excerpt("<b>粗</b>。" + "一二三四五六七八九。" * 30)
    assert "&lt;b&gt;粗&lt;/b&gt;" in html


def test_length_counts_all_but_white_space():
    assert markup.length("一 二\n\nAB。") == 5


@pytest.mark.parametrize(("characters", "minutes"), [(0, 1), (100, 1), (800, 2), (7000, 18)])
def test_reading_takes_at_least_a_minute(characters, minutes):
    assert markup.reading_minutes(characters) == minutes
