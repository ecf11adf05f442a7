"""The log of what was done, and by whom."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quotes.admin.log import FAILED, SIGNED_IN, SIGNED_OUT
from tests.admin.roles import client_of, form_values
from tests.factories import QuoteFactory, TopicFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a password for tests"
LOG = "/admin/admin/logentry/"


@pytest.fixture
def editor():
    return get_user_model().objects.create_user("editor", password=PASSWORD, is_staff=True)


def sign_in(name, password, client=None):
    data = {"username": name, "password": password, "next": "/admin/"}
    return (client or Client()).post("/admin/login/", data, HTTP_X_FORWARDED_FOR="203.0.113.9")


def flags():
    return list(LogEntry.objects.order_by("pk").values_list("action_flag", flat=True))


def test_who_signs_in_fails_to_or_signs_out_is_in_the_log(editor):
    client = Client()
    sign_in("editor", "wrong")
    sign_in("editor", PASSWORD, client)
    client.post(reverse("admin:logout"), HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert flags() == [FAILED, SIGNED_IN, SIGNED_OUT]
    assert set(LogEntry.objects.values_list("user", "change_message")) == {
        (editor.pk, "203.0.113.9")
    }
    page = client_of("administrator").get(LOG, {"done": FAILED}).content.decode()
    assert "203.0.113.9" in page
    assert "登录失败" in page


def test_what_is_no_name_and_what_is_locked_out_is_not_kept(editor):
    sign_in("my password by mistake", "x")
    assert flags() == []
    for _ in range(9):
        sign_in("editor", "wrong")
    assert flags() == [FAILED] * 5


def test_what_is_done_to_content_is_in_the_log_and_leads_there():
    publisher = client_of("publisher")
    quote, topic = QuoteFactory(title="光刻机"), TopicFactory(name="算力")
    change = reverse("admin:quotes_quote_change", args=[quote.pk])
    values = form_values(publisher.get(change))
    assert publisher.post(change, values | {"title": "光刻机与算力"}).status_code == 302
    publisher.post(reverse("admin:quotes_topic_delete", args=[topic.pk]), {"post": "yes"})
    log = client_of("administrator").get(LOG).content.decode()
    assert f'href="{change}">光刻机与算力</a>' in log
    assert "算力" in log
    assert f"/quotes/topic/{topic.pk}/" not in log


def test_the_log_is_filtered_by_person_and_by_what_was_done():
    administrator = client_of("administrator")
    editor = get_user_model().objects.create(username="editor")
    LogEntry.objects.create(user=editor, action_flag=2, object_repr="甲", change_message="[]")
    LogEntry.objects.create(user=editor, action_flag=2, object_repr="乙", change_message="撤回")
    LogEntry.objects.create(user=editor, action_flag=3, object_repr="丙")

    def names(**parameters):
        results = administrator.get(LOG, parameters).context["cl"].result_list
        return {entry.object_repr for entry in results}

    assert names() == {"甲", "乙", "丙", "administrator"}
    assert names(user__id__exact=editor.pk) == {"甲", "乙", "丙"}
    assert names(done="moved") == {"乙"}
    assert names(done=3) == {"丙"}
    assert names(done="x\x01") == names()


def test_the_log_takes_a_fixed_number_of_queries(django_assert_num_queries):
    administrator = client_of("administrator")
    for number in range(40):
        user = get_user_model().objects.create(username=f"user-{number}")
        LogEntry.objects.create(user=user, action_flag=2, object_repr="甲")
    with django_assert_num_queries(10):
        administrator.get(LOG)


def test_nobody_writes_the_log_by_hand():
    superuser = client_of("superuser")
    entry = LogEntry.objects.get()
    assert superuser.get(f"{LOG}add/").status_code == 403
    assert superuser.post(f"{LOG}{entry.pk}/change/", {}).status_code == 403
    assert superuser.post(f"{LOG}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert flags() == [SIGNED_IN]


def test_entries_of_signing_in_are_dropped_after_a_year_and_no_others(editor):
    old = timezone.now() - timedelta(days=366)
    for flag in (SIGNED_IN, FAILED, 3):
        LogEntry.objects.create(user=editor, action_flag=flag, action_time=old)
    sign_in("editor", PASSWORD)
    assert flags() == [3, SIGNED_IN]


def test_the_front_page_of_the_desk_lists_no_signing_in():
    page = client_of("superuser").get("/admin/").content.decode()
    assert "LogEntry" not in page
