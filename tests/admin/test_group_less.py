"""What an account at the desk learns that is in no group: nothing of what there is."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from quotes import models
from tests.admin.roles import client_of, person
from tests.admin.test_roles import OBJECTS, page
from tests.factories import QuoteFactory

pytestmark = pytest.mark.django_db
DRAFT = {"status": "draft", "published_at": None}
GONE = 987_654  # a key that no row has
PAGES = ["change", "delete", "history", "restore"]


def answer(response):
    return response.status_code, response.headers.get("Location"), response.content


@pytest.mark.parametrize("kind", models.__all__)
def test_the_shortcut_to_public_pages_is_closed(kind):
    model = getattr(models, kind)
    if not hasattr(model, "is_public"):
        return
    QuoteFactory(slug="secret", **DRAFT)
    content_type = ContentType.objects.get_for_model(model).pk
    for role in ("anonymous", "nobody", "editor", "superuser"):
        for key in (*model.objects.values_list("pk", flat=True), GONE):
            response = client_of(role).get(f"/admin/r/{content_type}/{key}/")
            assert response.status_code == 404
            assert "Location" not in response.headers


@pytest.mark.parametrize("name", OBJECTS)
def test_no_page_tells_whether_there_is_a_row(name):
    row, client = OBJECTS[name](), client_of("nobody")
    for view in PAGES:
        try:
            there, gone = (page(row, view, key) for key in (row.pk, GONE))
        except NoReverseMatch:  # such rows have no such page
            continue
        for data in (None, {"post": "yes", "base_version": "0"}):
            ask = client.get if data is None else client.post
            found = [answer(ask(address, data)) for address in (there, gone)]
            assert found[0] == found[1], (view, data)
            assert found[0][0] == 403


def test_the_front_page_claims_nothing_of_what_is_not_seen():
    QuoteFactory(title="绝密", **DRAFT)
    text = client_of("nobody").get("/admin/").content.decode()
    assert "绝密" not in text
    claims = ("Nothing: everything is public, and every quote has topics.", "None yet.")
    assert not any(gettext(claim) in text for claim in claims)
    assert "你的账号看不到待办事项" in text


def test_nor_to_who_sees_but_a_part(client):
    user = person("nobody")
    user.user_permissions.set(Permission.objects.filter(codename="view_event"))
    client.force_login(user)
    QuoteFactory(**DRAFT)
    text = client.get("/admin/").content.decode()
    assert gettext("Nothing: everything is public, and every quote has topics.") not in text


def test_what_does_not_depend_on_rows_is_open_to_all_at_the_desk():
    client = client_of("nobody")
    for name in ("index", "guide", "password_change", "jsi18n"):
        assert client.get(reverse(f"admin:{name}")).status_code == 200
    for name in ("app_list", "autocomplete"):
        address = "/admin/quotes/" if name == "app_list" else reverse("admin:autocomplete")
        assert client.get(address).status_code in (403, 404)
