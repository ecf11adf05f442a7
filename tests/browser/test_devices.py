"""Phones with touch, tablets, paper: positions as measured in the browser."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from quotes.models import Event
from tests.browser.conftest import DESKTOP, PHONE

TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
EVENT = "/events/agi-next-2026/"
LAST_QUOTE = "agi-next-2026-44"
PAGES = [
    "/",
    "/events/",
    "/events/agi-next-2026/agi-next-2026-excerpts/roundtable/",
    "/speakers/",
    "/speakers/yao-shunyu/",
    "/topics/",
    "/topics/china-leads/",
    "/quotes/?speaker=yao-shunyu&topic=to-b-and-to-c",
    "/quotes/?q=芯片&speaker=tang-jie&topic=chips&wording=verbatim",
    "/quotes/?speaker=nobody",
    "/quotes/agi-next-2026-09/",
    "/en/quotes/agi-next-2026-09/",
    "/about/",
]

# Of every link and button: what is hit above and below the middle of its first line of text.
TOO_SMALL = """() => {
    const small = [];
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const element of document.querySelectorAll("a, button, summary")) {
        if (!element.checkVisibility({ visibilityProperty: true })) continue;
        if (element.closest(".skip, .passage")) continue;
        element.scrollIntoView({ block: "center" });
        const text = document.createRange();
        text.selectNodeContents(element);
        const line = text.getClientRects()[0];
        const [x, y] = [line.left + Math.min(line.width / 2, 12), line.top + line.height / 2];
        const isHit = (y) => element.contains(document.elementFromPoint(x, y));
        let [top, bottom] = [y, y];
        while (isHit(top - 1) && y - top < 44) top--;
        while (isHit(bottom + 1) && bottom - y < 44) bottom++;
        const isLarge = bottom - top + 1 >= 43 || element.matches(".open") && isHit(y);
        if (!isLarge) small.push([element.textContent.trim(), bottom - top + 1]);
    }
    return small;
}"""

# Of neighbours in a row that overlap in height: how far apart the feet of their words are.
UNEVEN = """() => {
    const uneven = [];
    const words = (item) => {
        const lines = [];
        const nodes = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
        const text = document.createRange();
        while (nodes.nextNode()) {
            text.selectNode(nodes.currentNode);
            lines.push(...text.getClientRects());
        }
        return lines.filter((line) => line.width > 1);
    };
    for (const item of document.querySelectorAll("main li + li")) {
        if (!item.checkVisibility()) continue;
        const [before, here] = [words(item.previousElementSibling).at(-1), words(item)[0]];
        if (!before || !here || before.left === here.left) continue;
        if (before.bottom <= here.top || here.bottom <= before.top) continue;
        if (Math.abs(before.bottom - here.bottom) > 1) uneven.push(item.textContent);
    }
    return uneven;
}"""


def test_whatever_is_touched_on_a_phone_is_hit_within_44_pixels(open_page):
    page = open_page("/", **TOUCH)
    for path in PAGES:
        page.goto(path)
        assert page.evaluate(TOO_SMALL) == [], path


def test_plain_and_linked_words_of_a_row_stand_on_one_line(open_page):
    page = open_page("/", **TOUCH)
    for path in [*PAGES, "/events/agi-next-2026/"]:
        page.goto(path)
        assert page.evaluate(UNEVEN) == [], path


def test_marks_stay_at_the_words_they_mark_when_touched(open_page):
    page = open_page("/quotes/?speaker=yao-shunyu", **TOUCH)
    gap = page.evaluate(
        """() => {
            const chip = document.querySelector(".chips .marked");
            const words = chip.querySelector("span:not(.unseen)").getBoundingClientRect();
            const top = parseFloat(getComputedStyle(chip, "::before").top);
            return words.top - (chip.getBoundingClientRect().top + top);
        }"""
    )
    assert -1 < gap < 8


@pytest.mark.parametrize("prefix", ["/", "/zh-hant/", "/en/"])
def test_no_word_of_the_header_breaks_on_a_tablet(open_page, prefix):
    page = open_page(prefix)
    for width in range(640, 1001, 40):
        page.set_viewport_size({"width": width, "height": 800})
        lines, rows = page.evaluate(
            """() => {
                const links = [...document.querySelectorAll(".site-header a")];
                const text = document.createRange();
                const lines = links.map((link) => {
                    text.selectNode(link.firstChild);
                    return text.getClientRects().length;
                });
                return [lines, new Set(links.map((link) => link.offsetTop)).size];
            }"""
        )
        assert set(lines) == {1}, width
        assert rows == (2 if width < 960 else 1), width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("prefix", ["/", "/zh-hant/", "/en/"])
def test_the_header_fits_into_the_narrowest_phone(open_page, prefix):
    page = open_page(prefix, **TOUCH | {"viewport": {"width": 320, "height": 700}})
    assert page.evaluate(
        """() => [...document.querySelectorAll(".site-header a")]
            .every((link) => link.getBoundingClientRect().right <= 304)"""
    )


def test_the_mark_that_closes_the_hero_stands_at_its_last_word(open_page):
    page = open_page("/", **TOUCH | {"viewport": {"width": 320, "height": 700}})
    assert page.evaluate(
        """() => {
            const last = [...document.querySelectorAll(".hero .clause")].at(-1);
            const text = document.createRange();
            text.selectNodeContents(last);
            const lines = [...text.getClientRects()];
            const mark = getComputedStyle(last, "::after");
            return lines.length > 1 && mark.content === '"\u2060"'
                && lines.at(-1).right + 40 < last.getBoundingClientRect().right;
        }"""
    )


@pytest.mark.parametrize("prefix", ["/", "/en/"])
def test_evidence_in_a_list_takes_three_lines_at_most(open_page, prefix):
    page = open_page(f"{prefix}quotes/")
    for path in ("quotes/", "quotes/?page=2", "speakers/yao-shunyu/"):
        page.goto(prefix + path)
        assert page.evaluate(
            """() => [...document.querySelectorAll(".results .evidence")].every((evidence) =>
                new Set([...evidence.children].map((item) => item.offsetTop)).size <= 3)"""
        )


def test_a_long_name_of_a_summit_of_days_is_no_column_of_letters(open_page, agi_next):
    Event.objects.update(end_date=date(2027, 1, 10), name="人工智能与超长标题研讨会" * 4)
    page = open_page("/speakers/yao-shunyu/", **TOUCH)
    for width in (320, 640, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for cell in page.locator(".event-row > *").all():
            assert cell.bounding_box()["width"] >= 80, width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_link_to_a_passage_far_down_is_there_at_once_and_marks_it(open_page):
    page = open_page(f"{EVENT}#{LAST_QUOTE}")
    quote = page.locator(f"#{LAST_QUOTE}")
    expect(quote).to_be_in_viewport()
    top = quote.evaluate("quote => quote.getBoundingClientRect().top")
    assert 0 <= top < DESKTOP["height"]
    marks = "(e, mark) => getComputedStyle(e, mark).content"
    assert [quote.evaluate(marks, mark) for mark in ("::before", "::after")] == ['""', '""']
    other = page.locator("#agi-next-2026-01")
    assert other.evaluate(marks, "::before") == "none"
    page.locator(".outline a").first.click()
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_the_marks_of_the_outline_are_not_cut_off(open_page):
    page = open_page(EVENT)
    page.locator(".section").first.evaluate("section => section.scrollIntoView()")
    page.locator(".outline [aria-current]").wait_for()
    assert page.evaluate(
        """() => {
            const marked = document.querySelector(".outline [aria-current]");
            const mark = getComputedStyle(marked, "::before");
            const left = marked.getBoundingClientRect().left + parseFloat(mark.left);
            return left >= marked.closest(".outline").getBoundingClientRect().left;
        }"""
    )


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_the_outline_and_the_top_of_an_event_stay_in_reach_on_a_phone(
    open_page, java_script_enabled
):
    page = open_page(f"{EVENT}#{LAST_QUOTE}", **TOUCH, java_script_enabled=java_script_enabled)
    page.get_by_role("link", name="目录", exact=True).tap()
    expect(page.locator("#outline")).to_be_in_viewport()
    page.goto(f"{EVENT}#{LAST_QUOTE}")
    page.get_by_role("link", name="回到顶部").tap()
    expect(page.locator(".brand")).to_be_in_viewport()
    page.emulate_media(media="print")
    expect(page.locator(".bottom-bar")).not_to_be_visible()


def test_the_bar_of_an_event_hides_no_words_and_nothing_that_has_the_focus(open_page):
    page = open_page(EVENT, **TOUCH)
    expect(page.locator(".bottom-bar")).not_to_be_in_viewport()
    page.locator(".read .evidence a").first.focus()
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(
            """() => {
                const bar = document.querySelector(".bottom-bar");
                const focused = document.activeElement.getBoundingClientRect();
                return document.activeElement.closest(".bottom-bar") !== null
                    || focused.bottom <= bar.getBoundingClientRect().top + 1;
            }"""
        )
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    assert page.evaluate(
        """() => {
            const last = [...document.querySelectorAll(".read .evidence")].at(-1);
            const bar = document.querySelector(".bottom-bar").getBoundingClientRect();
            return last.getBoundingClientRect().bottom <= bar.top;
        }"""
    )


def test_a_long_name_of_who_asks_stands_clear_of_the_question_s_mark(open_page):
    page = open_page("/en" + EVENT)
    for width in (640, 960, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(
            """() => {
                const words = document.querySelector(".question .words");
                const box = words.getBoundingClientRect();
                const mark = getComputedStyle(words, "::before");
                const left = box.right - parseFloat(mark.right) - parseFloat(mark.width);
                const name = document.querySelector(".question .quote-who").getBoundingClientRect();
                return name.right <= left || name.bottom <= box.top;
            }"""
        ), width


def test_who_answers_is_named_once_where_the_title_says_it(open_page):
    page = open_page(EVENT)
    for prefix, names in (("", 0), ("/en", 1)):
        page.goto(prefix + EVENT)
        answers = page.locator(".section-roundtable .quote")
        expect(answers).to_have_count(3)
        for answer in answers.all():
            expect(answer.locator(".quote-who [href*='/speakers/']")).to_have_count(names)


def test_headings_of_a_section_are_as_large_on_its_own_page(open_page):
    page = open_page(EVENT)
    sizes = """() => ["header > :first-child", ".quote-title"].map((css) =>
        getComputedStyle(document.querySelector(".section-roundtable " + css)).fontSize)"""
    on_event = page.evaluate(sizes)
    page.goto(f"{EVENT}agi-next-2026-excerpts/roundtable/")
    assert page.evaluate(sizes) == on_event


def test_an_event_fits_on_twelve_sheets_of_paper(open_page):
    page = open_page(EVENT)
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
    assert 1 < len(sheets) <= 12


@pytest.mark.parametrize("path", [EVENT, "/quotes/agi-next-2026-09/", "/topics/china-leads/"])
def test_opening_marks_stand_inside_the_printed_page(open_page, path):
    page = open_page(path, viewport={"width": 660, "height": 900})
    page.emulate_media(media="print")
    lefts = page.evaluate(
        """() => [...document.querySelectorAll(".words")].map((words) => {
            const mark = getComputedStyle(words, "::before");
            const { right } = words.getBoundingClientRect();
            return right - parseFloat(mark.right) - parseFloat(mark.width);
        })"""
    )
    assert min(lefts) >= 0


def test_the_original_is_printed_with_its_address(open_page):
    page = open_page("/quotes/agi-next-2026-09/")
    page.emulate_media(media="print")
    original = page.locator(".panel [rel=external]")
    printed = original.evaluate("a => getComputedStyle(a, '::after').content")
    assert original.get_attribute("href") in printed


def test_filters_on_a_phone_say_what_a_choice_did_and_lead_to_it(open_page):
    page = open_page("/quotes/", **TOUCH)
    bar, results = page.locator("#filters .bottom-bar"), page.locator("#results")
    expect(bar).not_to_be_visible()
    page.get_by_text("筛选", exact=True).tap()
    expect(bar).to_have_text("查看 44 段发言")
    expect(bar).to_be_in_viewport()
    facets = page.locator("#facets .facet:visible h2")
    assert facets.all_inner_texts() == ["嘉宾", "主题"]
    page.get_by_text("更多筛选").tap()
    expect(results).not_to_be_in_viewport()
    choice = page.locator(".facet a", has_text="圆桌")
    choice.scroll_into_view_if_needed()
    place = choice.bounding_box()["y"]
    choice.tap()
    expect(bar).to_have_text("查看 3 段发言")
    expect(results).to_have_text("3 段发言")
    expect(page.get_by_role("status")).to_have_text("3 段发言")
    expect(choice).to_be_in_viewport()
    assert abs(choice.bounding_box()["y"] - place) < 2
    bar.get_by_role("link").tap()
    expect(results).to_be_focused()
    expect(results).to_be_in_viewport()


def test_without_javascript_a_choice_on_a_phone_shows_what_it_did(open_page):
    page = open_page("/quotes/", **TOUCH, java_script_enabled=False)
    page.get_by_text("筛选", exact=True).tap()
    page.locator(".facet a", has_text="唐杰").tap()
    expect(page.locator(".chips")).to_contain_text("唐杰")
    expect(page.locator("#results")).to_have_text("13 段发言")
    expect(page.locator("#results")).to_be_in_viewport()


def test_on_a_desktop_all_filters_stand_open_without_a_bar(open_page):
    page = open_page("/quotes/")
    expect(page.locator(".facet a", has_text="圆桌")).to_be_visible()
    expect(page.locator("#filters .bottom-bar")).not_to_be_visible()
    expect(page.get_by_text("更多筛选")).not_to_be_visible()
