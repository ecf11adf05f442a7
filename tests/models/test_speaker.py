from datetime import date

import pytest
from django.core.exceptions import ValidationError

from quotes.models import Appearance, Quote, Role, Speaker
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    QuoteFactory,
    SectionFactory,
    SpeakerFactory,
)

pytestmark = pytest.mark.django_db


def test_the_sort_name_is_pinyin_unless_an_editor_gave_one():
    assert SpeakerFactory(name="唐杰").sort_name == "tang jie"
    assert SpeakerFactory(name="单田芳", sort_name="shan tianfang").sort_name == "shan tianfang"


def test_links_are_web_addresses_and_the_wrong_line_is_named():
    speaker = SpeakerFactory.build(links="https://example.org/\njavascript:alert(1)")
    with pytest.raises(ValidationError) as error:
        speaker.full_clean()
    assert error.value.message_dict == {"links": ["第 2 行不是网址：javascript:alert(1)"]}


def test_links_are_shown_by_their_hosts():
    speaker = SpeakerFactory.build(links="https://example.org/a\nhttps://b.example.org/")
    assert [host for host, _ in speaker.link_list] == ["example.org", "b.example.org"]


def test_the_latest_title_is_that_of_the_last_public_event_that_says_one():
    speaker = SpeakerFactory()
    for year, title, status in [
        (2024, "教授", "published"),
        (2025, "首席科学家", "published"),
        (2026, "", "published"),
        (2027, "院长", "draft"),
    ]:
        event = EventFactory(start_date=date(year, 1, 1), status=status)
        AppearanceFactory(speaker=speaker, event=event, title=title)
    assert Speaker.objects.with_latest_title().get().latest_title == "首席科学家"


def test_a_quoted_speaker_is_put_on_the_list_of_the_event_with_an_empty_title():
    quote = QuoteFactory()
    appearance = Appearance.objects.get()
    assert (appearance.event, appearance.speaker) == (quote.event, quote.speaker)
    assert (appearance.title, appearance.role) == ("", Role.SPEAKER)


def test_a_speaker_on_the_list_is_left_as_he_is():
    appearance = AppearanceFactory(title="教授")
    QuoteFactory(section__coverage__event=appearance.event, speaker=appearance.speaker)
    assert list(Appearance.objects.values_list("title", flat=True)) == ["教授"]


def test_a_moderator_is_put_on_the_list_as_moderator():
    section = SectionFactory(moderator=SpeakerFactory())
    appearance = Appearance.objects.get()
    assert (appearance.event, appearance.role) == (section.event, Role.MODERATOR)


def test_who_spoke_in_a_section_moves_with_it_to_another_event():
    quote, other = QuoteFactory(), SectionFactory()
    section = quote.section
    section.coverage = other.coverage
    section.save()
    assert other.event.appearances.get().speaker == quote.speaker


def test_a_quote_that_cannot_be_saved_leaves_no_appearance():
    section, speaker = SectionFactory(), SpeakerFactory()
    with pytest.raises(Exception, match="quote_has_words"):
        Quote(section=section, speaker=speaker, body="").save()


def test_who_is_quoted_at_an_event_is_not_replaced_on_its_list():
    quote = QuoteFactory()
    appearance = Appearance.objects.get(speaker=quote.speaker)
    appearance.speaker = SpeakerFactory()
    with pytest.raises(ValidationError, match="还有发言"):
        appearance.full_clean()


@pytest.mark.parametrize("leave", ["delete", "speaker", "section"])
def test_a_draft_that_goes_leaves_nobody_on_a_public_list(leave):
    shown = QuoteFactory()
    draft = QuoteFactory(section=shown.section, status="draft", published_at=None)
    guest = draft.speaker
    if leave == "delete":
        draft.delete()
    elif leave == "speaker":
        draft.speaker = shown.speaker
        draft.save()
    else:
        draft.section = SectionFactory()
        draft.save()
    event = shown.event
    assert not event.appearances.published().filter(speaker=guest).exists()
    assert Appearance.objects.filter(event=event, speaker=guest).exists()


def test_a_hidden_section_that_goes_leaves_no_moderator_on_a_public_list():
    section = SectionFactory(moderator=SpeakerFactory())
    section.delete()
    assert not Speaker.objects.published().exists()


def test_whom_an_editor_listed_is_not_hidden_by_a_draft():
    appearance = AppearanceFactory()
    section = SectionFactory(coverage__event=appearance.event)
    QuoteFactory(section=section, speaker=appearance.speaker, status="draft")
    assert list(Speaker.objects.published()) == [appearance.speaker]
