"""What a first visit sends, printed pages, targets on touch, and rules in every language."""

import gzip
import re
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import handlers
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import PHONE
from tests.browser.test_reading import RULES

KB = 1000
FIRST_WINDOW = 14 * 1024  # bytes that a server sends before it waits for an answer (RFC 6928)
PREFIXES = ["/", "/zh-hant/", "/en/"]
PAGES = [
    "",
    "events/",
    "events/agi-next-2026/agi-next-2026-excerpts/roundtable/",
    "speakers/",
    "speakers/yao-shunyu/",
    "topics/",
    "topics/china-leads/",
    "quotes/",
    "quotes/?speaker=yao-shunyu",
    "quotes/?q=智能",
    "quotes/agi-next-2026-09/",
    "about/",
]


@pytest.fixture
def first_visit(chromium, transactional_db, agi_next, settings, tmp_path, monkeypatch):
    """A function that opens a path of the site as in production, for the first time.

    It gives the page and what came with it: [(kind, bytes with headers)], as Chromium counts.
    """
    storage = "summit.static_files.MinifiedCompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": storage}}
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
    # Static files come from WhiteNoise, not from the handler for tests, which compresses nothing.
    monkeypatch.setattr(handlers, "StaticFilesHandler", lambda application: application)
    server = LiveServer("127.0.0.1")
    page = chromium.new_page(base_url=server.url, locale="zh-CN")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds, sizes = {}, {}
    devtools.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    devtools.on(
        "Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]})
    )

    def first_visit(path):
        kinds.clear()
        sizes.clear()
        page.goto(path)
        return page, [(kinds[request], size) for request, size in sizes.items()]

    yield first_visit
    page.close()
    # Whoever still answers closes the connection that is shared until the server stops.
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(5)
    server.stop()


def shown_first(visit):
    """Bytes of the page and its styles."""
    assert {"Document", "Stylesheet"} <= {kind for kind, _size in visit}
    return sum(size for kind, size in visit if kind in ("Document", "Stylesheet"))


def test_a_first_visit_is_light(first_visit):
    heavy = []
    for path in [prefix + page for prefix in PREFIXES for page in PAGES]:
        _page, visit = first_visit(path)
        if shown_first(visit) > FIRST_WINDOW:
            heavy.append((path, shown_first(visit)))
        assert sum(size for _kind, size in visit) <= 30 * KB, path
        assert len(visit) <= 6, path
    assert heavy == []


def test_an_event_page_weighs_little_besides_its_words(first_visit):
    for prefix in PREFIXES:
        page, visit = first_visit(f"{prefix}events/agi-next-2026/")
        words = "".join(page.locator(".words").all_inner_texts())
        assert len(words) > 5000
        assert shown_first(visit) - len(gzip.compress(words.encode())) <= FIRST_WINDOW
        assert sum(size for _kind, size in visit) <= 30 * KB


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
