from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from quotes.models import Event
from tests.factories import EventFactory, QuoteFactory, SectionFactory

pytestmark = pytest.mark.django_db


def test_an_event_does_not_end_before_it_starts():
    event = EventFactory.build(end_date=date(2026, 1, 9))
    with pytest.raises(ValidationError) as error:
        event.full_clean()
    assert error.value.message_dict == {"end_date": ["结束日期早于开始日期。"]}
    with pytest.raises(IntegrityError, match="ends_after_it_starts"), transaction.atomic():
        event.save()


def test_a_cover_needs_an_alternative_text():
    event = EventFactory.build(cover="events/a.png")
    with pytest.raises(ValidationError) as error:
        event.full_clean()
    assert error.value.message_dict == {"cover_alt": ["有图片就要写替代文字。"]}
    with pytest.raises(IntegrityError, match="cover_has_alt"), transaction.atomic():
        event.save()


def test_events_come_newest_first():
    old, new = EventFactory(start_date=date(2024, 5, 1)), EventFactory()
    assert list(Event.objects.newest_first()) == [new, old]


def test_only_public_quotes_count():
    section = SectionFactory()
    QuoteFactory.create_batch(2, section=section)
    QuoteFactory(section=section, status="draft")
    QuoteFactory()
    counted = Event.objects.with_quote_count().get(pk=section.event.pk)
    assert counted.quote_count == 2
