"""What a reader does on a touch phone, counted in taps, and where cards lead."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE

TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
TWENTY_PER_CENT = "我觉得是20%吧"
ON_SCREEN = """element => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
}"""


def test_the_original_article_of_a_quote_is_two_taps_away(open_page):
    page = open_page("/", **TOUCH)
    page.locator("#agi-next-2026-09").get_by_text("出处与引用").tap()
    original = page.locator(".panel").get_by_role("link", name="原文")
    expect(original).to_have_attribute(
        "href", "https://www.ruanyifeng.com/blog/2026/01/weekly-issue-381.html"
    )
    # The second tap leaves the site, where tests do not follow.
    assert original.is_visible()


def test_a_quote_is_cited_in_two_taps(open_page):
    page = open_page("/", permissions=["clipboard-read", "clipboard-write"], **TOUCH)
    page.locator("#agi-next-2026-10").get_by_text("出处与引用").tap()
    page.get_by_role("button", name="复制出处").tap()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("林俊旸，AGI-Next 前沿峰会，2026年1月10日，北京。据")


def test_chinas_chance_is_two_taps_from_the_front_page_with_its_figure(open_page):
    page = open_page("/", **TOUCH)
    page.get_by_role("navigation", name="主导航").get_by_text("主题").tap()
    page.locator(".bars").get_by_text("中国能否领先").tap()
    expect(page).to_have_url(re.compile("/topics/china-leads/$"))
    said = page.locator(".column", has_text="林俊旸").locator(".words").first
    expect(said).to_contain_text(TWENTY_PER_CENT)
    said.scroll_into_view_if_needed()
    assert said.evaluate(ON_SCREEN)


def test_the_words_of_a_pick_lead_to_where_they_stand(open_page):
    page = open_page("/", **TOUCH)
    page.locator("#agi-next-2026-10 .words").tap()
    expect(page).to_have_url(re.compile("/quotes/agi-next-2026-10/"))
    passage = page.locator(".quote-l .words p").last
    expect(passage).to_contain_text(TWENTY_PER_CENT)
    page.wait_for_function(f"({ON_SCREEN})(document.querySelector('.quote-l .words p:last-child'))")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
@pytest.mark.parametrize("path", ["/", "/quotes/", "/speakers/tang-jie/", "/topics/china-leads/"])
def test_every_card_has_a_way_to_its_page_that_is_seen(open_page, path, viewport):
    page = open_page(path, viewport=viewport)
    lines = page.evaluate(
        """() => [...document.querySelectorAll("article.quote[id]")].map(card => {
            const last = card.querySelector(".evidence > :last-child a");
            const style = getComputedStyle(last);
            const line = style.textDecorationColor;
            return [last.textContent, style.textDecorationLine, line === style.color,
                    last.getAttribute("href") === `/quotes/${card.id}/`];
        })"""
    )
    assert lines
    assert {tuple(line) for line in lines} == {("出处与引用", "underline", True, True)}


def test_the_table_of_a_topic_is_as_wide_as_the_text(open_page):
    page = open_page("/topics/china-leads/", viewport=DESKTOP)
    table, title = page.locator(".matrix").bounding_box(), page.locator("h1").bounding_box()
    assert abs(table["width"] - title["width"]) <= 1


def test_words_start_on_one_edge_on_a_speakers_page(open_page):
    page = open_page("/speakers/tang-jie/", viewport=DESKTOP)
    edges = page.evaluate(
        """[...document.querySelectorAll("h1, .group, .quote .words")]
            .map(e => Math.round(e.getBoundingClientRect().left))"""
    )
    assert len(set(edges)) == 1


def test_evidence_in_a_list_takes_three_lines_at_most(open_page):
    page = open_page("/quotes/?page=2", viewport=DESKTOP)
    heights = page.evaluate(
        """[...document.querySelectorAll(".results .evidence")]
            .map(e => new Set([...e.children].map(li => li.offsetTop)).size)"""
    )
    assert max(heights) <= 3
