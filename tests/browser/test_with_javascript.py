"""What JavaScript adds: results in place, theme, copying, links to passages, a shortcut."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_results_are_narrowed_with_and_without_javascript(open_page, java_script_enabled):
    page = open_page("/quotes/", java_script_enabled=java_script_enabled)
    page.locator(".facet").get_by_role("link", name=re.compile("^唐杰")).click()
    expect(page).to_have_url(re.compile(r"/quotes/\?speaker=tang-jie$"))
    expect(page.locator("#result-count")).to_have_attribute("value", "13")
    page.locator("input[name=q]").fill("智能")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=.*speaker=tang-jie|speaker=tang-jie.*q="))
    narrowed = int(page.locator("#result-count").get_attribute("value"))
    assert 0 < narrowed < 13
    page.go_back()
    expect(page.locator("#result-count")).to_have_attribute("value", "13")


def test_results_change_in_place_with_history_focus_and_an_announcement(open_page):
    page = open_page("/quotes/")
    page.evaluate("window.still = true")
    choice = page.locator(".facet").get_by_role("link", name=re.compile("^唐杰"))
    choice.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#result-count")).to_have_attribute("value", "13")
    assert page.evaluate("window.still")
    expect(page.get_by_role("status")).to_contain_text("13")
    expect(choice).to_be_focused()
    expect(page.get_by_role("navigation", name="语言").get_by_role("link").last).to_have_attribute(
        "href", "/en/quotes/?speaker=tang-jie"
    )
    page.go_back()
    expect(page.locator("#result-count")).to_have_attribute("value", "44")
    assert page.evaluate("window.still")


def test_the_theme_is_remembered_without_a_cookie_and_applied_before_anything_is_painted(open_page):
    page = open_page("/", color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="深色").click()
    dark = page.evaluate(paper)
    assert dark != light
    page.goto("/about/", wait_until="commit")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.wait_for_load_state()
    assert page.evaluate(paper) == dark
    expect(page.get_by_role("button", name="深色")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="自动").click()
    assert page.evaluate(paper) == light
    assert page.context.cookies() == []


def test_the_language_switch_keeps_page_and_filters(open_page):
    page = open_page("/quotes/?speaker=tang-jie", viewport=PHONE)
    languages = page.locator("#languages")
    languages.get_by_role("link", name="EN").click()
    expect(page).to_have_url(re.compile(r"/en/quotes/\?speaker=tang-jie$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#result-count")).to_have_attribute("value", "13")
    languages.get_by_role("link", name="繁").click()
    expect(page).to_have_url(re.compile(r"/zh-hant/quotes/\?speaker=tang-jie$"))
    expect(page.locator("#result-count")).to_have_attribute("value", "13")


def test_a_quote_is_copied_with_its_attribution(open_page):
    page = open_page("/quotes/agi-next-2026-09/", permissions=CLIPBOARD)
    page.get_by_role("button", name="复制发言和出处").click()
    expect(page.get_by_role("status")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    words, _, source = copied.rpartition("\n\n")
    assert "光刻机" in words
    assert "\u2060" not in copied
    assert source.startswith("姚顺雨，AGI-Next 前沿峰会，2026年1月10日")
    assert source.endswith("/quotes/agi-next-2026-09/")


def test_selected_words_get_a_link_to_themselves(open_page):
    page = open_page("/quotes/agi-next-2026-09/", permissions=CLIPBOARD)
    button = page.get_by_role("button", name="复制这段话的链接")
    expect(button).not_to_be_visible()
    selected = page.evaluate(
        """() => {
            const words = document.querySelector(".quote-l .words p").firstChild;
            getSelection().setBaseAndExtent(words, 0, words, 8);
            return getSelection().toString();
        }"""
    )
    button.click()
    expect(page.get_by_role("status")).to_have_text("已复制")
    link = page.evaluate("navigator.clipboard.readText()")
    assert unquote(link).endswith(f"/quotes/agi-next-2026-09/#:~:text={selected}")


def test_the_slash_key_goes_to_the_search_box_but_not_while_typing(open_page):
    page = open_page("/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")


def test_the_outline_marks_the_section_being_read(open_page):
    page = open_page("/events/agi-next-2026/")
    page.get_by_role("heading", name="圆桌对话：中国 AI 的未来").scroll_into_view_if_needed()
    page.locator(".section-roundtable").evaluate("s => s.scrollIntoView()")
    marked = page.locator(".outline [aria-current=location]")
    expect(marked).to_have_count(1)
    expect(marked).to_contain_text("圆桌对话")


def test_the_keyboard_alone_leads_from_the_front_page_to_a_cited_quote(open_page):
    page = open_page("/", permissions=CLIPBOARD)

    def tab_to(css):
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("css => document.activeElement.matches(css)", css):
                return
        raise AssertionError(f"Tab never reaches {css}")

    tab_to("main .hero .evidence li:last-child a")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/quotes/agi-next-2026-\d+/$"))
    tab_to("[data-copy=citation]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("已复制")
    path = page.url.split("/quotes/")[1]
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/quotes/{path}")


@pytest.mark.parametrize("path", ["/", "/quotes/agi-next-2026-09/", "/events/agi-next-2026/"])
def test_buttons_that_need_javascript_are_not_there_without_it(open_page, path):
    page = open_page(path, java_script_enabled=False)
    assert page.locator("button:visible").count() == 0
