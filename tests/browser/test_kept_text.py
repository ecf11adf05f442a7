"""What is typed at the desk is kept in the browser until it is saved."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import OperationalError
from playwright.sync_api import expect

from quotes.models import Quote, Section, Speaker
from quotes.search.models import ContentState
from tests.browser.conftest import DESKTOP, PASSWORD, PHONE, fill_in_sign_in

TYPED = "一句还没有保存的话"
WIDTHS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


def change_path(row):
    return f"/admin/quotes/{row._meta.model_name}/{row.pk}/change/"


@pytest.fixture
def quote(agi_next):
    return Quote.objects.get(slug="agi-next-2026-01")


def busy():
    """Wait for the lock in vain."""
    error = OperationalError("canceling statement due to lock timeout")
    error.sqlstate = "55P03"
    raise error


def type_context(page):
    page.get_by_label("背景").fill(TYPED)
    page.wait_for_timeout(400)


def save(page):
    page.get_by_role("button", name="保存", exact=True).first.click()


def bar(page):
    return page.locator(".kept-text")


def restore(page):
    expect(bar(page).get_by_role("button", name="恢复")).to_be_visible()
    expect(bar(page).get_by_role("status")).to_contain_text("之前有内容没有保存")
    bar(page).get_by_role("button", name="恢复").press("Enter")
    expect(bar(page).get_by_role("button")).to_have_count(0)
    expect(bar(page).get_by_role("status")).to_contain_text("已恢复")


def kept(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kept-text'))")


@WIDTHS
def test_text_survives_an_expired_session_and_is_gone_once_saved(sign_in, quote, viewport):
    page = sign_in(change_path(quote), viewport=viewport)
    page.get_by_label("背景").fill(TYPED)
    Session.objects.all().delete()
    save(page)
    fill_in_sign_in(page, "editor")
    expect(page.get_by_label("背景")).to_have_value("")
    restore(page)
    expect(page.get_by_label("背景")).to_have_value(TYPED)
    expect(page.get_by_label("背景")).to_be_focused()
    save(page)
    expect(page.get_by_text("成功修改")).to_be_visible()
    quote.refresh_from_db()
    assert quote.context == TYPED
    assert kept(page) == []
    page.goto(change_path(quote))
    expect(bar(page)).to_be_attached()
    expect(bar(page).get_by_role("button")).to_have_count(0)


@WIDTHS
def test_text_of_a_closed_tab_is_offered_and_can_be_discarded(sign_in, quote, viewport):
    page = sign_in(change_path(quote), viewport=viewport)
    page.get_by_label("背景").fill(TYPED)
    page.close(run_before_unload=True)
    page = page.context.new_page()
    page.goto(change_path(quote))
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    bar(page).get_by_role("button", name="丢弃").click()
    expect(bar(page).get_by_role("status")).to_have_text("已丢弃。")
    assert kept(page) == []
    page.reload()
    expect(bar(page).get_by_role("button")).to_have_count(0)


def test_text_survives_a_server_that_is_away(sign_in, quote):
    page = sign_in(change_path(quote))
    page.get_by_label("背景").fill(TYPED)
    page.route("**/change/", lambda route: route.abort())
    save(page)
    page.wait_for_timeout(500)
    page.unroute("**/change/")
    page.goto("/admin/")
    page.goto(change_path(quote))
    restore(page)
    assert len(kept(page)) == 1
    save(page)
    expect(page.get_by_text("成功修改")).to_be_visible()
    assert kept(page) == []


def test_text_with_an_error_in_it_is_kept_until_it_is_right(sign_in, quote):
    page = sign_in(change_path(quote))
    type_context(page)
    page.locator("#id_highlight").fill("没说过的话")
    save(page)
    expect(page.locator(".errornote")).to_be_visible()
    expect(bar(page).get_by_role("button")).to_have_count(0)
    assert len(kept(page)) == 1
    page.goto(change_path(quote))
    restore(page)
    expect(page.locator("#id_highlight")).to_have_value("没说过的话")
    page.locator("#id_highlight").fill("")
    save(page)
    expect(page.get_by_text("成功修改")).to_be_visible()
    assert kept(page) == []


def test_pickers_topics_and_boxes_come_back_as_they_were(sign_in, quote):
    page = sign_in("/admin/quotes/quote/add/")
    page.get_by_role("combobox", name="嘉宾").first.click()
    page.keyboard.type("姚顺")
    page.get_by_role("option", name="姚顺雨").click()
    page.locator("#id_body").fill(TYPED)
    page.get_by_role("combobox", name="主题").fill("算力、开源")
    page.locator("#id_featured").check()
    page.locator("#id_wording").select_option("edited")
    page.close(run_before_unload=True)
    page = page.context.new_page()
    page.goto("/admin/quotes/quote/add/")
    restore(page)
    expect(page.locator("#select2-id_speaker-container")).to_contain_text("姚顺雨")
    expect(page.get_by_role("combobox", name="主题")).to_have_value("算力、开源")
    expect(page.locator("#id_featured")).to_be_checked()
    expect(page.locator("#id_wording")).to_have_value("edited")
    page.evaluate(
        "pk => { const section = document.querySelector('#id_section');"
        "section.add(new Option('x', pk, true, true)); }",
        Section.objects.first().pk,
    )
    save(page)
    expect(page.get_by_text("成功添加")).to_be_visible()
    assert Quote.objects.get(body=TYPED).speaker.name == "姚顺雨"
    assert kept(page) == []


def test_rows_of_an_inline_come_back_to_the_rows_they_were_typed_into(sign_in, quote):
    section = quote.section
    page = sign_in(change_path(section))
    page.locator("#id_quotes-0-title").fill(TYPED)
    page.locator("#quotes-group .add-row a").click()
    new = section.quotes.count()
    page.locator(f"#id_quotes-{new}-body").fill("新的一行")
    page.close(run_before_unload=True)
    # Meanwhile somebody puts another quote before all others.
    first = section.quotes.in_position().first()
    other = Quote(section=section, speaker=Speaker.objects.first(), body="先到的", position=0)
    other.save()
    page = page.context.new_page()
    page.goto(change_path(section))
    restore(page)
    expect(page.locator("#id_quotes-1-title")).to_have_value(TYPED)
    expect(page.locator("#id_quotes-1-id")).to_have_value(str(first.pk))
    expect(page.locator("#id_quotes-0-title")).to_have_value("")
    expect(page.locator(f"#id_quotes-{new + 1}-body")).to_have_value("新的一行")


def test_what_has_no_field_any_more_can_be_copied(sign_in, quote):
    section = quote.section
    page = sign_in(change_path(section))
    page.locator("#id_quotes-0-title").fill(TYPED)
    page.close(run_before_unload=True)
    section.quotes.in_position().first().delete()
    page = page.context.new_page()
    page.goto(change_path(section))
    restore(page)
    expect(bar(page).get_by_label("这些内容在表单里已没有对应的栏目")).to_have_value(TYPED)


def test_the_version_that_was_read_comes_back_with_the_text(sign_in, quote):
    version = "document.querySelector('[name=base_version]').value"
    page = sign_in(change_path(quote))
    read = page.evaluate(version)
    type_context(page)
    page.goto("/admin/")
    row = Quote.objects.get(pk=quote.pk)
    row.title = "别人改过的标题"
    row.save()
    page.goto(change_path(quote))
    assert page.evaluate(version) != read
    restore(page)
    assert page.evaluate(version) == read


def test_another_person_at_the_same_browser_is_not_offered_it(sign_in, quote):
    page = sign_in(change_path(quote))
    type_context(page)
    get_user_model().objects.create_superuser("other", password=PASSWORD)
    Session.objects.all().delete()
    page.goto(f"/admin/login/?next={change_path(quote)}")
    fill_in_sign_in(page, "other")
    expect(bar(page)).to_be_attached()
    expect(bar(page).get_by_role("button")).to_have_count(0)
    assert len(kept(page)) == 1


def test_two_tabs_do_not_overwrite_each_other(sign_in, quote):
    first = sign_in("/admin/quotes/topic/add/")
    second = first.context.new_page()
    second.goto("/admin/quotes/topic/add/")
    for page, name in ((first, "甲"), (second, "乙")):
        page.locator("#id_name").fill(name)
        page.close(run_before_unload=True)
    page = second.context.new_page()
    page.goto("/admin/quotes/topic/add/")
    expect(bar(page).get_by_role("button", name="恢复")).to_have_count(2)


def test_nothing_is_kept_of_people_and_what_is_old_goes(sign_in, quote):
    page = sign_in("/admin/auth/user/add/")
    page.locator("#id_username").fill("somebody")
    page.locator("#id_password1").fill("a secret of somebody")
    page.wait_for_timeout(400)
    assert kept(page) == []
    month = 31 * 24 * 3600 * 1000
    page.evaluate(
        "age => localStorage.setItem('kept-text:1:/x/:1', JSON.stringify({at: Date.now() - age}))",
        month,
    )
    page.goto("/admin/")
    assert kept(page) == []


def test_text_survives_a_busy_desk_also_on_its_page(sign_in, open_page, quote, monkeypatch):
    typed = f'{TYPED}\n\n第二段："引号" & <b>标签</b>'
    page = sign_in(change_path(quote))
    page.get_by_label("背景").fill(typed)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(ContentState, "lock", busy)
        save(page)
        expect(page.get_by_role("heading", name="编辑台正忙")).to_be_visible()
        assert len(kept(page)) == 1
    page.get_by_role("button", name="再提交一次").click()
    expect(page.get_by_text("成功修改")).to_be_visible()
    quote.refresh_from_db()
    assert quote.context == typed
    assert kept(page) == []
    assert "503" in open_page.complaints.pop()
