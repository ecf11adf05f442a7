"""Nothing lost: two editors on one quote, and a correction undone."""

import re

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from quotes.models import Event, Quote
from tests.browser.conftest import DESKTOP, PHONE

PASSWORD = "a password for tests"


@pytest.fixture
def editor(open_page):
    """A function that signs in another editor, who opens a page of the desk."""

    def editor(name, path, **options):
        get_user_model().objects.create_superuser(name, password=PASSWORD)
        page = open_page(f"/admin/login/?next=/admin/quotes/{path}", **options)
        page.get_by_label("用户名").fill(name)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.locator("#user-tools").wait_for()
        page.wait_for_load_state()
        return page

    return editor


@pytest.fixture
def path(agi_next):
    return f"quote/{Quote.objects.get(slug='agi-next-2026-01').pk}/change/"


def save(page):
    page.get_by_role("button", name="保存并继续编辑").first.click()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_later_of_two_editors_sees_both_versions_and_keeps_her_text(editor, path, viewport):
    first, second = editor("wang", path), editor("li", path, viewport=viewport)
    words = first.locator("#id_body").input_value()
    first.locator("#id_body").fill(words.replace("大力支持", "鼎力支持"))
    first.locator("#id_why").fill("对照录音")
    save(first)
    expect(first.get_by_text("成功修改")).to_be_visible()

    mine = words.replace("大力支持", "全力支持")
    second.locator("#id_body").fill(mine)
    save(second)
    conflict = second.locator(".conflict")
    expect(conflict).to_contain_text("未保存：你打开之后，别人改过这里。")
    expect(conflict).to_contain_text("wang")
    expect(conflict).to_contain_text("对照录音")
    expect(conflict.locator("ins")).to_have_text(["鼎", "全"])
    expect(conflict.locator("del")).to_have_text(["大", "鼎"])
    assert second.locator("#id_body").input_value() == mine
    assert fits(second, ".conflict")
    assert "鼎力支持" in Quote.objects.get(slug="agi-next-2026-01").body

    save(second)
    expect(second.get_by_text("成功修改")).to_be_visible()
    assert "全力支持" in Quote.objects.get(slug="agi-next-2026-01").body


def fits(page, css):
    box = page.locator(css).bounding_box()
    return box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]


def test_a_conflict_in_a_row_of_a_list_can_be_read_on_a_phone(editor):
    path = f"event/{Event.objects.get().pk}/change/"
    first, second = editor("wang", path), editor("li", path, viewport=PHONE)
    for page, title in ((first, "院士"), (second, "教授")):
        page.locator("#id_appearances-0-title").fill(title)
        save(page)
    expect(second.locator(".conflict")).to_have_count(1)
    assert fits(second, ".conflict")
    expect(second.locator("#id_appearances-0-title")).to_have_value("教授")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_correction_is_undone_by_restoring_what_was_before(editor, open_page, path, viewport):
    page = editor("wang", path, viewport=viewport)
    public = "/quotes/agi-next-2026-01/"
    words = page.locator("#id_body").input_value()
    page.locator("#id_body").fill(words.replace("大力支持", "大立支持"))
    page.get_by_role("combobox", name="主题").fill("算力")
    save(page)
    expect(open_page(public).locator("main")).to_contain_text("大立支持")

    page.get_by_role("link", name="历史").click()
    entries = page.locator(".history > li")
    expect(entries).to_have_count(2)
    expect(entries.first.locator("del").first).to_have_text("力")
    expect(entries.first).to_contain_text("当前版本")
    entries.last.get_by_role("link", name="恢复到此版本").click()
    expect(page.locator(".changes ins").first).to_have_text("力")
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page.get_by_role("button", name="恢复").click()
    expect(page.locator("#id_body")).to_have_value(words)
    expect(page.get_by_role("combobox", name="主题")).to_have_value(re.compile("初心与坚持"))
    again = open_page(public).locator("main")
    expect(again).to_contain_text("大力支持")
    expect(again).to_contain_text("初心与坚持")


def test_a_deleted_quote_is_found_and_brought_back(editor, path):
    page = editor("wang", path)
    page.get_by_role("link", name="删除").first.click()
    page.get_by_role("button", name="确定删除").click()
    page.get_by_role("link", name="已删除").click()
    page.get_by_role("link", name="找回").click()
    page.get_by_role("button", name="找回").click()
    expect(page.locator(".publication-panel .stage")).to_have_text("草稿")
    expect(page.get_by_role("combobox", name="主题")).not_to_have_value("")
