"""The index follows what it is made of, whichever field changes, and nothing else."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from quotes.history.models import CONTENT
from quotes.models import Appearance, Event, Quote, Section, Speaker, TaggedQuote, Topic
from quotes.search.entries import index_quotes
from quotes.search.index import PARTS
from quotes.search.models import SearchEntry
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    ParallelFactory,
    ProtectedTermFactory,
    QuoteFactory,
    SectionFactory,
    SpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

FIELDS = [
    (model, field)
    for model in CONTENT
    for field in model._meta.concrete_fields
    if not field.primary_key
]


@pytest.fixture
def content():
    """A row of every kind around a quote, and others that it may be moved to."""
    quote = QuoteFactory(topics=[TopicFactory(), TopicFactory()])
    QuoteFactory(section__coverage__event=quote.event, speaker=quote.speaker)
    ParallelFactory(first=quote)
    QuoteFactory(topics=[TopicFactory()])
    AppearanceFactory(event=quote.event)
    SectionFactory(), SpeakerFactory(), EventFactory(), TopicFactory(), ProtectedTermFactory()
    Event.objects.update(cover_alt="图", end_date="2026-02-01")
    Speaker.objects.update(picture_alt="图")
    Quote.objects.update(featured=True, highlight="话")  # or none could head the front page
    Appearance.objects.update(title="教授")


def entries():
    return list(SearchEntry.objects.order_by("pk").values())


def rebuilt():
    assert sum(index_quotes(Quote.objects.values_list("pk", flat=True))) == Quote.objects.count()
    return entries()


def another(field, value):
    """A value that a field may have instead."""
    if field.is_relation:
        others = field.related_model._base_manager.exclude(pk=value).order_by("-pk")
        return others.values_list("pk", flat=True)[0]
    if field.choices:
        return next(choice for choice, _label in field.choices if choice != value)
    if isinstance(field, models.DateField) and value:
        return value + timedelta(days=1)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return (value or 0) + 7
    return None if isinstance(field, models.DateField) else f"文{field.name}"[: field.max_length]


def change(row, field, at_once):
    value = another(field, getattr(row, field.attname))
    if at_once:
        type(row)._default_manager.filter(pk=row.pk).update(**{field.name: value})
    elif not isinstance(field, models.FileField):
        setattr(row, field.attname, value)
        row.save()


def writes_of_entries(queries):
    sql = [query["sql"] for query in queries if not query["sql"].startswith("SELECT")]
    return [statement for statement in sql if "search_searchentry" in statement]


@pytest.mark.parametrize("at_once", [False, True])
def test_whatever_field_changes_the_index_is_as_made_anew_and_else_is_not_touched(content, at_once):
    before, followed = rebuilt(), set()
    for model, field in FIELDS:
        row = model._default_manager.order_by("pk").first()
        with transaction.atomic():
            with CaptureQueriesContext(connection) as queries:
                change(row, field, at_once)
            found = entries()
            assert found == rebuilt(), f"{field} is not followed"
            written = writes_of_entries(queries.captured_queries)
            assert bool(written) == (found != before), f"{field}: {written}"
            if found != before:
                followed.add((model, field.attname))
            transaction.set_rollback(True)
    if at_once:  # each field is said to be indexed that is
        assert followed == {(kind, name) for kind, part in PARTS.items() for name in part.fields}


@pytest.mark.parametrize("kind", [Appearance, TaggedQuote, Topic, Quote])
@pytest.mark.parametrize("at_once", [False, True])
def test_what_is_deleted_leaves_the_index_as_made_anew(content, kind, at_once):
    for row in kind.objects.order_by("pk")[:2]:
        kind.objects.filter(pk=row.pk).delete() if at_once else row.delete()
    assert entries() == rebuilt()


def test_a_topic_is_deleted_with_as_many_statements_on_entries_as_it_has_quotes_or_not():
    counts = []
    for n in (1, 4):
        topic = TopicFactory()
        for _ in range(n):
            QuoteFactory(topics=[topic])
        with CaptureQueriesContext(connection) as queries:
            topic.delete()
        counts.append(len(writes_of_entries(queries.captured_queries)))
    assert counts == [2, 2]  # a deletion, an insertion


SAVES = {
    "venue": lambda: Event.objects.first(),
    "summary": lambda: Event.objects.first(),
    "biography": lambda: Speaker.objects.first(),
    "description": lambda: Topic.objects.first(),
    "moderator_id": lambda: Section.objects.first(),
}


@pytest.mark.parametrize("name", SAVES)
def test_a_save_of_what_is_not_indexed_costs_the_same_whatever_hangs_on_the_row(name):
    section, speaker, topic = SectionFactory(), SpeakerFactory(), TopicFactory()
    counts = []
    for n in (1, 5):
        for _ in range(n):
            QuoteFactory(section=section, speaker=speaker, topics=[topic])
        row = SAVES[name]()
        asked_by = AppearanceFactory(event=section.event).speaker
        setattr(row, name, asked_by.pk if name == "moderator_id" else f"新{n}")
        with CaptureQueriesContext(connection) as queries:
            row.save()
        assert not [q for q in queries.captured_queries if "search_searchentry" in q["sql"]]
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_fixture_loaded_again_without_a_change_writes_no_entry(agi_next):
    before = entries()
    with CaptureQueriesContext(connection) as queries:
        call_command("loaddata", "agi_next_2026", verbosity=0)
    assert writes_of_entries(queries.captured_queries) == []
    assert entries() == before
