"""What is remembered until the content changes, or something becomes public."""

from datetime import UTC, datetime

import pytest

from quotes.models import Event
from quotes.search.memory import Memory
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def names():
    return Memory().remember(
        "names of events", lambda: sorted(e.name for e in Event.objects.published())
    )


def test_it_is_computed_once_for_the_same_content(django_assert_num_queries):
    EventFactory(name="一")
    assert names() == ["一"]
    with django_assert_num_queries(1):
        assert names() == ["一"]


def test_it_is_computed_anew_when_the_content_changes():
    EventFactory(name="一")
    assert names() == ["一"]
    EventFactory(name="二")
    assert names() == ["一", "二"]


def test_it_is_computed_anew_when_something_scheduled_becomes_public(monkeypatch):
    EventFactory(name="一")
    EventFactory(name="二", published_at=datetime(2099, 1, 1, tzinfo=UTC))
    assert names() == ["一"]
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2099, 1, 1, tzinfo=UTC))
    assert names() == ["一", "二"]
