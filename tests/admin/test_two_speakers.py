"""Quotes joined as reports of the same words, but of two speakers: the desk says so."""

import pytest

from quotes.models import Parallel, Quote
from tests.admin.roles import form_values
from tests.admin.test_editing import formset, save_quote, url
from tests.admin.test_history import restore_url
from tests.admin.test_restoring import confirm
from tests.factories import ParallelFactory, QuoteFactory, SpeakerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    speaker = SpeakerFactory()
    return ParallelFactory(
        first=QuoteFactory(speaker=speaker, slug="q-1"),
        second=QuoteFactory(speaker=speaker, slug="q-2"),
    )


def warnings(response):
    return [str(m) for m in response.context["messages"] if m.level_tag == "warning"]


def change_speaker(client, quote, speaker):
    page = client.get(url("quote", "change", quote.pk))
    data = form_values(page) | {"speaker": speaker.pk}
    return client.post(url("quote", "change", quote.pk), data, follow=True)


def test_who_gives_one_of_them_another_speaker_is_warned(admin_client, pair):
    other = SpeakerFactory(name="<b>王伟</b>")
    (text,) = warnings(change_speaker(admin_client, pair.second, other))
    assert url("parallel", "change", pair.pk) in text
    assert "&lt;b&gt;王伟&lt;/b&gt;" in text
    assert Quote.objects.get(slug="q-2").speaker == other
    assert warnings(change_speaker(admin_client, pair.first, other)) == []


def test_nobody_is_warned_of_what_is_not_accepted(admin_client, pair):
    Parallel.objects.update(state="proposed")
    assert warnings(change_speaker(admin_client, pair.first, SpeakerFactory())) == []


def test_who_does_so_in_the_list_of_a_section_is_warned(admin_client, pair):
    quote, section = pair.first, pair.first.section
    row = {"id": quote.pk, "section": section.pk, "position": 1, "body": quote.body}
    row |= {"wording": quote.wording, "speaker": SpeakerFactory().pk}
    data = {"coverage": section.coverage_id, "kind": "speech", "title": "开场", "position": 1}
    data |= formset("quotes", [row], initial=1)
    response = admin_client.post(url("section", "change", section.pk), data, follow=True)
    (text,) = warnings(response)
    assert "q-1" in text


def test_who_restores_another_speaker_is_warned(admin_client, pair):
    version = pair.first.history.first()
    speaker = SpeakerFactory()
    for quote in (pair.first, pair.second):
        quote.speaker = speaker
        quote.save()
    (text,) = warnings(confirm(admin_client, restore_url(pair.first, version)))
    assert "q-1" in text


def test_other_saves_warn_of_nothing(admin_client, pair):
    response = save_quote(admin_client, pair.first, title="新")
    assert response.status_code == 302
    assert warnings(admin_client.get("/admin/")) == []
