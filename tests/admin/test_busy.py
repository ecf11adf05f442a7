"""While somebody else's save takes long: who waits for it, and what she is told."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Event as Flag

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.db.models.signals import post_save
from django.test import Client

from quotes.admin.same_words import WordsForm
from quotes.history.recording import is_saving, one_save
from quotes.models import ProtectedTerm, Quote, Speaker
from summit.busy import is_busy
from tests.admin.forms import opened
from tests.admin.roles import client_of
from tests.admin.test_editing import url
from tests.conftest import lock_wait
from tests.factories import QuoteFactory, SpeakerFactory
from tests.pictures import picture

LONGEST = 20  # seconds: what waits for the lock meets its end, and the test fails
WAIT = 0.2  # seconds, instead of LOCK_WAIT
PASSWORD = "a password for tests"


@pytest.fixture
def hold(shared_database):
    """A function that gives a context in which another thread is in the midst of a save."""

    @contextmanager
    def hold():
        begun, enough = Flag(), Flag()

        def save():
            with one_save():
                begun.set()
                enough.wait(LONGEST)
            connection.close()

        with ThreadPoolExecutor(1) as threads:
            saving = threads.submit(save)
            assert begun.wait(LONGEST)
            try:
                yield
                assert not saving.done(), "this waited until the other save was over"
            finally:
                enough.set()
                saving.result()

    with lock_wait(WAIT):
        yield hold


@pytest.fixture
def quote(hold):
    return QuoteFactory(status="draft", published_at=None, body="原来的话。", slug="q-1")


@pytest.fixture
def publisher(hold):
    return client_of("publisher")


def sent_again(client, address, page):
    return client.post(address, opened(page))


def is_page_of_the_desk(response):
    page = response.content.decode()
    return (
        response.status_code == 503
        and int(response["Retry-After"]) > 0
        and "no-store" in response["Cache-Control"]
        and "编辑台正忙" in page
        and 'id="site-name"' in page
    )


def test_a_stranger_with_a_made_up_token_neither_waits_nor_holds_anybody_up(hold, quote):
    pages = [url("quote", "change", quote.pk), url("quote", "add"), url("quote", "changelist")]
    pages += [url("quote", "delete", quote.pk), "/admin/password_change/", "/admin/logout/"]
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies["csrftoken"] = token = "a" * 32
    with hold():
        for page in pages:
            answer = stranger.post(page, {"csrfmiddlewaretoken": token, "body": "x", "post": "yes"})
            assert answer.status_code == 302, page
            assert stranger.post(page, {"body": "x"}).status_code == 403
    assert Quote.objects.get().body == "原来的话。"


def test_who_may_not_save_this_is_refused_without_waiting(hold, quote):
    public = QuoteFactory(body="已公开。")
    nobody, editor = client_of("nobody"), client_of("editor")
    data = opened(editor.get(url("quote", "change", quote.pk)))
    with hold():
        for row in (quote, public):
            for page in ("change", "delete"):
                client = nobody if row == quote else editor
                address = url("quote", page, row.pk)
                assert client.post(address, data | {"post": "yes"}).status_code in (403, 200)
        move = url("quote", "move", "publish")
        assert editor.post(move, {"rows": f"{quote.pk}"}).status_code == 403
        assert nobody.post(url("quote", "add"), data).status_code == 403
        for page in ("add/", "1/change/"):
            for client in (nobody, editor):
                assert client.post(f"/admin/auth/user/{page}", data).status_code == 403, page
    assert Quote.objects.count() == 2


def test_a_form_that_is_refused_anyway_is_refused_without_waiting(hold, publisher, quote):
    address = url("quote", "change", quote.pk)
    data = opened(publisher.get(address)) | {"body": "", "title": "我的标题"}
    with hold():
        response = publisher.post(address, data)
    assert response.status_code == 200
    assert opened(response)["title"] == "我的标题"


def test_the_words_are_read_before_the_lock_and_once_more_under_it(publisher, quote, monkeypatch):
    held, clean = [], WordsForm.full_clean

    def noted(form):
        held.append(is_saving())
        clean(form)

    monkeypatch.setattr(WordsForm, "full_clean", noted)
    address = url("quote", "change", quote.pk)
    data = opened(publisher.get(address)) | {"body": "新的话。"}
    held.clear()
    assert publisher.post(address, data).status_code == 302
    assert held == [False, True]


def test_whoever_comes_meanwhile_keeps_her_text_and_sends_it_again(hold, publisher, quote):
    address = url("quote", "change", quote.pk) + "?_changelist_filters=stage%3Ddraft"
    words = "第一段，\"引号\"与 <b>标签</b>。\r\n\r\n第二段 & '撇号'。"
    data = opened(publisher.get(address)) | {"body": words, "_continue": "1"}
    with hold():
        response = publisher.post(address, data)
    assert is_page_of_the_desk(response)
    assert f'action="{address}"' in response.content.decode().replace("&amp;", "&")
    del data["csrfmiddlewaretoken"]
    assert opened(response) | data == opened(response)
    assert Quote.objects.get().body == "原来的话。"
    again = sent_again(publisher, address, response)
    assert again.status_code == 302
    assert "/change/" in again["Location"]
    assert Quote.objects.get().body == words.replace("\r\n", "\n")


def test_what_was_changed_before_it_is_sent_again_is_not_overwritten(hold, publisher, quote):
    address = url("quote", "change", quote.pk)
    data = opened(publisher.get(address)) | {"body": "我的话。"}
    with hold():
        response = publisher.post(address, data)
    with one_save():
        Quote.objects.update(body="她的话。")
    again = sent_again(publisher, address, response)
    assert again.status_code == 200
    assert opened(again)["body"] == "我的话。"
    assert Quote.objects.get().body == "她的话。"


def test_every_other_act_of_the_desk_waits_as_little(hold, publisher, quote):
    page = publisher.get(url("quote", "move", "publish"), {"row": quote.pk})
    publishing = {"rows": page.context["keys"], "mark": page.context["mark"]}
    page = publisher.get(url("quote", "delete", quote.pk))
    deletion = {"post": "yes", "base_version": page.context["base_version"]}
    gone = SpeakerFactory(name="走了的人")
    gone.delete()
    number = Speaker.history.get(name=gone.name, history_type="-").pk
    term = ProtectedTerm.objects.create(term="复杂", traditional="複雜")
    acts = [
        (url("quote", "move", "publish"), publishing),
        (url("speaker", "bring_back", number), {"post": "yes"}),
        (url("protectedterm", "delete", term.pk), {"post": "yes"}),
        (url("quote", "delete", quote.pk), deletion),
    ]
    for address, data in acts:
        with hold():
            response = publisher.post(address, data)
        assert is_page_of_the_desk(response), address
        if data is not deletion:
            assert sent_again(publisher, address, response).status_code == 302
    assert Quote.objects.get().status == "published"
    assert Speaker.objects.filter(name="走了的人").exists()
    assert not ProtectedTerm.objects.exists()


def test_a_file_has_to_be_chosen_again_and_the_page_says_so(hold, publisher):
    speaker, file = SpeakerFactory(), SimpleUploadedFile("one.png", picture())
    address = url("speaker", "change", speaker.pk)
    data = opened(publisher.get(address)) | {"picture_alt": "一个人"}
    with hold():
        response = publisher.post(address, data | {"picture": file})
    page = response.content.decode()
    assert is_page_of_the_desk(response)
    assert "请重新选择" in page
    assert "one.png" in page
    assert 'type="file" name="picture"' in page
    assert 'enctype="multipart/form-data"' in page
    file.seek(0)
    again = publisher.post(address, opened(response) | {"picture": file})
    assert again.status_code == 302
    assert Speaker.objects.get(pk=speaker.pk).picture


def test_signing_in_and_out_is_answered_meanwhile(hold):
    get_user_model().objects.create_user("editor", password=PASSWORD, is_staff=True)
    data = {"username": "editor", "password": PASSWORD, "next": "/admin/"}
    client, other = Client(), Client()
    assert other.post("/admin/login/", data).status_code == 302
    with hold():
        response = client.post("/admin/login/?next=/admin/", data)
        wrong = Client().post("/admin/login/", data | {"password": "wrong"})
        leaving = other.post("/admin/logout/")
    if connection.vendor == "postgresql":
        assert [response.status_code, wrong.status_code, leaving.status_code] == [302, 200, 200]
        return
    for answer in (response, wrong, leaving):
        assert is_page_of_the_desk(answer)
    assert PASSWORD not in response.content.decode()
    assert 'href="/admin/login/?next=/admin/"' in response.content.decode()
    assert client.get("/admin/").status_code == 302
    assert client.post("/admin/login/", data).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert sent_again(other, "/admin/logout/", leaving).status_code == 200
    assert other.get("/admin/").status_code == 302


def test_a_session_that_cannot_be_written_is_no_failure_either(hold, publisher, settings):
    settings.SESSION_SAVE_EVERY_REQUEST = True
    with hold():
        response = publisher.get("/admin/")
    if connection.vendor == "sqlite":
        assert is_page_of_the_desk(response)
        assert 'href="/admin/"' in response.content.decode()
    else:
        assert response.status_code == 200


def test_what_was_saved_is_not_said_to_be_undone_for_the_session(publisher, quote, settings, hold):
    address = url("quote", "change", quote.pk)
    data = opened(publisher.get(address)) | {"body": "新的话。"}
    settings.SESSION_SAVE_EVERY_REQUEST = True
    with ExitStack() as held:

        def hold_from_now_on(**kwargs):
            transaction.on_commit(lambda: held.enter_context(hold()))

        post_save.connect(hold_from_now_on, sender=LogEntry)
        try:
            response = publisher.post(address, data)
        finally:
            post_save.disconnect(hold_from_now_on, sender=LogEntry)
        assert Quote.objects.get().body == "新的话。"
        assert response.status_code == 302


def test_readers_do_not_notice(hold):
    quote = QuoteFactory(body="大家都在读。")
    with hold():
        for page in ("/quotes/", quote.get_absolute_url(), "/quotes/?q=大家"):
            response = Client().get(page)
            assert response.status_code == 200
            assert quote.get_absolute_url() in response.content.decode()


def test_other_failures_of_the_database_are_failures():
    error = OperationalError("disk I/O error")
    assert not is_busy(error)
