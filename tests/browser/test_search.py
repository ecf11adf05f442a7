"""A reader who searches: suggestions by keyboard, counts that follow, a box for long lists."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import QuoteFactory, TopicFactory


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_names_are_suggested_and_chosen_by_keyboard(open_page, viewport):
    page = open_page("/", viewport=viewport)
    box = page.get_by_role("combobox")
    box.press_sequentially("tangj")
    option = page.get_by_role("option", name="唐杰")
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("suggestion-1"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/speakers/tang-jie/$"))


def test_escape_closes_the_suggestions_and_enter_searches_for_the_words(open_page):
    page = open_page("/quotes/")
    box = page.get_by_role("combobox")
    box.press_sequentially("算力")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).not_to_be_visible()
    expect(box).to_have_value("算力")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("算力")
    expect(page.get_by_role("combobox")).to_have_value("算力")


def test_a_suggestion_is_chosen_by_a_tap(open_page):
    page = open_page("/", viewport=PHONE, has_touch=True)
    page.get_by_role("combobox").press_sequentially("suan")
    page.get_by_role("option", name="算力").tap()
    expect(page).to_have_url(re.compile("/topics/compute/$"))


def test_a_result_leads_to_its_words_on_the_quotes_page(open_page):
    page = open_page("/quotes/?q=概率")
    page.locator("article").filter(has=page.locator("mark")).locator("h3 a").first.click()
    expect(page).to_have_url(re.compile(r"/quotes/agi-next-2026-\d+/"))
    expect(page.locator(".quote-l .words")).to_contain_text(re.compile("概率|机率"))


def test_choices_too_many_to_count_are_counted_after_the_results(open_page, monkeypatch):
    monkeypatch.setattr("quotes.filters.counts.LIMIT", 10)
    page = open_page("/quotes/?kind=theme")
    expect(page.locator("#result-count")).to_contain_text("超过 10 段发言")
    expect(page.locator(".facet").get_by_role("link", name=re.compile("^姚顺雨"))).to_be_visible()
    bare = open_page("/quotes/?kind=theme", java_script_enabled=False)
    bare.get_by_role("link", name="统计各项数量").first.click()
    expect(bare.locator(".facet").get_by_role("link", name=re.compile("^姚顺雨"))).to_be_visible()
    expect(bare.locator("#result-count")).to_have_attribute("value", "33")


def test_a_long_list_of_choices_is_narrowed_by_typing(open_page):
    QuoteFactory(topics=[TopicFactory(name=f"主题甲{n}") for n in range(30)])
    page = open_page("/quotes/?more=topic")
    box = page.get_by_role("searchbox", name="筛选：主题")
    box.fill("甲7")
    shown = page.locator("[aria-labelledby=facet-topic] li:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("主题甲7")
