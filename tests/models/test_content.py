import pytest
from django.db import IntegrityError, transaction

from quotes.models import Appearance, Event, Section, Speaker
from quotes.models.content import Slugged
from tests.factories import (
    AppearanceFactory,
    CoverageFactory,
    EventFactory,
    QuoteFactory,
    SectionFactory,
    SourceFactory,
    SpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def test_namesakes_get_numbered_slugs():
    slugs = [SpeakerFactory(name="唐杰", slug="").slug for _ in range(3)]
    assert slugs == ["tang-jie", "tang-jie-2", "tang-jie-3"]


def test_an_events_slug_ends_in_its_year_once():
    assert EventFactory(name="AGI-Next", slug="").slug == "agi-next-2026"
    assert EventFactory(name="AGI-Next 2026", slug="").slug == "agi-next-2026-2"


def test_a_source_without_title_is_called_by_what_is_known():
    source = SourceFactory(title="", slug="")
    assert source.slug == "report"
    assert str(source) == "一篇未署名报道"


def test_a_topic_gets_a_slug_of_ascii():
    assert TopicFactory(name="智能体 Agent", slug="").slug == "zhi-neng-ti-agent"


def test_what_has_no_letters_is_named_after_its_model():
    assert TopicFactory(name="「」", slug="").slug == "topic"


def test_a_quotes_slug_is_its_events_and_a_running_number():
    section = SectionFactory(coverage__event__slug="agi-next-2026")
    slugs = [QuoteFactory(section=section).slug for _ in range(2)]
    assert slugs == ["agi-next-2026-01", "agi-next-2026-02"]


def test_a_section_may_share_its_slug_with_one_of_another_source():
    assert {SectionFactory(title="开场", slug="").slug for _ in range(2)} == {"kai-chang"}
    section = Section.objects.first()
    assert SectionFactory(title="开场", slug="", coverage=section.coverage).slug == "kai-chang-2"


def test_a_given_slug_is_kept_when_the_name_changes():
    speaker = SpeakerFactory(name="唐杰", slug="")
    speaker.name = "唐捷"
    speaker.save()
    assert Speaker.objects.get().slug == "tang-jie"


def test_who_loses_the_race_for_a_slug_gets_the_next(monkeypatch):
    SpeakerFactory(name="唐杰", slug="")
    first_look = [Speaker.objects.none()]  # as if the other had not yet been saved
    scope = Slugged.slug_scope
    monkeypatch.setattr(
        Speaker, "slug_scope", lambda self: first_look.pop() if first_look else scope(self)
    )
    assert SpeakerFactory(name="唐杰", slug="").slug == "tang-jie-2"


def test_another_error_of_the_database_is_no_lost_race():
    with pytest.raises(IntegrityError, match="picture_has_alt"), transaction.atomic():
        Speaker(name="唐杰", picture="a.png").save()


@pytest.mark.parametrize("factory", [EventFactory, SpeakerFactory, SourceFactory, TopicFactory])
def test_the_database_refuses_a_second_row_of_one_slug(factory):
    factory(slug="same")
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(slug="same")


def test_the_database_refuses_an_empty_slug():
    event = EventFactory()
    with pytest.raises(IntegrityError, match="event_slug_not_empty"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(slug="")


def test_a_row_without_position_comes_last():
    event = EventFactory()
    AppearanceFactory(event=event, position=4)
    assert AppearanceFactory(event=event).position == 5
    assert AppearanceFactory().position == 1


def test_renumbering_keeps_the_order_and_lets_ties_fall_to_the_slug():
    event = EventFactory()
    rows = [
        AppearanceFactory(event=event, position=position, speaker__slug=slug)
        for slug, position in [("c", 1), ("b", 7), ("a", 7), ("d", 0)]
    ]
    event.appearances.all().renumber()
    order = Appearance.objects.in_position().values_list("speaker__slug", "position")
    assert list(order) == [("d", 1), ("c", 2), ("a", 3), ("b", 4)]
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("factory", "key"),
    [
        (EventFactory, ("s",)),
        (SpeakerFactory, ("s",)),
        (SourceFactory, ("s",)),
        (TopicFactory, ("s",)),
    ],
)
def test_what_has_a_slug_is_found_by_it(factory, key):
    row = factory(slug="s")
    factory()
    assert row.natural_key() == key
    assert type(row).objects.get_by_natural_key(*key) == row


def test_what_hangs_on_others_is_found_by_their_slugs():
    coverage = CoverageFactory(event__slug="e", source__slug="s")
    section = SectionFactory(coverage=coverage, slug="x")
    SectionFactory(coverage__event=coverage.event, slug="x")
    assert section.natural_key() == ("e", "s", "x")
    assert Section.objects.get_by_natural_key("e", "s", "x") == section
    assert coverage.natural_key() == ("e", "s")
