"""A slug by which readers knew something leads to it for good, and to nothing else."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from quotes.models import Event, Quote, Section, Source, Speaker, Topic
from quotes.models.former_slug import FormerSlug, present_slugs
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
DRAFT = {"status": "draft", "published_at": None}


def event(slug):
    return EventFactory(slug=slug)


def speaker(slug):
    return AppearanceFactory(speaker__slug=slug).speaker


def topic(slug):
    return QuoteFactory(topics=[TopicFactory(slug=slug)]).tagged_quotes.get().tag


def source(slug):
    return CoverageFactory(source__slug=slug).source


def quote(slug):
    return QuoteFactory(slug=slug)


EVERY_KIND = pytest.mark.parametrize("make", [event, speaker, topic, source, quote])
NEW = {
    Event: EventFactory,
    Speaker: SpeakerFactory,
    Topic: TopicFactory,
    Source: SourceFactory,
    Quote: QuoteFactory,
}


def rename(row, slug):
    row.slug = slug
    row.save()


def present(row, slug):
    return present_slugs(type(row).objects.published(), [slug]).get(slug)


@EVERY_KIND
def test_every_former_slug_leads_to_the_present_one_in_one_step(make):
    row = make("a")
    rename(row, "b")
    rename(row, "c")
    assert (present(row, "a"), present(row, "b"), present(row, "c")) == ("c", "c", None)


@EVERY_KIND
def test_a_slug_that_is_taken_back_leads_nowhere_else(make):
    row = make("a")
    rename(row, "b")
    rename(row, "a")
    assert (present(row, "a"), present(row, "b")) == (None, "a")
    rename(row, "b")
    assert (present(row, "a"), present(row, "b")) == ("b", None)


@EVERY_KIND
def test_a_former_slug_is_refused_to_everything_else_of_its_kind(make):
    row = make("a")
    rename(row, "b")
    other = NEW[type(row)].build(slug="a")
    with pytest.raises(ValidationError) as error:
        other.validate_constraints()
    assert list(error.value.message_dict) == ["slug"]
    with pytest.raises(IntegrityError, match="former_slug_once"), transaction.atomic():
        NEW[type(row)](slug="a")
    assert not type(row).objects.filter(slug="a").exists()


def test_another_kind_may_have_the_slug():
    rename(event("a"), "b")
    assert SpeakerFactory(slug="a").slug == "a"


@pytest.mark.parametrize("factory", [EventFactory, QuoteFactory])
@pytest.mark.parametrize("hidden", [DRAFT, {"published_at": "2099-01-01T00:00Z"}])
def test_what_was_never_public_leaves_its_slug_behind(factory, hidden):
    row = factory(slug="a", **hidden)
    row.refresh_from_db()
    rename(row, "b")
    row.delete()
    assert not FormerSlug.objects.exists()


def test_what_hangs_on_a_draft_event_was_never_public():
    quote = QuoteFactory(section__coverage__event__status="draft", topics=[TopicFactory()])
    Event.objects.update(published_at=None)
    for row in (quote.speaker, quote.source, quote.section, quote, quote.tagged_quotes.get().tag):
        rename(row, "another")
    assert not FormerSlug.objects.exists()


@EVERY_KIND
def test_what_was_withdrawn_with_its_event_keeps_its_address(make):
    row = make("a")
    Event.objects.update(status="withdrawn")
    row.refresh_from_db()
    rename(row, "b")
    assert present(row, "a") is None
    Event.objects.update(status="published")
    assert present(row, "a") == "b"


def test_a_deleted_slug_stays_reserved_and_comes_back_only_with_what_had_it():
    row = event("a")
    kept = Event.objects.get(pk=row.pk)
    rename(row, "b")
    row.delete()
    for slug in ("a", "b"):
        with pytest.raises(IntegrityError), transaction.atomic():
            EventFactory(slug=slug)
    kept.save(force_insert=True)
    assert Event.objects.get().slug == "a"
    assert set(FormerSlug.objects.values_list("slug", "target")) == {("b", kept.pk)}


def test_many_deleted_at_once_keep_their_slugs():
    event("a"), event("b")
    Event.objects.all().delete()
    assert set(FormerSlug.objects.values_list("slug", flat=True)) == {"a", "b"}


def test_no_slug_is_proposed_that_belongs_to_something_else():
    wang = AppearanceFactory(speaker=SpeakerFactory(name="王伟", slug="")).speaker
    rename(wang, "wang-wei-thu")
    assert SpeakerFactory(name="王伟", slug="").slug == "wang-wei-2"
    quote = QuoteFactory(section__coverage__event__slug="e")
    assert quote.slug == "e-01"
    quote.delete()
    assert QuoteFactory(section=quote.section).slug == "e-02"


def test_a_slug_that_is_proposed_anew_may_be_ones_own():
    row = AppearanceFactory(speaker=SpeakerFactory(name="王伟", slug="")).speaker
    row.slug = ""
    row.save()
    assert row.slug == "wang-wei"
    assert not FormerSlug.objects.exists()


def test_a_failed_save_leaves_nothing():
    row = event("a")
    row.slug, row.end_date = "b", "2020-01-01"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    assert not FormerSlug.objects.exists()


def test_sections_keep_their_slugs_within_their_coverage():
    section = QuoteFactory(section__slug="a").section
    rename(section, "b")
    assert SectionFactory(slug="a").slug == "a"
    with pytest.raises(IntegrityError), transaction.atomic():
        SectionFactory(slug="a", coverage=section.coverage)
    assert SectionFactory(title="A", slug="", coverage=section.coverage).slug == "a-2"


def test_a_section_is_not_moved_to_where_its_slug_belongs_to_another():
    section = QuoteFactory(section__slug="a").section
    rename(section, "b")
    other = SectionFactory(slug="a")
    other.coverage = section.coverage
    with pytest.raises(ValidationError) as error:
        other.validate_constraints(exclude={"slug"})
    assert not hasattr(error.value, "error_dict")  # beside no field: none of a slug is shown


def dump(*apps):
    out = StringIO()
    call_command(
        "dumpdata",
        *apps,
        natural_foreign=True,
        natural_primary=True,
        format="yaml",
        stdout=out,
    )
    return out.getvalue()


def test_a_dump_carries_former_slugs_by_natural_keys_to_another_database(tmp_path):
    quote = QuoteFactory(slug="q-1", section__slug="a", section__coverage__event__slug="e")
    rename(quote.section, "b")
    rename(quote.event, "f")
    rename(quote, "q-2")
    event("gone").delete()
    before = dump("quotes")
    assert "target: section/f/" in before
    assert "within: coverage/f/" in before
    file = tmp_path / "dump.yaml"
    file.write_text(before, "utf-8")
    for model in (Quote, Section, Event, FormerSlug):
        model.objects.all().delete()
    call_command("loaddata", file, verbosity=0)
    assert dump("quotes") == before
    assert present(Quote.objects.get(), "q-1") == "q-2"
    call_command("loaddata", file, verbosity=0)
    assert dump("quotes") == before


def test_a_fixture_brings_back_what_was_deleted_but_not_what_was_renamed(tmp_path):
    row = event("a")
    file = tmp_path / "dump.yaml"
    file.write_text(dump("quotes.event"), "utf-8")
    row.delete()
    call_command("loaddata", file, verbosity=0)
    row = Event.objects.get(slug="a")
    assert not FormerSlug.objects.exists()
    rename(row, "b")
    with pytest.raises(IntegrityError, match="belongs to something else"):
        call_command("loaddata", file, verbosity=0)
    assert Event.objects.get().slug == "b"
