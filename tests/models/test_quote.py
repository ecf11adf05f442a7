import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.serializers import deserialize, serialize
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from quotes.models import Quote, Wording
from quotes.search.models import neighbours
from tests.factories import (
    AppearanceFactory,
    CoverageFactory,
    EventFactory,
    ParallelFactory,
    QuoteFactory,
    SectionFactory,
    SourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
LONG = "一二三四五六七八九。" * 30


def test_words_are_rendered_and_measured_when_saved():
    quote = QuoteFactory(body=LONG)
    assert quote.body_html == f"<p>{LONG}</p>\n"
    assert quote.length == 300
    assert 0 < quote.excerpt_rest < 300
    quote.body = "短。"
    quote.save()
    quote.refresh_from_db()
    assert (quote.body_html, quote.excerpt_html, quote.length) == ("<p>短。</p>\n", "", 2)


def test_what_is_derived_is_filled_on_a_raw_save_too():
    (row,) = json.loads(serialize("json", [QuoteFactory()]))
    row["fields"]["body"] = "换了。"
    for parsed in deserialize("json", json.dumps([row])):
        parsed.save()
    assert Quote.objects.get().body_html == "<p>换了。</p>\n"


def test_line_ends_of_a_browser_become_plain_ones():
    assert QuoteFactory(body="一。\r\n\r\n二。").body == "一。\n\n二。"


def test_a_quote_without_words_is_refused():
    with pytest.raises(IntegrityError, match="quote_has_words"), transaction.atomic():
        QuoteFactory(body="")


def test_words_shown_large_must_be_in_the_quote():
    quote = QuoteFactory(body="我们*笨笨*的坚持。", highlight="笨笨的坚持")
    quote.full_clean()
    quote.highlight = "聪明的坚持"
    with pytest.raises(ValidationError) as error:
        quote.full_clean()
    assert error.value.message_dict == {"highlight": ["原话里没有这句话。"]}


def test_the_language_is_the_quotes_own_or_else_the_sources():
    coverage = CoverageFactory(source=SourceFactory(language="zh-Hans-TW"))
    section = SectionFactory(coverage=coverage)
    assert QuoteFactory(section=section).language_tag == "zh-Hans-TW"
    assert QuoteFactory(section=section, language="en").language_tag == "en"
    assert QuoteFactory().language_tag == ""


def test_wording_is_not_stated_unless_it_is_stated():
    assert Quote().wording == Wording.NOT_STATED
    with pytest.raises(IntegrityError, match="quote_wording_known"), transaction.atomic():
        QuoteFactory(wording="guessed")


def test_neighbours_follow_sources_then_sections_then_positions_and_ties_fall_to_slugs():
    event = EventFactory(slug="e")
    second = CoverageFactory(event=event, position=2)
    first = CoverageFactory(event=event, position=1)
    tied = [SectionFactory(coverage=first, position=1, slug=slug) for slug in ("b", "a")]
    later = SectionFactory(coverage=first, position=2)
    last = SectionFactory(coverage=second, position=1)
    QuoteFactory()  # of another event
    for section, position, slug in [
        (last, 1, "e-6"),
        (later, 1, "e-5"),
        (tied[0], 1, "e-4"),
        (tied[1], 2, "e-2"),
        (tied[1], 2, "e-3"),
        (tied[1], 1, "e-1"),
    ]:
        QuoteFactory(section=section, position=position, slug=slug)
    slugs = [f"e-{n}" for n in range(1, 7)]
    assert list(
        Quote.objects.of_event(event).in_reading_order().values_list("slug", flat=True)
    ) == (slugs)
    found = [_neighbours(Quote.objects.get(slug=slug)) for slug in slugs]
    assert [before and before.slug for before, _ in found] == [None, *slugs[:-1]]
    assert [after and after.slug for _, after in found] == [*slugs[1:], None]


def _neighbours(quote):
    return neighbours(quote.event, quote.search_entry.reading)


def test_neighbours_skip_what_readers_may_not_see():
    section = SectionFactory()
    one, draft, three = (
        QuoteFactory(section=section, status=status)
        for status in ("published", "draft", "published")
    )
    assert Quote.objects.of_event(one.event).in_reading_order()[1] == draft
    before, after = _neighbours(one)
    assert before is None
    assert (after.slug, after.number, after.title) == (three.slug, three.number, three.title)
    assert (after.body_html, after.speaker.name) == (three.body_html, three.speaker.name)


def test_the_newest_event_is_read_first():
    old = QuoteFactory(section__coverage__event__start_date=date(2020, 1, 1))
    new = QuoteFactory(section__coverage__event__start_date=date(2026, 1, 1))
    assert list(Quote.objects.in_reading_order()) == [new, old]


def test_a_card_knows_the_title_at_that_event_and_the_public_other_reports():
    quote = QuoteFactory()
    AppearanceFactory(speaker=quote.speaker, title="别处的头衔")
    quote.event.appearances.update(title="教授")
    ParallelFactory(first=quote)
    ParallelFactory(second=quote)
    ParallelFactory(first=quote, state="proposed")
    ParallelFactory(first=quote, second__status="draft")
    (card,) = Quote.objects.cards([quote.pk])
    assert (card.title_then, card.parallel_count) == ("教授", 2)


def test_other_reports_are_found_from_either_end():
    parallel = ParallelFactory()
    assert Quote.objects.parallel_to(parallel.first) == [parallel.second]
    assert Quote.objects.parallel_to(parallel.second) == [parallel.first]


def test_the_first_quotes_of_each_speaker_are_as_many_as_asked():
    section = SectionFactory()
    many = [QuoteFactory(section=section) for _ in range(4)]
    for quote in many[1:]:
        quote.speaker = many[0].speaker
        quote.save()
    single = QuoteFactory(section=section)
    found = Quote.objects.first_of_each("speaker", 2).in_reading_order()
    assert list(found) == [many[0], many[1], single]


def test_topics_come_with_the_quotes_in_one_query(django_assert_num_queries):
    QuoteFactory.create_batch(3, topics=[TopicFactory(slug="b"), TopicFactory(slug="a")])
    with django_assert_num_queries(2):
        rows = [
            [tagged.tag.slug for tagged in quote.tagged_quotes.all()]
            for quote in Quote.objects.with_topics()
        ]
    assert rows == [["a", "b"]] * 3


@pytest.mark.parametrize("parent", ["section", "speaker"])
def test_what_has_quotes_is_not_deleted_with_them(parent):
    quote = QuoteFactory()
    with pytest.raises(ProtectedError):
        getattr(quote, parent).delete()
    assert Quote.objects.exists()
