"""A real browser on a running site. Skipped, with the reason, where there is no Chromium."""

import os
import shutil

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import sync_playwright

# Playwright's synchronous calls run an event loop in this thread, which Django mistakes for
# asynchronous code that must not touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = shutil.which("chromium")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PASSWORD = "a password for tests"


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="Debian's chromium is not installed"))


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server, agi_next):
    """A function that opens a path of the site; what the browser complains of fails the test."""
    complaints, contexts = [], []

    def open_page(path, viewport=DESKTOP, **options):
        context = chromium.new_context(
            base_url=live_server.url, viewport=viewport, locale="zh-CN", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: m.type == "error" and complaints.append(m.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda r: r.url.startswith(live_server.url) or complaints.append(f"asks {r.url}"),
        )
        page.goto(path)
        return page

    open_page.complaints = complaints  # a test takes out what it expects
    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def fill_in_sign_in(page, name):
    """Sign in on the page that asks for it."""
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator("#user-tools").wait_for()
    page.wait_for_load_state()


@pytest.fixture
def sign_in(open_page):
    """A function that opens a path of the desk as a superuser."""

    def sign_in(path, **options):
        get_user_model().objects.create_superuser("editor", password=PASSWORD)
        page = open_page(f"/admin/login/?next={path}", **options)
        fill_in_sign_in(page, "editor")
        return page

    return sign_in
