"""From draft to public at the desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quotes.models import Event, Quote
from tests.browser.conftest import DESKTOP, PHONE

SLUG = "agi-next-2026-01"
PUBLIC = f"/quotes/{SLUG}/"


@pytest.fixture
def draft(agi_next):
    """The first quote, as a draft that was never public."""
    quote = Quote.objects.get(slug=SLUG)
    quote.status, quote.published_at = "draft", None
    quote.save()
    return quote


def change_path(row):
    return f"/admin/quotes/{row._meta.model_name}/{row.pk}/change/"


def begin(page, move):
    page.locator(f'.moves a[href*="/move/{move}/"]').click()
    page.locator(".submit-row").wait_for()


def confirm(page):
    page.locator(".submit-row input[type=submit]").press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()


def status_of(page, path):
    return page.request.get(path).status


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_draft_becomes_public_by_its_button_and_is_withdrawn_again(sign_in, draft, viewport):
    page = sign_in(change_path(draft), viewport=viewport)
    assert status_of(page, PUBLIC) == 404
    begin(page, "publish")
    expect(page.get_by_text(PUBLIC)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert status_of(page, PUBLIC) == 404
    confirm(page)
    assert status_of(page, PUBLIC) == 200

    begin(page, "withdraw")
    confirm(page)
    assert status_of(page, PUBLIC) == 404


def test_what_is_scheduled_comes_out_when_the_clock_says_so(sign_in, draft, monkeypatch):
    page = sign_in(change_path(draft))
    begin(page, "schedule")
    at = timezone.localtime() + timedelta(hours=3)
    page.locator("#id_at").fill(at.strftime("%Y-%m-%dT%H:%M"))
    confirm(page)
    expect(page.locator(".publication-panel .stage")).to_contain_text("待发布")
    assert status_of(page, PUBLIC) == 404
    page.goto("/admin/")
    heap = page.locator(".heaps section", has_text="待发布")
    expect(heap.get_by_role("link", name="智谱的起源")).to_be_visible()

    later = timezone.now() + timedelta(hours=3)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert status_of(page, PUBLIC) == 200
    assert "智谱的起源" in page.request.get("/quotes/?q=智谱的起源").text()
    page.goto(change_path(draft))
    expect(page.locator(".publication-panel .stage")).to_have_text("已发布")


def test_what_must_be_there_stops_it_and_leads_to_its_field(sign_in, draft):
    Quote.objects.filter(pk=draft.pk).update(body=" ", length=0)
    page = sign_in(change_path(draft))
    begin(page, "publish")
    expect(page.locator(".submit-row input[type=submit]")).to_have_count(0)
    page.get_by_role("link", name="原话").click()
    page.wait_for_url("**/change/#id_body")
    expect(page.locator("#id_body")).to_be_in_viewport()


def test_rows_of_a_list_are_withdrawn_together(sign_in, agi_next):
    page = sign_in("/admin/quotes/quote/")
    for number in (0, 1, 2):
        page.locator(".action-select").nth(number).check()
    page.locator("select[name=action]").select_option("withdraw")
    page.locator("button[name=index]").click()
    confirm(page)
    assert Quote.objects.filter(status="withdrawn").count() == 3


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_draft_is_previewed_by_its_editor_and_by_nobody_else(sign_in, open_page, draft, viewport):
    page = sign_in(change_path(draft), viewport=viewport)
    page.locator('.moves a[href^="/preview/"]').click()
    bar = page.locator(".preview-bar")
    expect(bar).to_contain_text("草稿")
    expect(page.locator("blockquote.words")).to_contain_text("2019年，我们开始研究")
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    bar.get_by_role("link").click()
    page.wait_for_url(f"**{change_path(draft)}")

    stranger = open_page(f"/preview/quotes/{SLUG}/")
    assert stranger.url.endswith(f"/admin/login/?next=/preview/quotes/{SLUG}/")
    assert status_of(stranger, PUBLIC) == 404


def test_an_event_and_its_section_are_previewed_from_their_forms(sign_in, draft):
    Event.objects.update(status="draft", published_at=None)
    page = sign_in(change_path(Event.objects.get()))
    page.locator('.moves a[href^="/preview/"]').click()
    expect(page.get_by_role("heading", level=1)).to_have_text("AGI-Next 前沿峰会")
    page.goto(change_path(draft.section))
    page.locator('.moves a[href^="/preview/"]').click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(draft.section.title)
    expect(page.locator(f"#{SLUG}")).to_be_visible()
