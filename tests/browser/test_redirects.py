"""A publisher changes a slug; what readers kept leads to the new address."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from playwright.sync_api import expect

from quotes.models import Event, Quote
from tests.browser.conftest import DESKTOP, PHONE

PASSWORD = "a password for tests"


@pytest.fixture
def publish(open_page):
    """A function that opens a page of the desk for someone who may publish."""

    def publish(path, **options):
        user = get_user_model().objects.create_user("publisher", password=PASSWORD, is_staff=True)
        user.user_permissions.set(Permission.objects.filter(content_type__app_label="quotes"))
        page = open_page(f"/admin/login/?next={path}", **options)
        page.get_by_label("用户名").fill("publisher")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.locator("#user-tools").wait_for()
        page.wait_for_load_state()
        return page

    return publish


def desk_path(row, page):
    return f"/admin/quotes/{row._meta.model_name}/{row.pk}/{page}/"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_changed_slug_leads_on_from_pages_and_searches(publish, viewport):
    page = publish("/admin/quotes/event/", viewport=viewport)
    page.get_by_role("link", name="AGI-Next 前沿峰会").first.click()
    slug = page.get_by_label("网址名")
    expect(slug).to_have_accessible_description(
        "公开网址的一部分，读者可能已经收藏。改动后，旧网址（包括筛选和收藏的搜索）永远转到新网址，"
        "别的页面不能再用它。留空则不变。"
    )
    slug.fill("agi-next-beijing-2026")
    page.get_by_role("button", name="保存", exact=True).first.click()
    expect(page.get_by_text("成功修改")).to_be_visible()

    page.goto("/events/agi-next-2026/")
    assert page.url.endswith("/events/agi-next-beijing-2026/")
    expect(page.get_by_role("heading", level=1)).to_have_text("AGI-Next 前沿峰会")
    page.goto("/en/quotes/?topic=compute&event=agi-next-2026&q=算力")
    assert page.url.endswith("&event=agi-next-beijing-2026&topic=compute")
    expect(page.locator("#result-count")).not_to_have_attribute("value", "0")
    page.goto("/quotes/?event=agi-next-2026")
    expect(page.locator("#result-count")).to_have_attribute("value", "44")


def test_a_slug_that_readers_knew_is_refused_to_another_summit(publish):
    event = Event.objects.get()
    event.slug = "agi-next-beijing-2026"
    event.save()
    page = publish("/admin/quotes/event/add/")
    page.get_by_role("textbox", name="名称:", exact=True).fill("另一场")
    page.get_by_label("日期", exact=False).first.fill("2027-01-10")
    page.get_by_label("网址名").fill("agi-next-2026")
    page.get_by_role("button", name="保存", exact=True).first.click()
    expect(page.get_by_text("这个网址名曾公开指向别的内容")).to_be_visible()
    assert Event.objects.count() == 1


def test_deleting_says_which_addresses_die(publish):
    quote = Quote.objects.get(slug="agi-next-2026-01")
    page = publish(desk_path(quote, "change"), viewport=PHONE)
    page.get_by_role("link", name="删除").first.click()
    expect(page.get_by_text("建议改为撤回")).to_be_visible()
    expect(page.get_by_role("link", name="/quotes/agi-next-2026-01/")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="不删，返回").click()
    page.wait_for_url(f"**{desk_path(quote, 'change')}")


def test_words_that_are_there_already_are_saved_after_a_tick(publish):
    quote, other = Quote.objects.filter(slug__in=("agi-next-2026-01", "agi-next-2026-02"))
    page = publish(desk_path(other, "change"), viewport=PHONE)
    page.get_by_label("原话").fill(quote.body)
    page.get_by_role("button", name="保存", exact=True).first.click()
    expect(page.get_by_role("link", name=quote.slug)).to_be_visible()
    page.get_by_label("原话无误").check()
    page.get_by_role("button", name="保存", exact=True).first.click()
    expect(page.get_by_text("成功修改")).to_be_visible()
    assert Quote.objects.get(pk=other.pk).fingerprint == quote.fingerprint
