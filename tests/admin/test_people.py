"""People and groups."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from quotes.admin.groups import ADMINISTRATORS, EDITORS, GROUPS, PUBLISHERS
from tests.admin.roles import client_of, person

pytestmark = pytest.mark.django_db

PASSWORD = "a password for tests"


@pytest.fixture
def administrator():
    return client_of("administrator")


def url(page, *args):
    return reverse(f"admin:auth_user_{page}", args=args)


def permissions(name):
    rows = Permission.objects.filter(group__name=name).select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


def test_each_group_may_what_the_one_before_may_and_more():
    assert permissions(EDITORS) < permissions(PUBLISHERS) < permissions(ADMINISTRATORS)
    assert "quotes.publish" not in permissions(EDITORS)
    assert permissions(PUBLISHERS) - permissions(EDITORS) == {
        "quotes.publish",
        "quotes.add_protectedterm",
        "quotes.change_protectedterm",
        "quotes.delete_protectedterm",
    }
    assert permissions(ADMINISTRATORS) - permissions(PUBLISHERS) == {
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "admin.view_logentry",
    }


def test_migrating_brings_the_groups_back_to_what_the_code_says():
    before = {name: permissions(name) for name in GROUPS}
    editors = Group.objects.get(name=EDITORS)
    editors.permissions.set(Permission.objects.filter(codename__in=["publish", "delete_user"]))
    Group.objects.get(name=PUBLISHERS).delete()
    member = person("editor")
    for _ in range(2):
        call_command("migrate", verbosity=0)
    assert {name: permissions(name) for name in GROUPS} == before
    assert list(member.groups.all()) == [editors]


def test_an_administrator_adds_somebody_who_can_work_at_once(administrator, client):
    groups = [Group.objects.get(name=EDITORS).pk]
    data = {"username": "xiao-wang", "password1": PASSWORD, "password2": PASSWORD, "groups": groups}
    assert administrator.post(url("add"), data).status_code == 302
    new = get_user_model().objects.get(username="xiao-wang")
    assert (new.is_staff, new.is_superuser, new.is_active) == (True, False, True)
    client.force_login(new)
    assert client.get(reverse("admin:quotes_quote_add")).status_code == 200


def test_nobody_makes_anybody_more_than_a_group_does(administrator):
    somebody, publish = person("editor"), Permission.objects.get(codename="publish")
    everything = {"is_superuser": "on", "is_staff": "on", "user_permissions": [publish.pk]}
    data = {"username": "editor", "is_active": "on"} | everything
    for client in (administrator, client_of("superuser")):
        assert client.post(url("change", somebody.pk), data).status_code == 302
        somebody = get_user_model().objects.get(pk=somebody.pk)
        assert not somebody.is_superuser
        assert not somebody.user_permissions.exists()
        page = client.get(url("change", somebody.pk)).content.decode()
        assert "is_superuser" not in page
        assert "user_permissions" not in page


def test_an_administrator_neither_changes_a_superuser_nor_sets_the_password(administrator):
    superuser = person("superuser")
    data = {"username": "mine", "is_active": "on"}
    assert administrator.post(url("change", superuser.pk), data).status_code == 403
    change = reverse("admin:auth_user_password_change", args=[superuser.pk])
    new = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert administrator.post(change, new).status_code == 403
    superuser.refresh_from_db()
    assert superuser.username == "superuser"
    assert not superuser.check_password(PASSWORD)


def test_an_administrator_sets_a_password_and_ends_the_sessions(administrator):
    editor = client_of("editor")
    user = get_user_model().objects.get(username="editor")
    change = reverse("admin:auth_user_password_change", args=[user.pk])
    new = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert administrator.post(change, new).status_code == 302
    assert editor.get("/admin/").status_code == 302


def test_who_is_inactive_or_in_no_group_may_nothing(administrator):
    editor = client_of("editor")
    user = get_user_model().objects.get(username="editor")
    administrator.post(url("change", user.pk), {"username": "editor", "is_active": "on"})
    assert editor.get(reverse("admin:quotes_quote_changelist")).status_code == 403
    administrator.post(url("change", user.pk), {"username": "editor"})
    assert editor.get("/admin/").status_code == 302


def test_groups_are_no_page_and_people_are_a_list_with_a_fixed_number_of_queries(
    administrator, django_assert_num_queries
):
    page = administrator.get("/admin/").content.decode()
    assert "/auth/group/" not in page
    assert "/axes/" not in page
    group = Group.objects.get(name=EDITORS)
    for number in range(30):
        user = get_user_model().objects.create(username=f"user-{number}")
        user.groups.add(group)
    with django_assert_num_queries(8):
        page = administrator.get(url("changelist")).content.decode()
    assert page.count("user-29") == 1
