"""Signing in: locked after failures, per name and address; sessions end with the password."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory
from django.utils import timezone

from summit.sign_in import client_address

PASSWORD = "a password for tests"
PROXY, STRANGER, OFFICE = "10.0.0.1", "203.0.113.9", "198.51.100.7"


@pytest.fixture
def editor(db):
    return get_user_model().objects.create_user("editor", password=PASSWORD, is_staff=True)


@pytest.fixture(autouse=True)
def behind_a_proxy(settings):
    settings.TRUSTED_PROXIES = [ip_network(PROXY), ip_network("192.0.2.0/24")]


def sign_in(password=PASSWORD, address=OFFICE, name="editor", client=None):
    return (client or Client()).post(
        "/admin/login/",
        {"username": name, "password": password, "next": "/admin/"},
        REMOTE_ADDR=PROXY,
        HTTP_X_FORWARDED_FOR=address,
    )


def fail(times, **values):
    return [sign_in("wrong", **values).status_code for _ in range(times)]


def test_signing_in_is_locked_after_five_failures_and_says_until_when(editor):
    assert fail(6) == [200, 200, 200, 200, 429, 429]
    response = sign_in()
    assert response.status_code == 429
    until = timezone.localtime() + timedelta(minutes=15)
    minutes = {f"{until - timedelta(minutes=late):%H:%M}" for late in (0, 1)}
    assert any(minute in response.content.decode() for minute in minutes)
    assert 0 < int(response["Retry-After"]) <= 900


def test_a_stranger_does_not_lock_the_editor_out(editor):
    assert fail(7, address=STRANGER)[-1] == 429
    assert sign_in(address=OFFICE).status_code == 302
    assert sign_in(address=STRANGER).status_code == 429
    assert fail(7, address=f"{OFFICE}, {STRANGER}")[-1] == 429  # what a client claims is nothing
    assert sign_in(address=OFFICE).status_code == 302


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:x", ""]
)
def test_signing_in_leads_to_the_desk_and_nowhere_else(editor, elsewhere):
    client = Client()
    for _ in range(2):  # signing in, and again when signed in
        response = client.post(
            f"/admin/login/?next={elsewhere}",
            {"username": "editor", "password": PASSWORD, "next": elsewhere},
        )
        assert response.status_code == 302
        assert client.get(response["Location"]).status_code == 200
        assert response["Location"] == "/admin/"


def test_it_opens_by_itself_and_trying_meanwhile_does_not_prolong_it(editor):
    fail(5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert sign_in().status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in().status_code == 302
    assert not AccessAttempt.objects.exists()


def test_a_success_forgets_the_failures_before(editor):
    fail(4)
    assert sign_in().status_code == 302
    assert fail(4)[-1] == 200


def test_another_browser_counts_with_the_first(editor):
    for browser in range(5):
        client = Client(HTTP_USER_AGENT=f"browser {browser}")
        response = sign_in("wrong", client=client)
    assert response.status_code == 429


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        (OFFICE, None, OFFICE),
        (OFFICE, STRANGER, OFFICE),
        (PROXY, OFFICE, OFFICE),
        (PROXY, f"{STRANGER}, {OFFICE}", OFFICE),
        (PROXY, f"{STRANGER}, {OFFICE}, 192.0.2.77", OFFICE),
        (PROXY, f" {OFFICE} ,{PROXY}", OFFICE),
        (PROXY, None, PROXY),
        (PROXY, "nonsense", PROXY),
        (PROXY, f"{OFFICE}, \x00", PROXY),
        (PROXY, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (f"::ffff:{PROXY}", OFFICE, OFFICE),
        ("", OFFICE, None),
    ],
)
def test_an_address_is_believed_only_from_a_proxy_that_is_trusted(peer, forwarded, address):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers)) == address


def test_the_other_sessions_end_on_a_password_change(editor):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        sign_in(client=client)
        assert client.get("/admin/").status_code == 200
    new = "another one, rather long"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post("/admin/password_change/", data).status_code == 302
    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302
    assert sign_in(new).status_code == 302


@pytest.mark.parametrize("weak", ["elevenchars", "q1w2e3r4t5y6", "190384756201"])
def test_a_weak_password_is_refused(editor, weak):
    client = Client()
    client.force_login(editor)
    data = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    assert client.post("/admin/password_change/", data).status_code == 200


def test_a_session_lasts_a_working_day_and_public_pages_set_no_cookie(editor):
    client = Client()
    assert sign_in(client=client).cookies["sessionid"]["max-age"] == 12 * 3600
    assert client.get("/about/").cookies == {}


@pytest.mark.parametrize("name", ["x" * 151, "x" * 10_000])
def test_a_name_that_nobody_can_have_gets_an_answer_and_is_not_kept(db, name):
    assert sign_in("wrong", name=name).status_code == 200
    assert not AccessAttempt.objects.exists()


def test_other_spellings_of_a_name_and_other_browsers_are_no_way_round(editor):
    for n, name in enumerate(["editor", "ｅditor", " editor", "editor", "ｅｄｉｔｏｒ"]):
        sign_in("wrong", name=name, client=Client(HTTP_USER_AGENT=f"browser {n}"))
    assert sign_in().status_code == 429
