from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from quotes.models import (
    Appearance,
    Coverage,
    Event,
    Parallel,
    Quote,
    Section,
    Source,
    Speaker,
    State,
    Status,
    TaggedQuote,
    Topic,
)
from quotes.models.moves import Move, moves_from
from quotes.models.publication import Stage, at_stage, public_from
from tests.factories import (
    PUBLISHED,
    AppearanceFactory,
    EventFactory,
    ParallelFactory,
    QuoteFactory,
    SectionFactory,
    SpeakerFactory,
    TopicFactory,
)

HIDDEN = [
    {"status": Status.DRAFT},
    {"status": Status.DRAFT, "published_at": None},
    {"status": Status.WITHDRAWN},
    {"published_at": datetime(2099, 1, 1, tzinfo=UTC)},
]
DEPENDENT = [Appearance, Coverage, Section, Source, Speaker, TaggedQuote, Topic]


def change(row, **values):
    type(row).objects.filter(pk=row.pk).update(**values)


@pytest.mark.django_db
@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_quote_is_public_only_when_it_is_published_by_now(hidden):
    quote = QuoteFactory()
    assert list(Quote.objects.published()) == [quote]
    change(quote, **hidden)
    assert not Quote.objects.published().exists()


@pytest.mark.django_db
@pytest.mark.parametrize("hidden", HIDDEN)
def test_nothing_of_an_event_is_public_before_the_event_is(hidden):
    quote = QuoteFactory(topics=[TopicFactory()])
    other = QuoteFactory(section=quote.section, speaker=quote.speaker)
    ParallelFactory(first=quote, second=other)
    models = [Event, Quote, Parallel, *DEPENDENT]
    assert all(model.objects.published().exists() for model in models)
    change(quote.event, **hidden)
    assert not any(model.objects.published().exists() for model in models)


@pytest.mark.django_db
def test_what_is_scheduled_comes_out_when_its_time_comes(monkeypatch):
    quote = QuoteFactory(published_at=timezone.now() + timedelta(hours=1))
    assert quote.is_scheduled
    assert not Quote.objects.published().exists()
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert Quote.objects.published().exists()


@pytest.mark.django_db
def test_a_topic_of_drafts_only_is_not_public():
    topic = TopicFactory()
    QuoteFactory(topics=[topic], status=Status.DRAFT)
    assert not Topic.objects.published().exists()


@pytest.mark.django_db
def test_a_section_is_public_with_a_public_quote_or_when_it_stands_empty_in_print():
    quoted = QuoteFactory().section
    draft = QuoteFactory(status=Status.DRAFT).section
    empty = SectionFactory()
    printed_empty = SectionFactory(printed_empty=True)
    assert set(Section.objects.published()) == {quoted, printed_empty}
    assert {draft, empty} <= set(Section.objects.all())


def at(quote):
    return Appearance.objects.published().filter(event=quote.event, speaker=quote.speaker)


@pytest.mark.django_db
@pytest.mark.parametrize("hidden", HIDDEN)
def test_an_appearance_by_hidden_quotes_alone_is_not_public(hidden):
    quote = QuoteFactory(**hidden)
    assert not at(quote).exists()
    assert not Speaker.objects.published().exists()
    QuoteFactory(speaker=quote.speaker)
    assert not at(quote).exists()
    QuoteFactory(section=quote.section, speaker=quote.speaker)
    assert at(quote).exists()


@pytest.mark.django_db
def test_the_title_of_an_appearance_by_a_draft_is_not_the_latest():
    quote = QuoteFactory(status=Status.DRAFT)
    Appearance.objects.update(title="院长")
    assert Speaker.objects.with_latest_title().get().latest_title is None
    Quote.objects.filter(pk=quote.pk).update(status=Status.PUBLISHED)
    assert Speaker.objects.with_latest_title().get().latest_title == "院长"


@pytest.mark.django_db
def test_a_moderator_is_public_with_a_section_that_is():
    section = SectionFactory(moderator=SpeakerFactory())
    assert not Appearance.objects.published().exists()
    QuoteFactory(section=section, status=Status.DRAFT)
    assert not Appearance.objects.published().exists()
    quote = QuoteFactory(section=section)
    assert set(Speaker.objects.published()) == {section.moderator, quote.speaker}


@pytest.mark.django_db
def test_a_moderator_with_a_draft_is_public_by_the_section():
    section = SectionFactory(moderator=SpeakerFactory(), printed_empty=True)
    QuoteFactory(section=section, speaker=section.moderator, status=Status.DRAFT)
    assert Appearance.objects.published().get().speaker == section.moderator


@pytest.mark.django_db
def test_whom_an_editor_put_on_the_list_is_public_without_a_quote():
    appearance = AppearanceFactory()
    QuoteFactory(speaker=appearance.speaker, status=Status.DRAFT)
    assert list(Appearance.objects.published()) == [appearance]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "public"), [(State.ACCEPTED, 1), (State.PROPOSED, 0), (State.REJECTED, 0)]
)
def test_only_an_accepted_parallel_is_public(state, public):
    ParallelFactory(state=state)
    assert Parallel.objects.published().count() == public


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["first", "second"])
def test_a_parallel_to_a_draft_is_not_public(end):
    parallel = ParallelFactory()
    change(getattr(parallel, end), status=Status.DRAFT)
    assert not Parallel.objects.published().exists()


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [EventFactory, QuoteFactory])
def test_the_database_demands_a_time_of_what_is_published(factory):
    with pytest.raises(IntegrityError, match="published_has_time"), transaction.atomic():
        factory(published_at=None)


STAGES = {
    Stage.DRAFT: {"status": Status.DRAFT, "published_at": None},
    Stage.SCHEDULED: {"published_at": datetime(2099, 1, 1, tzinfo=UTC)},
    Stage.PUBLISHED: {},
    Stage.WITHDRAWN: {"status": Status.WITHDRAWN},
}


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [EventFactory, QuoteFactory])
def test_a_row_stands_at_just_one_stage_and_is_found_there(factory):
    rows = {stage: factory(**values) for stage, values in STAGES.items()}
    for stage, row in rows.items():
        assert row.stage == stage
        found = type(row).objects.filter(at_stage(stage), pk__in=[r.pk for r in rows.values()])
        assert list(found) == [row]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "values", "field"),
    [
        (EventFactory, {"name": ""}, "name"),
        (EventFactory, {"end_date": date(2025, 1, 1)}, "end_date"),
        (QuoteFactory, {"body": "\n"}, "body"),
        (QuoteFactory, {"highlight": "没说过的话"}, "highlight"),
    ],
)
def test_what_must_be_there_is_named_by_its_field(factory, values, field, monkeypatch):
    row = factory.build(slug="x", **values) if field == "end_date" else factory(**values)
    assert list(row.what_stops()) == [field]


@pytest.mark.django_db
def test_a_quote_without_speaker_or_section_is_stopped():
    assert {"speaker", "section", "body"} <= set(Quote(slug="q").what_stops())


@pytest.mark.django_db
def test_what_is_all_there_is_not_stopped(django_assert_num_queries):
    quote = QuoteFactory()
    with django_assert_num_queries(0):
        assert quote.what_stops() == quote.event.what_stops() == {}


@pytest.mark.django_db
def test_what_should_be_there_is_to_do_until_it_is():
    quote = QuoteFactory()
    complete = Quote.objects.with_evidence().get()
    assert list(complete.to_do()) == ["topics", "title", "wording", "title_then"]
    TaggedQuote.objects.create(content_object=quote, tag=TopicFactory())
    Quote.objects.update(title="开场", wording="verbatim")
    Appearance.objects.update(title="教授")
    assert Quote.objects.with_evidence().get().to_do() == {}


@pytest.mark.django_db
def test_an_event_asks_for_a_source_and_a_published_quote():
    event = EventFactory(
        city="北京", organiser="清华", summary="谈路线。", cover="c.webp", cover_alt="台"
    )
    assert list(Event.objects.with_quote_count().get().to_do()) == ["coverages", "quotes"]
    quote = QuoteFactory(section__coverage__event=event, status=Status.DRAFT)
    assert list(Event.objects.with_quote_count().get().to_do()) == ["quotes"]
    change(quote, status=Status.PUBLISHED)
    assert Event.objects.with_quote_count().get().to_do() == {}


@pytest.mark.parametrize("model", [Event, Quote])
def test_what_is_published_without_a_time_is_nowhere_a_failure(model):
    row = model(status="published")
    assert (row.is_scheduled, row.time_has_come) == (False, False)
    assert (row.stage, row.standing) == (Stage.PUBLISHED, "published")
    assert public_from(row) is None
    assert public_from(model(**PUBLISHED), row) is None
    assert moves_from(row) == [Move.WITHDRAW]


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [EventFactory, QuoteFactory])
def test_a_preview_of_what_is_published_without_a_time_is_no_failure(factory):
    row = factory()
    row.published_at = None
    assert "已发布" in render_to_string("includes/preview_bar.html", {"preview": row})
    assert row.what_stops() == {}
