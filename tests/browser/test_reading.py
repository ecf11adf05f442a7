"""A reader with a phone, a keyboard, or no JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE

PAGES = [
    "/",
    "/events/",
    "/events/agi-next-2026/",
    "/speakers/",
    "/speakers/tang-jie/",
    "/topics/",
    "/topics/china-leads/",
    "/quotes/",
    "/quotes/?speaker=tang-jie&topic=china-leads",
    "/quotes/?speaker=nobody",
    "/quotes/?q=没人说过",
    "/quotes/agi-next-2026-09/",
    "/quotes/agi-next-2026-12/",
    "/about/",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_on_the_narrowest_phone(open_page, path):
    page = open_page(path, viewport={"width": 320, "height": 640})
    widths = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    scroll, client = page.evaluate(widths)
    assert scroll <= client


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility_rules_find_nothing(open_page, path, scheme):
    page = open_page(path, color_scheme=scheme, bypass_csp=True)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["target"]) for rule in found] == []


def test_a_reader_goes_from_a_search_to_a_quote_and_its_other_report(open_page):
    page = open_page("/", viewport=PHONE)
    page.get_by_role("combobox").fill("光刻机到底")
    page.keyboard.press("Enter")
    expect(page.locator("#result-count")).to_have_attribute("value", "2")
    page.get_by_role("link", name="姚顺雨的回答").click()
    expect(page).to_have_url(re.compile("/quotes/agi-next-2026-09/$"))
    page.locator("#parallels").get_by_text("一个是中国的光刻机").wait_for()


def test_filters_are_folded_away_on_a_phone_and_open_on_a_desktop(open_page):
    phone, desktop = open_page("/quotes/", viewport=PHONE), open_page("/quotes/", viewport=DESKTOP)
    facet = "section.facet >> text=唐杰"
    expect(phone.locator(facet)).not_to_be_visible()
    phone.get_by_text("筛选", exact=True).click()
    phone.locator(facet).click()
    expect(phone.locator("#result-count")).to_have_attribute("value", "13")
    expect(desktop.locator(facet)).to_be_visible()


def test_choices_add_up_and_are_dropped_one_by_one(open_page):
    page = open_page("/quotes/")
    page.locator(".facet").get_by_role("link", name=re.compile("^姚顺雨")).click()
    expect(page.locator("#result-count")).to_have_attribute("value", "16")
    page.locator(".facet").get_by_role("link", name=re.compile("^中国能否领先")).click()
    expect(page.locator(".chips")).to_contain_text("中国能否领先")
    page.locator(".facet").get_by_role("link", name=re.compile("^摘录|^国产 AI")).first.click()
    expect(page.locator("#result-count")).to_have_attribute("value", "1")
    page.locator(".chips").get_by_role("link", name=re.compile("中国能否领先")).click()
    expect(page.locator("#result-count")).to_have_attribute("value", "4")
    page.get_by_role("link", name="全部清除").click()
    expect(page.locator("#result-count")).to_have_attribute("value", "44")


def test_the_keyboard_alone_leads_past_the_header_to_the_words(open_page):
    page = open_page("/quotes/agi-next-2026-09/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "AGI-Next 前沿峰会"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("path", ["/", "/events/agi-next-2026/", "/quotes/?topic=compute"])
def test_pages_say_the_same_without_javascript(open_page, path):
    with_it = open_page(path).inner_text("main")
    assert open_page(path, java_script_enabled=False).inner_text("main") == with_it


def test_a_section_is_reached_from_the_outline(open_page):
    page = open_page("/events/agi-next-2026/")
    page.get_by_role("navigation", name="目录").get_by_role("link", name="圆桌对话").click()
    expect(page.get_by_role("heading", name="圆桌对话：中国 AI 的未来")).to_be_in_viewport()
