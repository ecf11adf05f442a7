"""`manage.py setup_site`, which `make run` calls every time."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from quotes.models import Event, Quote
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def setup():
    out = StringIO()
    call_command("setup_site", stdout=out)
    return out.getvalue()


def test_an_empty_database_gets_the_first_summit_and_an_admin_whose_password_is_shown():
    said = setup()
    assert Quote.objects.published().count() == 44
    password = said.split("password: ")[1].split(" ")[0]
    admin = get_user_model().objects.get(username="admin", is_superuser=True)
    assert admin.check_password(password)


def test_a_second_time_nothing_is_said_and_nothing_is_changed():
    setup()
    Quote.objects.update(title="编辑改过")
    users = list(get_user_model().objects.values())
    assert setup() == ""
    assert list(get_user_model().objects.values()) == users
    assert set(Quote.objects.values_list("title", flat=True)) == {"编辑改过"}


def test_a_database_with_an_event_of_its_own_is_left_alone():
    event = EventFactory()
    assert "Loaded" not in setup()
    assert list(Event.objects.all()) == [event]


def test_an_administrator_of_another_name_is_enough():
    get_user_model().objects.create_superuser("boss", password="x")
    assert "Admin account" not in setup()
    assert get_user_model().objects.count() == 1
