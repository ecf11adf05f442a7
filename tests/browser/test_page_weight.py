"""What a first visit sends, printed pages, targets on touch, and rules in every language."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.test_reading import RULES

KB = 1000
PREFIXES = ["/", "/zh-hant/", "/en/"]
PAGES = [
    "",
    "events/",
    "events/agi-next-2026/agi-next-2026-excerpts/roundtable/",
    "speakers/",
    "speakers/tang-jie/",
    "topics/",
    "topics/china-leads/",
    "quotes/",
    "quotes/?speaker=tang-jie",
    "quotes/agi-next-2026-09/",
    "about/",
]


def sent(path):
    """Bytes of the page at `path` as sent, compressed."""
    response = Client().get(path, headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    return len(response.content)


def assets(page):
    """Names and bytes, compressed as WhiteNoise does, of our files that the `page` asked for."""
    names = page.evaluate(
        "performance.getEntriesByType('resource').map(e => new URL(e.name).pathname)"
    )
    files = {
        name: settings.BASE_DIR / "static" / name.removeprefix("/static/") for name in set(names)
    }
    return {name: len(brotli.compress(Path(file).read_bytes())) for name, file in files.items()}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_first_visit_is_light(open_page, prefix, path):
    page = open_page(prefix + path)
    files = assets(page)
    styles = sum(size for name, size in files.items() if name.endswith(".css"))
    assert styles > KB
    html = sent(prefix + path)
    assert html + styles <= 14 * KB
    assert html + sum(files.values()) <= 30 * KB
    assert 1 + len(files) <= 6


@pytest.mark.parametrize("prefix", PREFIXES)
def test_an_event_page_weighs_little_besides_its_words(open_page, prefix):
    path = f"{prefix}events/agi-next-2026/"
    page = open_page(path)
    files = assets(page)
    words = "".join(page.locator(".words").all_inner_texts())
    assert len(words) > 5000
    styles = sum(size for name, size in files.items() if name.endswith(".css"))
    assert sent(path) + styles - len(gzip.compress(words.encode())) <= 12 * KB
    assert sent(path) + sum(files.values()) <= 30 * KB


@pytest.mark.parametrize("prefix", PREFIXES[1:])
@pytest.mark.parametrize("path", PAGES)
def test_accessibility_rules_find_nothing_in_the_other_languages(open_page, prefix, path):
    page = open_page(prefix + path, bypass_csp=True, viewport=PHONE)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["target"]) for rule in found] == []


@pytest.mark.parametrize("path", ["/quotes/agi-next-2026-09/", "/events/agi-next-2026/"])
def test_a_printed_page_has_words_source_and_address_and_no_furniture(open_page, path):
    page = open_page(path)
    page.emulate_media(media="print")
    expect(page.locator(".words").first).to_be_visible()
    expect(page.locator(".printed-address")).to_have_text(re.compile(f"^http.*{path}$"))
    for furniture in (".site-nav", ".site-search", "#languages", "#theme", ".outline", ".copy"):
        for element in page.locator(furniture).all():
            expect(element).not_to_be_visible()
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert ink == "rgb(25, 27, 31)"


def test_what_is_touched_is_large_enough_for_a_finger(open_page):
    page = open_page("/quotes/agi-next-2026-09/", viewport=PHONE, has_touch=True, is_mobile=True)
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, input, summary")]
            .filter(e => !e.closest("p:not(.quote-who, .theme, .copy, .report), dd, .skip"))
            .map(e => [e.textContent.trim(), e.getBoundingClientRect().height])
            .filter(([, height]) => height > 1 && height < 43.5)"""
    )
    assert small == []


def test_colours_forced_by_the_reader_keep_marks_and_focus(open_page):
    page = open_page("/quotes/agi-next-2026-09/", forced_colors="active")
    width = page.evaluate(
        "getComputedStyle(document.querySelector('.quote-l .words'), '::before').borderTopWidth"
    )
    assert float(width.removesuffix("px")) >= 1
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
