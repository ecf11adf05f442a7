"""Publishing, scheduling and withdrawing at the desk: only by its own page, and as shown there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from quotes.models import Event, Quote
from quotes.search.models import SearchEntry
from tests.admin.roles import client_of
from tests.factories import (
    EventFactory,
    QuoteFactory,
    SectionFactory,
    SpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

DRAFT = {"status": "draft", "published_at": None}
MOVES = ["publish", "schedule", "withdraw", "redraft"]


def url(model, page, *args):
    return reverse(f"admin:quotes_{model}_{page}", args=args)


def move(client, name, *rows, **data):
    """Post the page that moves `rows` as it shows them; where it shows nothing, their keys."""
    posted = seen(tick(client, name, *rows)) or {"rows": ",".join(str(row.pk) for row in rows)}
    return client.post(url(rows[0]._meta.model_name, "move", name), posted | data)


def seen(page):
    """What the page would post."""
    return {"rows": page.context["keys"], "mark": page.context["mark"]} if shows(page) else {}


def shows(page):
    return bool(page.context) and bool(page.context.get("mark"))


def tick(client, name, *rows):
    """Choose an action for rows of a list."""
    data = {"action": name, "_selected_action": [row.pk for row in rows]}
    return client.post(url(rows[0]._meta.model_name, "changelist"), data)


def staff(*permissions):
    user = get_user_model().objects.create_user(f"user-{len(permissions)}", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def draft():
    return QuoteFactory(title="开场", **DRAFT)


@pytest.fixture
def editor():
    return staff("view_quote", "change_quote", "view_event", "change_event")


@pytest.fixture
def publisher():
    return staff("view_quote", "change_quote", "view_event", "change_event", "publish")


def test_a_draft_is_published_and_the_log_says_by_whom(publisher, client, draft):
    response = move(publisher, "publish", draft)
    assert response.headers["Location"] == url("quote", "change", draft.pk)
    assert client.get(draft.get_absolute_url()).status_code == 200
    entry = LogEntry.objects.get(content_type__isnull=False)
    assert (entry.user.username, entry.object_id) == ("user-5", str(draft.pk))
    assert "已发布" in entry.get_change_message()


@pytest.mark.parametrize("name", MOVES)
def test_only_who_may_publish_sees_and_does_it(editor, draft, name):
    shown = QuoteFactory()
    for row in (draft, shown):
        assert editor.get(url("quote", "move", name), {"row": row.pk}).status_code == 403
        assert move(editor, name, row, at="2099-01-01T08:00").status_code == 403
        tick(editor, name, row)
        page = editor.get(url("quote", "change", row.pk)).content.decode()
        assert "/move/" not in page
    assert f'value="{name}"' not in editor.get(url("quote", "changelist")).content.decode()
    assert list(Quote.objects.published()) == [shown]


def test_a_stranger_is_asked_to_sign_in(client, draft):
    response = client.get(url("quote", "move", "publish"), {"row": draft.pk})
    assert response.headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(
    ("values", "names"),
    [
        (DRAFT, ["publish", "schedule"]),
        ({"published_at": datetime(2099, 1, 1, tzinfo=UTC)}, ["publish", "schedule", "redraft"]),
        ({}, ["withdraw"]),
        ({"status": "withdrawn"}, ["publish", "redraft"]),
    ],
)
@pytest.mark.parametrize("factory", [EventFactory, QuoteFactory])
def test_a_form_has_the_buttons_for_what_is_possible(publisher, factory, values, names):
    row = factory(**values)
    model = row._meta.model_name
    page = publisher.get(url(model, "change", row.pk)).content.decode()
    shown = [name for name in MOVES if f'href="/admin/quotes/{model}/move/{name}/?row=' in page]
    assert shown == names


def test_a_form_never_changes_where_a_row_stands(admin_client, draft):
    published = {"status": "published", "published_at_0": "2026-01-01", "published_at_1": "08:00"}
    data = {"section": draft.section_id, "speaker": draft.speaker_id, "body": "话。"}
    data |= {"wording": "verbatim", "topics": ""} | published
    assert admin_client.post(url("quote", "change", draft.pk), data).status_code == 302
    draft.refresh_from_db()
    assert (draft.status, draft.wording) == ("draft", "verbatim")

    section = draft.section
    rows = {"quotes-TOTAL_FORMS": 1, "quotes-INITIAL_FORMS": 1, "quotes-0-id": draft.pk}
    rows |= {"quotes-0-section": section.pk, "quotes-0-speaker": draft.speaker_id}
    rows |= {"quotes-0-body": "别的话。", "quotes-0-wording": "edited", "quotes-0-position": 1}
    rows |= {"quotes-0-status": "published"}
    data = {"coverage": section.coverage_id, "kind": "speech", "title": "开场", "position": 1}
    assert admin_client.post(url("section", "change", section.pk), data | rows).status_code == 302
    draft.refresh_from_db()
    assert (draft.status, draft.wording) == ("draft", "edited")


def test_the_page_sums_up_and_changes_nothing(publisher, draft):
    before = Quote.objects.values().get()
    response = publisher.get(url("quote", "move", "publish"), {"row": draft.pk})
    page = response.content.decode()
    (line,) = response.context["moved"]
    assert (line.row, line.becomes) == (draft, "published")
    assert draft.get_absolute_url() in page
    assert draft.section.get_page_url() in page
    assert Quote.objects.values().get() == before


def test_what_is_refused_is_named_with_its_field_and_stays_while_the_rest_goes(publisher, draft):
    empty, shown = QuoteFactory(title="空", body="\n", **DRAFT), QuoteFactory(title="在")
    response = tick(publisher, "publish", draft, empty, shown)
    assert [line.row for line in response.context["moved"]] == [draft]
    reasons = {line.row: line.reasons[0] for line in response.context["refused"]}
    assert set(reasons) == {empty, shown}
    form = url("quote", "change", empty.pk)
    assert (reasons[empty].field, reasons[empty].url) == ("原话", f"{form}#id_body")
    assert f'href="{form}#id_body"' in response.content.decode()
    assert response.context["keys"] == str(draft.pk)

    publisher.post(url("quote", "move", "publish"), seen(response))
    assert set(Quote.objects.published()) == {draft, shown}


def test_publishing_an_event_says_which_quotes_become_visible(publisher):
    event = EventFactory(**DRAFT)
    quotes = [QuoteFactory(section__coverage__event=event, topics=[TopicFactory()]) for _ in "123"]
    response = publisher.get(url("event", "move", "publish"), {"row": event.pk})
    counts = {group.name: group.count for group in response.context["groups"]}
    assert counts == {"峰会": 1, "章节": 3, "发言": 3, "嘉宾": 3, "主题": 3, "来源": 3}
    page = response.content.decode()
    assert all(quote.get_absolute_url() in page for quote in quotes)


def test_a_quote_of_a_hidden_event_is_said_to_stay_hidden(publisher):
    quote = QuoteFactory(section__coverage__event=EventFactory(**DRAFT), **DRAFT)
    response = publisher.get(url("quote", "move", "publish"), {"row": quote.pk})
    assert [line.row for line in response.context["moved"] if line.stays_hidden] == [quote]
    assert gettext("Stays hidden until its event is public.") in response.content.decode()


def test_an_event_is_withdrawn_with_its_quotes_and_comes_back_under_its_time(publisher, client):
    quote = QuoteFactory()
    since = quote.event.published_at
    move(publisher, "withdraw", quote.event)
    assert client.get(quote.get_absolute_url()).status_code == 404
    assert not SearchEntry.objects.published().exists()
    move(publisher, "publish", Event.objects.get())
    assert Event.objects.get().published_at == since
    assert client.get(quote.get_absolute_url()).status_code == 200


def test_a_time_is_beijing_time_and_comes_due(publisher, client, draft, monkeypatch):
    tomorrow = timezone.localtime() + timedelta(days=1)
    move(publisher, "schedule", draft, at=tomorrow.strftime("%Y-%m-%dT%H:%M"))
    draft.refresh_from_db()
    assert draft.published_at == tomorrow.replace(second=0, microsecond=0)
    assert client.get(draft.get_absolute_url()).status_code == 404
    monkeypatch.setattr(timezone, "now", lambda: draft.published_at)
    assert client.get(draft.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "at", ["", "bald", "2020-01-01T08:00", "0001-01-01T00:00", "9999-12-31T23:59Z", "2099-02-30"]
)
def test_a_time_that_cannot_be_is_refused_beside_the_field(publisher, draft, at):
    response = move(publisher, "schedule", draft, at=at)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["at"]
    assert response.context["form"]["at"].errors[0] in response.content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_nothing_is_done_if_anything_changed_since_it_was_shown(publisher, draft):
    other = QuoteFactory(**DRAFT)
    posted = seen(tick(publisher, "publish", draft, other))
    Quote.objects.filter(pk=other.pk).update(status="withdrawn")
    response = publisher.post(url("quote", "move", "publish"), posted)
    assert response.status_code == 200
    text = "Nothing was done: something changed meanwhile. This is how it is now."
    assert gettext(text) in response.content.decode()
    assert not Quote.objects.published().exists()
    assert not LogEntry.objects.filter(content_type__isnull=False).exists()
    now = {line.row: line.row.status for line in response.context["moved"]}
    assert now == {draft: "draft", other: "withdrawn"}
    assert publisher.post(url("quote", "move", "publish"), seen(response)).status_code == 302
    assert Quote.objects.published().count() == 2


@pytest.mark.parametrize("change", ["words", "topics"])
def test_what_was_written_since_it_was_shown_is_not_published(publisher, draft, change):
    page = publisher.get(url("quote", "move", "publish"), {"row": draft.pk})
    data = seen(page)
    if change == "words":
        draft.body = "别的话。"
        draft.save()
    else:
        draft.topics.add(TopicFactory())
    assert publisher.post(url("quote", "move", "publish"), data).status_code == 200
    assert not Quote.objects.published().exists()


def test_what_is_gone_leads_back_to_the_list(publisher, draft):
    draft_pk = draft.pk
    draft.delete()
    response = publisher.get(url("quote", "move", "publish"), {"row": draft_pk})
    assert response.headers["Location"] == url("quote", "changelist")


def test_many_at_once_lead_back_to_the_list_as_it_was_filtered(publisher, draft):
    other = QuoteFactory(**DRAFT)
    data = {"action": "publish", "_selected_action": [draft.pk, other.pk]}
    response = publisher.post(url("quote", "changelist") + "?stage=draft", data)
    response = publisher.post(response.context["address"], seen(response))
    assert response.headers["Location"] == url("quote", "changelist") + "?stage=draft"
    assert Quote.objects.published().count() == 2


def test_too_many_at_once_are_refused(publisher, draft, monkeypatch):
    monkeypatch.setattr("quotes.admin.moves.AT_ONCE", 1)
    assert tick(publisher, "publish", draft, QuoteFactory(**DRAFT)).status_code == 302
    assert tick(publisher, "publish", draft).status_code == 200


def test_what_is_to_do_stands_above_the_form_until_it_is_done(admin_client, draft):
    page = admin_client.get(url("quote", "change", draft.pk)).content.decode()
    assert 'href="#id_topics"' in page
    assert 'href="#id_wording"' in page
    assert 'href="#id_title"' not in page
    event = draft.event
    assert 'href="#id_city"' in admin_client.get(url("event", "change", event.pk)).content.decode()
    draft.topics.add(TopicFactory())
    Quote.objects.update(wording="verbatim")
    draft.speaker.appearances.update(title="教授")
    assert "to-do" not in admin_client.get(url("quote", "change", draft.pk)).content.decode()


def test_the_panel_stays_where_what_was_typed_is_refused(admin_client, draft):
    data = {"slug": "有汉字", "topics": ""}
    response = admin_client.post(url("quote", "change", draft.pk), data)
    assert response.status_code == 200
    assert f'href="{reverse("quote_preview", args=[draft.slug])}"' in response.content.decode()


@pytest.mark.parametrize("stage", ["draft", "scheduled", "published", "withdrawn"])
def test_a_list_is_narrowed_to_what_stands_at_a_stage(admin_client, draft, stage):
    rows = {
        "draft": draft,
        "scheduled": QuoteFactory(published_at=datetime(2099, 1, 1, tzinfo=UTC)),
        "published": QuoteFactory(),
        "withdrawn": QuoteFactory(status="withdrawn"),
    }
    response = admin_client.get(url("quote", "changelist"), {"stage": stage})
    assert list(response.context["cl"].result_list) == [rows[stage]]


def test_a_list_is_narrowed_to_quotes_without_topics(admin_client, draft):
    QuoteFactory(topics=[TopicFactory()])
    response = admin_client.get(url("quote", "changelist"), {"topics": "none"})
    assert list(response.context["cl"].result_list) == [draft]


def queries_of(client, name, rows):
    with CaptureQueriesContext(connection) as queries:
        assert len(tick(client, name, *rows).context["moved"]) == len(rows)
    return len(queries)


@pytest.mark.parametrize("name", ["publish", "withdraw"])
def test_the_page_takes_a_fixed_number_of_queries(admin_client, name):
    values = DRAFT if name == "publish" else {}
    quotes, events = [], []
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            quotes.append(QuoteFactory(topics=[TopicFactory()], **values))
            events.append(EventFactory(**values))
            section = SectionFactory(coverage__event=events[-1])
            QuoteFactory(section=section, topics=[TopicFactory()])
        found = [queries_of(admin_client, name, rows) for rows in (quotes, events)]
        counts.append(found)
    assert counts[0] == counts[1] == counts[2]


def test_the_page_names_the_speakers_who_appear_with_their_first_quote_and_go_with_the_last():
    draft = QuoteFactory(section=SectionFactory(moderator=SpeakerFactory()), **DRAFT)
    speakers = {draft.speaker.get_absolute_url(), draft.section.moderator.get_absolute_url()}
    for move_name in ("publish", "withdraw"):
        page = client_of("publisher").get(url("quote", "move", move_name), {"row": draft.pk})
        assert all(address in page.content.decode() for address in speakers)
        Quote.objects.update(status="published", published_at="2026-01-17T00:00Z")
