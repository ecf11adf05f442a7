"""An editor at the desk, with the mouse far away."""

import pytest
from playwright.sync_api import expect

from quotes.models import Quote, Topic
from tests.browser.conftest import DESKTOP, PHONE


def change_path(slug):
    return f"/admin/quotes/quote/{Quote.objects.get(slug=slug).pk}/change/"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_topics_are_suggested_and_chosen_by_keyboard(sign_in, viewport):
    page = sign_in(change_path("agi-next-2026-01"), viewport=viewport)
    field = page.get_by_role("combobox", name="主题")
    field.focus()
    page.keyboard.press("End")
    page.keyboard.type("、智能")
    expect(page.get_by_role("option", name="智能体 Agent")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).not_to_be_visible()
    page.get_by_role("button", name="保存", exact=True).first.click()
    expect(page.get_by_text("成功修改")).to_be_visible()
    names = {
        tagged.tag.name for tagged in Quote.objects.get(slug="agi-next-2026-01").tagged_quotes.all()
    }
    assert names == {"初心与坚持", "学界与产业", "智能体 Agent"}


def test_a_new_topic_is_made_only_after_a_tick(sign_in):
    page = sign_in(change_path("agi-next-2026-01"))
    page.get_by_role("combobox", name="主题").fill("算力、创业")
    page.get_by_role("button", name="保存", exact=True).first.click()
    expect(page.get_by_text("还没有这些主题：创业。")).to_be_visible()
    assert not Topic.objects.filter(name="创业").exists()
    page.get_by_label("新建这些主题：创业").check()
    page.get_by_role("button", name="保存", exact=True).first.click()
    expect(page.get_by_text("成功修改")).to_be_visible()
    assert Topic.objects.get(name="创业").slug == "chuang-ye"


def test_a_speaker_is_picked_by_typing_and_shown_with_the_title(sign_in):
    page = sign_in(change_path("agi-next-2026-01"))
    page.locator("#select2-id_speaker-container").click()
    page.keyboard.type("姚顺")
    page.get_by_role("option", name="姚顺雨（OpenAI 前核心研究者、腾讯 AI 新部门负责人）").click()
    page.get_by_role("button", name="保存并继续编辑").first.click()
    expect(page.locator("#select2-id_speaker-container")).to_contain_text("姚顺雨（OpenAI")


def test_every_desk_page_is_free_of_complaints(sign_in):
    page = sign_in("/admin/")
    for path in ("event/add/", "section/add/", "quote/add/", "quote/", "event/", "topic/add/"):
        page.goto(f"/admin/quotes/{path}")
        expect(page.get_by_role("link", name="峰会语录")).to_be_visible()
