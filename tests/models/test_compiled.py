"""SQL that is made once asks at each time anew."""

from datetime import UTC, datetime

import pytest

from quotes.models import Event, Quote
from quotes.models.compiled import Argument, compiled
from quotes.models.publication import When, live_at
from tests.factories import EventFactory, QuoteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def public_events():
    return compiled(lambda: Event.objects.published().order_by("name").values_list("name"))


def test_what_is_due_meanwhile_is_found_by_the_same_sql(public_events, monkeypatch):
    EventFactory(name="一")
    EventFactory(name="二", published_at=datetime(2099, 1, 1, tzinfo=UTC))
    assert public_events() == [("一",)]
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2099, 1, 1, tzinfo=UTC))
    assert public_events() == [("一",), ("二",)]


def test_sql_made_while_something_else_is_asked_is_that_of_what_is_public_now(public_events):
    EventFactory(name="一", status="withdrawn")
    with live_at(When.EVER):
        assert Event.objects.published().exists()
        assert public_events() == []
    assert public_events() == []


def test_arguments_are_those_of_the_call():
    @compiled
    def among():
        return Quote.objects.filter(search_entry__pk__among=Argument("keys")).values_list("slug")

    one, two, _three = QuoteFactory.create_batch(3)
    assert among(keys=[one.pk]) == [(one.slug,)]
    assert sorted(among(keys=[one.pk, two.pk])) == sorted([(one.slug,), (two.slug,)])
    assert among(keys=[]) == []


def test_an_argument_that_is_missing_is_an_error():
    named = compiled(lambda: Event.objects.filter(slug=Argument("slug")).values_list("name"))
    with pytest.raises(KeyError):
        named()
