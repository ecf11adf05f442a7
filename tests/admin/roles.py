"""People in roles, and what a browser would post, for tests of the desk."""

import lxml.html
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from quotes.admin.groups import ADMINISTRATORS, EDITORS, PUBLISHERS

IN_GROUP = {"editor": EDITORS, "publisher": PUBLISHERS, "administrator": ADMINISTRATORS}


def person(role):
    """Somebody in that role: of a group, "superuser", or "nobody" without a group."""
    user, _made = get_user_model().objects.get_or_create(
        username=role, defaults={"is_staff": True, "is_superuser": "superuser" in role}
    )
    if role in IN_GROUP:
        user.groups.add(Group.objects.get(name=IN_GROUP[role]))
    return user


def client_of(role):
    client = Client()
    if role != "anonymous":
        client.force_login(person(role))
    return client


def form_values(page):
    """What a browser would post of the page's form, without the buttons."""
    (form,) = [
        f for f in lxml.html.fromstring(page.content.decode()).forms if "_form" in f.get("id", "")
    ]
    return dict(form.form_values())
