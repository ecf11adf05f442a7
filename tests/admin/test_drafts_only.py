"""What an editor, who may not publish, can leave behind: nothing that readers see, saw or will."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.views.defaults import permission_denied

from quotes.models import Appearance, Event, Parallel, Quote, Section, Status, TaggedQuote
from quotes.models.drafts import ForPublishers, drafts_only
from tests.admin.roles import client_of, form_values
from tests.admin.test_editing import formset, quote_data, url
from tests.admin.test_roles import DRAFT, ONCE_PUBLIC, SCHEDULED, WITHDRAWN, draft_event
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    ParallelFactory,
    QuoteFactory,
    SectionFactory,
    SpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return client_of("editor")


def draft_of(quote, **values):
    """What is posted to add a draft beside `quote`, in its section, by its speaker."""
    return quote_data(quote, body="还没有人看过。", **values)


def section_data(section, **values):
    fields = {"coverage": section.coverage_id, "kind": section.kind, "title": section.title}
    return fields | {"position": 1, "question": ""} | formset("quotes", []) | values


def is_refused(response):
    """Whether the form came back with the reason, and what was typed."""
    assert response.status_code == 200
    return "未保存" in str(response.context["errors"])


def test_a_draft_and_a_section_are_added_to_a_public_event(editor):
    quote = QuoteFactory()
    assert editor.post(url("quote", "add"), draft_of(quote, position=0)).status_code == 302
    new = Quote.objects.get(status=Status.DRAFT)
    assert list(Quote.objects.in_position()) == [new, quote]
    section = section_data(quote.section, title="新章节")
    assert editor.post(url("section", "add"), section).status_code == 302
    assert not Section.objects.published().filter(title="新章节").exists()


def test_a_draft_is_changed_moved_tagged_and_deleted(editor):
    quote, topic = QuoteFactory(**DRAFT), TopicFactory()
    elsewhere = SectionFactory(coverage=QuoteFactory(speaker=quote.speaker).section.coverage)
    change = url("quote", "change", quote.pk)
    values = quote_data(quote, section=elsewhere.pk, body="改过", topics=topic.name)
    assert editor.post(change, values).status_code == 302
    quote.refresh_from_db()
    assert (quote.section, quote.body) == (elsewhere, "改过")
    assert list(quote.topics.all()) == [topic]
    assert editor.post(url("quote", "delete", quote.pk), {"post": "yes"}).status_code == 302
    assert not Quote.objects.filter(pk=quote.pk).exists()


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.WITHDRAWN])
@pytest.mark.parametrize("event_state", [{}, DRAFT])
def test_no_status_but_draft_is_given_whatever_the_form_has(editor, status, event_state):
    quote = QuoteFactory(section__coverage__event=EventFactory(**event_state), **DRAFT)
    response = editor.post(
        url("quote", "change", quote.pk), quote_data(quote, status=status, body="改过")
    )
    quote.refresh_from_db()
    assert quote.status == Status.DRAFT
    assert (quote.body == "改过") is (response.status_code == 302)


def test_a_draft_puts_nobody_on_a_public_list_nor_does_its_end(editor):
    quote, speaker = QuoteFactory(), SpeakerFactory()
    data = draft_of(quote, speaker=speaker.pk)
    assert editor.post(url("quote", "add"), data).status_code == 302
    draft = speaker.quotes.get()
    assert not speaker.is_public()
    editor.post(url("quote", "delete", draft.pk), {"post": "yes"})
    assert not speaker.quotes.exists()
    assert not speaker.is_public()


@pytest.mark.parametrize("state", [{}, SCHEDULED, WITHDRAWN, ONCE_PUBLIC])
def test_nobody_is_put_on_the_list_of_what_is_not_a_draft(editor, state):
    event, speaker = EventFactory(**state), SpeakerFactory()
    data = {"event": event.pk, "speaker": speaker.pk, "role": "speaker"}
    assert is_refused(editor.post(url("appearance", "add"), data))
    assert not Appearance.objects.exists()


def test_nothing_is_added_that_readers_would_see_at_once(editor):
    quote = QuoteFactory()
    other = QuoteFactory(speaker=quote.speaker)
    empty = section_data(quote.section, title="新章节", printed_empty="on")
    topic = {"content_object": quote.pk, "tag": TopicFactory().pk}
    pair = {"first": quote.pk, "second": other.pk, "state": "accepted"}
    for model, data in {"section": empty, "taggedquote": topic, "parallel": pair}.items():
        assert is_refused(editor.post(url(model, "add"), data)), model
    assert not Section.objects.filter(title="新章节").exists()
    assert not TaggedQuote.objects.exists()
    assert not Parallel.objects.exists()
    assert editor.post(url("parallel", "add"), pair | {"state": "proposed"}).status_code == 302
    assert editor.post(url("protectedterm", "add"), {"term": "算力"}).status_code == 403


def test_a_proposed_parallel_is_accepted_by_publishers_only(editor):
    quote = QuoteFactory()
    row = ParallelFactory(first=quote, second=QuoteFactory(speaker=quote.speaker), state="proposed")
    data = {"first": row.first_id, "second": row.second_id, "state": "accepted"}
    change = url("parallel", "change", row.pk)
    assert is_refused(editor.post(change, data))
    row.refresh_from_db()
    assert row.state == "proposed"
    assert client_of("publisher").post(change, data).status_code == 302


def test_what_may_only_be_read_says_why_and_has_no_button(editor):
    row = AppearanceFactory()
    page = editor.get(url("event", "change", row.event_id)).content.decode()
    assert "会看到这项内容：只有发布人员可以更改" in page
    assert 'name="_save"' not in page
    assert 'name="appearances-0-title"' not in page
    assert "deletelink" not in page
    draft = editor.get(url("event", "change", draft_event().pk)).content.decode()
    assert "会看到这项内容：只有发布人员可以更改" not in draft
    assert 'name="_save"' in draft


@pytest.mark.parametrize("change", [{"body": "改过"}, {"status": "draft"}, {"DELETE": "on"}])
def test_rows_of_an_inline_that_are_no_drafts_stay_as_they_are(editor, change):
    section = SectionFactory(coverage__event=draft_event())
    draft = QuoteFactory(section=section, slug="a", **DRAFT)
    others = [
        QuoteFactory(section=section, slug=slug, **state)
        for slug, state in [("b", {}), ("c", SCHEDULED), ("d", WITHDRAWN), ("e", ONCE_PUBLIC)]
    ]
    before = list(Quote.objects.exclude(pk=draft.pk).order_by("pk").values("body", "status"))
    path = url("section", "change", section.pk)
    values = form_values(client_of("superuser").get(path))
    rows = range(len(others) + 1)
    values |= {f"quotes-{row}-{name}": value for row in rows for name, value in change.items()}
    assert editor.post(path, values).status_code == 302
    after = list(Quote.objects.exclude(pk=draft.pk).order_by("pk").values("body", "status"))
    assert after == before
    kept = Quote.objects.filter(pk=draft.pk).first()
    assert kept is None if "DELETE" in change else kept.body == change.get("body", draft.body)


def test_a_row_added_to_an_inline_is_a_draft_whatever_is_posted(editor):
    section = SectionFactory(coverage__event=draft_event())
    row = {"speaker": SpeakerFactory().pk, "body": "一。", "wording": "not-stated"}
    path = url("section", "change", section.pk)
    rows = formset("quotes", [row | {"status": "published", "published_at": "2026-01-01"}])
    assert editor.post(path, section_data(section, title="一", **rows)).status_code == 302
    assert Quote.objects.get().status == "draft"


def test_the_pages_of_an_editor_take_a_fixed_number_of_queries(editor):
    section = SectionFactory(coverage__event=draft_event())
    counts = []
    for more in (1, 2, 27):
        QuoteFactory.create_batch(more, section=section, **DRAFT)
        counts.append([])
        for path in (
            url("quote", "changelist"),
            url("section", "change", section.pk),
            url("event", "change", section.event.pk),
        ):
            editor.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert editor.get(path).status_code == 200
            counts[-1].append(len(queries))
    assert counts[0] == counts[1] == counts[2]


def test_the_guard_holds_without_any_page_and_ends_with_its_block():
    quote, draft = QuoteFactory(), QuoteFactory(**DRAFT)
    with drafts_only():
        draft.title = "改过"
        draft.save()
        for write in (quote.save, quote.delete, EventFactory):
            with pytest.raises(ForPublishers), transaction.atomic():
                write()
    quote.save()
    assert Event.objects.count() == 2


def test_where_no_form_can_say_why_the_page_of_the_refusal_does(rf):
    page = permission_denied(rf.get("/"), ForPublishers(QuoteFactory(title="光刻机")))
    assert page.status_code == 403
    assert "光刻机" in page.content.decode()
