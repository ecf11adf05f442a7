"""Two editors on one object: nobody overwrites what she has not seen."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client

from quotes.history.recording import one_save
from quotes.models import Appearance, Event, Quote, Section, TaggedQuote
from tests.admin.forms import opened
from tests.admin.test_editing import url
from tests.factories import (
    AppearanceFactory,
    QuoteFactory,
    SectionFactory,
    SpeakerFactory,
    TopicFactory,
)

CHANGED = "未保存：你打开之后，别人改过这里。"
GONE = "未保存：你打开之后，这一项被删除或移走了。"
RACES = 100


@pytest.fixture
def open_form(admin_client):
    """A function that opens a row's form; what it gives posts it with changes."""

    def open_form(row):
        address = url(row._meta.model_name, "change", row.pk)
        data = opened(admin_client.get(address))

        def save(again=None, **changes):
            changed = {name.replace("__", "-"): value for name, value in changes.items()}
            base = data if again is None else opened(again)
            return admin_client.post(address, base | changed)

        return save

    return open_form


@pytest.fixture
def quote(db):
    return QuoteFactory(status="draft", published_at=None, body="原来的话。", slug="q-1")


def refused(response, why=CHANGED):
    return response.status_code == 200 and why in response.content.decode()


def saved(response):
    assert response.status_code == 302, [*response.context["errors"]]
    return True


def test_the_second_of_two_is_refused_and_shown_both_with_her_own_text_kept(open_form, quote):
    first, second = open_form(quote), open_form(quote)
    assert saved(first(body="她的话。", why="对照原文"))
    response = second(body="我的话。", title="我的标题")
    assert refused(response)
    page = response.content.decode()
    assert "<del>原来</del><ins>她</ins>的话。" in page
    assert "<del>她</del><ins>我</ins>的话。" in page
    assert "对照原文" in page
    assert opened(response)["body"] == "我的话。"
    assert opened(response)["title"] == "我的标题"
    assert Quote.objects.get().body == "她的话。"


def test_saved_again_knowingly_the_second_goes_through(open_form, quote):
    first, second = open_form(quote), open_form(quote)
    first(body="她的话。")
    response = second(body="我的话。")
    assert saved(second(again=response, body="我们的话。"))
    assert Quote.objects.get().body == "我们的话。"


def test_a_third_editor_meanwhile_is_not_overwritten_either(open_form, quote):
    first, second, third = (open_form(quote) for _ in range(3))
    first(body="甲。")
    response = second(body="乙。")
    assert saved(third(again=third(body="丙。")))
    response = second(again=response)
    assert refused(response)
    assert "<del>甲</del><ins>丙</ins>。" in response.content.decode()


def test_what_was_saved_without_a_change_overwrites_nothing(open_form, quote):
    first, second = open_form(quote), open_form(quote)
    first(body="她的话。")
    assert saved(second())
    assert Quote.objects.get().body == "她的话。"


def test_line_breaks_as_browsers_send_them_are_no_change(open_form, quote):
    words = "第一段。\n\n第二段。"
    Quote.objects.update(body=words, context=words)
    versions = quote.history.count()
    first, second = open_form(quote), open_form(quote)
    assert saved(first())
    assert quote.history.count() == versions
    Quote.objects.update(body="新的第一段。\n\n第二段。")
    assert saved(second())
    assert Quote.objects.get().body.startswith("新的")


def test_two_who_write_the_same_do_not_disturb_each_other(open_form, quote):
    first, second = open_form(quote), open_form(quote)
    first(title="标题")
    assert saved(second(title="标题"))


def test_other_fields_than_ones_own_are_a_conflict_too(open_form, quote):
    first, second = open_form(quote), open_form(quote)
    first(wording="verbatim")
    response = second(body="我的话。")
    assert refused(response)
    assert "<del>措辞未注明</del><ins>逐字</ins>" in response.content.decode()


def test_topics_are_guarded_as_the_words_are(open_form, quote):
    for name in ("算力", "开源", "芯片"):
        TopicFactory(name=name)
    first, second, third = (open_form(quote) for _ in range(3))
    assert saved(first(topics="算力"))
    response = second(topics="开源")
    assert refused(response)
    page = response.content.decode()
    assert "<ins>算力</ins>" in page
    assert "<del>算力</del><ins>开源</ins>" in page
    assert refused(third(body="我的话。"))
    assert saved(second(again=response))
    assert TaggedQuote.objects.get().tag.name == "开源"


def test_a_quote_that_was_published_meanwhile_is_not_hidden_again(open_form, quote):
    second = open_form(quote)
    with one_save():
        row = Quote.objects.get()
        row.status, row.published_at = "published", "2026-01-01T00:00Z"
        row.save()
    second(body="我的话。")
    assert Quote.objects.get().status == "published"
    assert Quote.objects.get().published_at


def test_a_place_that_moved_because_others_were_put_before_is_kept(open_form, quote):
    save = open_form(quote)
    QuoteFactory(section=quote.section, position=1, slug="a")
    Quote.objects.filter(section=quote.section).renumber()
    assert saved(save(title="标题"))
    quote.refresh_from_db()
    assert (quote.title, quote.position) == ("标题", 2)


def test_a_place_that_two_change_is_a_conflict(open_form, quote):
    save = open_form(quote)
    QuoteFactory(section=quote.section, position=1, slug="a")
    Quote.objects.filter(section=quote.section).renumber()
    assert refused(save(position="5"))


def test_rows_of_an_inline_are_guarded_one_by_one(open_form, quote):
    other = QuoteFactory(section=quote.section, slug="q-2", body="另一句。")
    first, second = open_form(quote.section), open_form(quote.section)
    assert saved(first(**{"quotes-0-body": "她的话。"}))
    assert saved(second(**{"quotes-1-body": "我的另一句。"}))
    bodies = Quote.objects.in_position().values_list("body", flat=True)
    assert [*bodies] == ["她的话。", "我的另一句。"]
    third = open_form(quote.section)
    with one_save():
        Quote.objects.filter(pk=other.pk).update(body="改过的另一句。")
    response = third(**{"quotes-0-body": "我的话。", "quotes-1-body": "我又改了。"})
    assert refused(response)
    assert response.content.decode().count(CHANGED) == 1
    assert opened(response)["quotes-1-body"] == "我又改了。"
    assert opened(response)["quotes-0-body"] == "我的话。"
    assert Quote.objects.get(slug="q-1").body == "她的话。"
    assert saved(third(again=response))
    assert Quote.objects.get(slug="q-2").body == "我又改了。"


def test_a_row_changed_on_its_own_page_is_not_overwritten_by_the_list_it_is_in(open_form, quote):
    section, own = open_form(quote.section), open_form(quote)
    assert saved(own(body="她的话。"))
    assert refused(section(**{"quotes-0-body": "我的话。"}))
    own = open_form(quote)
    assert saved(open_form(quote.section)(**{"quotes-0-body": "我的话。"}))
    assert refused(own(body="别的话。"))


def test_a_row_that_was_changed_meanwhile_is_not_deleted_by_a_tick(open_form, quote):
    save = open_form(quote.section)
    assert saved(open_form(quote)(body="她的话。"))
    response = save(**{"quotes-0-DELETE": "on"})
    assert response.status_code == 200
    assert "<ins>她</ins>的话。" in response.content.decode()
    assert saved(save(again=response, **{"quotes-0-DELETE": "on"}))
    assert not Quote.objects.exists()


def test_a_row_that_only_moved_meanwhile_is_deleted_by_a_tick(open_form, quote):
    save = open_form(quote.section)
    QuoteFactory(section=quote.section, position=1, slug="a")
    Quote.objects.filter(section=quote.section).renumber()
    assert saved(save(**{"quotes-0-DELETE": "on"}))
    assert Quote.objects.get().slug == "a"


@pytest.mark.parametrize("change", [{"body": "她的话。"}, {"topics": "算力"}])
def test_what_was_changed_meanwhile_is_asked_about_again_before_it_is_deleted(
    admin_client, open_form, quote, change
):
    TopicFactory(name="算力")
    page = url("quote", "delete", quote.pk)
    seen = {"post": "yes", "base_version": admin_client.get(page).context["base_version"]}
    assert saved(open_form(quote)(**change))
    assert admin_client.post(page, seen)["Location"] == page
    seen["base_version"] = admin_client.get(page).context["base_version"]
    admin_client.post(page, seen)
    assert not Quote.objects.exists()


def test_an_appearance_made_on_the_way_is_no_conflict(open_form, db):
    section = SectionFactory()
    event = section.event
    AppearanceFactory(event=event, title="教授")
    save = open_form(event)
    said = QuoteFactory(section=section)
    assert saved(save(**{"appearances-0-title": "院士"}))
    assert Appearance.objects.filter(event=event, speaker=said.speaker).exists()
    assert Appearance.objects.filter(event=event, title="院士").count() == 1


def test_what_was_written_in_a_row_that_was_deleted_meanwhile_is_kept(open_form, quote):
    gone = QuoteFactory(section=quote.section, slug="q-0", position=0, body="要没了。")
    QuoteFactory(section=quote.section, slug="q-2", position=2, body="还在。")
    save = open_form(quote.section)
    gone.delete()
    response = save(**{"quotes-0-body": "我的话。", "quotes-2-body": "改了。"})
    assert refused(response, GONE)
    form = opened(response)
    assert [form[f"quotes-{n}-body"] for n in range(3)] == ["原来的话。", "改了。", "我的话。"]
    assert form["quotes-INITIAL_FORMS"] == "2"
    assert Quote.objects.filter(body="改了。").count() == 0
    assert saved(save(again=response))
    assert set(Quote.objects.values_list("body", flat=True)) == {"原来的话。", "改了。", "我的话。"}


def test_what_was_written_in_a_form_whose_row_was_deleted_meanwhile_is_kept(open_form, quote):
    save = open_form(quote)
    quote.delete()
    response = save(body="我的话。")
    assert refused(response, GONE)
    assert opened(response)["body"] == "我的话。"
    assert not Quote.objects.exists()
    assert saved(save(again=response))
    assert Quote.objects.get().body == "我的话。"


def test_a_section_deleted_meanwhile_keeps_all_that_was_written(open_form, quote):
    save = open_form(quote.section)
    section = quote.section
    quote.delete()
    section.delete()
    response = save(title="我的章节", **{"quotes-0-body": "我的话。"})
    assert response.content.decode().count(GONE) == 2
    assert opened(response)["title"] == "我的章节"
    assert opened(response)["quotes-0-body"] == "我的话。"
    assert saved(save(again=response))
    assert Section.objects.get().title == "我的章节"


def test_a_picture_that_was_changed_meanwhile_is_a_conflict(open_form, db):
    speaker = SpeakerFactory(picture="speakers/a.webp", picture_alt="甲")
    save = open_form(speaker)
    with one_save():
        type(speaker).objects.update(picture="speakers/b.webp")
    response = save(biography="生平")
    assert refused(response)
    assert "speakers/" in response.content.decode()


@pytest.mark.parametrize("base", ["x", "-1", "9" * 40, ".", "0", "\x00"])
def test_a_version_that_never_was_overwrites_nothing(admin_client, quote, base):
    address = url("quote", "change", quote.pk)
    data = opened(admin_client.get(address)) | {"base_version": base, "body": "我的话。"}
    assert admin_client.post(address, data).status_code == 200
    assert Quote.objects.get().body == "原来的话。"


@pytest.mark.parametrize("key", ["x", "-1", "9" * 40, "", "\x00"])
@pytest.mark.parametrize("count", ["1", "0", "x", "9" * 30])
def test_odd_rows_of_an_inline_get_an_answer(admin_client, quote, key, count):
    address = url("section", "change", quote.section_id)
    data = opened(admin_client.get(address))
    data |= {"quotes-0-id": key, "quotes-INITIAL_FORMS": count, "quotes-0-body": "改了。"}
    assert admin_client.post(address, data).status_code in (200, 302)
    assert Quote.objects.get(pk=quote.pk).body == "原来的话。"


@pytest.mark.parametrize("model", ["event", "section"])
def test_who_may_only_look_is_asked_nothing(client, quote, model):
    user = get_user_model().objects.create_user("guest", password="x", is_staff=True)
    views = Permission.objects.filter(content_type__app_label="quotes", codename__startswith="view")
    user.user_permissions.set(views)
    user.user_permissions.add(*Permission.objects.filter(codename="change_quote"))
    client.force_login(user)
    row = getattr(quote, model)
    page = client.get(url(model, "change", row.pk))
    assert page.status_code == 200
    assert "base_version" not in page.content.decode()
    assert "Why" not in page.content.decode()


# Races


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """The test database as several threads can use it: on SQLite, a copy of it in a file."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    file = tmp_path / "shared.sqlite3"
    with sqlite3.connect(file) as copy:
        in_memory.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = in_memory, name


@pytest.fixture
def race(shared_database):
    """A function that posts two sets of data to one address at once; the two answers."""
    user = get_user_model().objects.create_superuser("editor", password="x")
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(user)
    barrier = Barrier(2, timeout=30)

    def post(client, address, data):
        barrier.wait()
        return client.post(address, data)

    def leave():
        barrier.wait()
        connection.close()

    with ThreadPoolExecutor(2) as threads:

        def race(address, *posted):
            runs = [
                threads.submit(post, client, address, data)
                for client, data in zip(clients, posted, strict=True)
            ]
            return [run.result() for run in runs]

        yield race
        for _ in clients:
            threads.submit(leave)


@pytest.mark.parametrize("kind", ["quote", "event", "inline"])
def test_of_two_who_save_at_once_one_is_refused(race, admin_client, kind):
    quote = QuoteFactory(body="原来的话。")
    row, field, kept = {
        "quote": (quote, "body", lambda: Quote.objects.get().body),
        "event": (quote.event, "name", lambda: Event.objects.get().name),
        "inline": (quote.section, "quotes-0-body", lambda: Quote.objects.get().body),
    }[kind]
    address = url(row._meta.model_name, "change", row.pk)
    page = admin_client.get(address)
    for n in range(RACES):
        form = opened(page)
        answers = race(address, form | {field: f"甲{n}。"}, form | {field: f"乙{n}。"})
        codes = [answer.status_code for answer in answers]
        assert sorted(codes) == [200, 302]
        assert kept() == f"{'甲乙'[codes.index(302)]}{n}。"
        page = answers[codes.index(200)]  # which shows the form as it is to be saved next
        assert refused(page)
