"""Previews: for editors exactly what readers will see, for others nothing at all."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from quotes.models import Event, Quote, Speaker
from tests.factories import (
    EventFactory,
    ParallelFactory,
    QuoteFactory,
    SectionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

DRAFT = {"status": "draft", "published_at": None}
AHEAD = {"published_at": datetime(2099, 1, 1, tzinfo=UTC)}
PATHS = [
    "/preview/events/e/",
    "/preview/events/e/s/p/",
    "/preview/quotes/q/",
]


@pytest.fixture
def draft():
    """A draft quote in a draft event."""
    section = SectionFactory(
        slug="p",
        coverage__event=EventFactory(slug="e", **DRAFT),
        coverage__source__slug="s",
        title="圆桌",
    )
    return QuoteFactory(
        slug="q", section=section, topics=[TopicFactory()], body="草稿的话。", **DRAFT
    )


def editor(*permissions, **values):
    user = get_user_model().objects.create_user("editor", **{"is_staff": True} | values)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk():
    return editor("view_quote", "change_event", "view_section")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/en"])
def test_an_editor_sees_a_draft_under_a_bar_and_nothing_keeps_it(desk, draft, prefix, path):
    response = desk.get(prefix + path)
    page = html.fromstring(response.content.decode())
    assert page.xpath("//aside[@class='preview-bar']//a/@href")[0].startswith("/admin/quotes/")
    assert page.xpath("//blockquote[contains(., '的話') or contains(., '的话')]")
    assert {"no-store", "private"} <= set(response.headers["Cache-Control"].split(", "))
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not page.xpath("//link[@rel='canonical' or @rel='alternate']")
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert desk.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("values", [None, {"is_staff": False}, {"is_active": False}])
def test_others_are_asked_to_sign_in_and_learn_nothing(draft, path, values):
    client = Client() if values is None else editor("view_quote", "view_event", **values)
    never = path[:-2] + "x/"
    answers = [client.get(address) for address in (path, never)]
    for address, answer in zip((path, never), answers, strict=True):
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/admin/login/?next={address}"
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.content == b""


@pytest.mark.parametrize("path", PATHS)
def test_staff_who_may_not_view_the_kind_are_refused_whatever_there_is(draft, path):
    client = editor("view_topic")
    found, never = client.get(path), client.get(path[:-2] + "x/")
    assert found.status_code == never.status_code == 403
    assert found.content == never.content
    assert "no-store" in found.headers["Cache-Control"]


@pytest.mark.parametrize("path", PATHS)
def test_what_does_not_exist_is_not_found(desk, draft, path):
    response = desk.get(path[:-2] + "x/")
    assert response.status_code == 404
    assert "no-store" in response.headers["Cache-Control"]


def main_of(response):
    """The page without its bar and header, whose links say which page it is."""
    (main,) = html.fromstring(response.content.decode()).xpath("//main")
    return html.tostring(main, with_tail=False).replace(b"/preview", b"")


@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/en"])
def test_it_is_the_page_that_readers_will_see(desk, client, draft, prefix):
    Speaker.objects.update(name="张杰", traditional_name="張杰")
    other = QuoteFactory(section=draft.section, speaker=draft.speaker, **AHEAD)
    ParallelFactory(first=draft, second=other)
    for path in PATHS[:2]:
        before = main_of(desk.get(prefix + path))
        Event.objects.update(status="published", published_at="2026-01-17T00:00Z")
        Quote.objects.update(status="published", published_at="2026-01-17T00:00Z")
        assert main_of(client.get(f"{prefix}{path.removeprefix('/preview')}")) == before
        Event.objects.update(**DRAFT)
        Quote.objects.update(**DRAFT)
    other.delete()
    before = main_of(desk.get(prefix + PATHS[2]))
    Event.objects.update(status="published", published_at="2026-01-17T00:00Z")
    Quote.objects.update(status="published", published_at="2026-01-17T00:00Z")
    assert main_of(client.get(f"{prefix}/quotes/q/")) == before


def test_who_attends_a_draft_is_shown_but_not_whose_quotes_are_withdrawn(desk, draft):
    withdrawn = QuoteFactory(section=draft.section, status="withdrawn").speaker
    answer = desk.get(f"/preview/events/{draft.event.slug}/").context["appearances"]
    assert [row.speaker for row in answer] == [draft.speaker]
    assert withdrawn.appearances.exists()


@pytest.mark.parametrize("path", PATHS[:2])
def test_drafts_and_what_is_scheduled_are_shown_with_it_but_not_what_is_withdrawn(
    desk, draft, path
):
    for body, values in {"定时。": AHEAD, "公开。": {}, "撤回。": {"status": "withdrawn"}}.items():
        QuoteFactory(section=draft.section, body=body, **values)
    page = desk.get(path).content.decode()
    shown = [text for text in ("草稿的话。", "定时。", "公开。", "撤回。") if text in page]
    assert shown == ["草稿的话。", "定时。", "公开。"]
    assert "3 段发言" in page


def test_what_is_withdrawn_can_be_previewed_itself(desk, draft):
    Event.objects.update(status="withdrawn")
    Quote.objects.update(status="withdrawn")
    assert "草稿的话。" in desk.get("/preview/quotes/q/").content.decode()
    assert desk.get("/preview/events/e/").status_code == 200


def test_a_quote_stands_among_what_is_public_now(desk):
    section = SectionFactory()
    shown, hidden = (
        QuoteFactory(section=section, position=n, body=f"第{n}句。", **values)
        for n, values in ((1, {}), (3, DRAFT))
    )
    quote = QuoteFactory(slug="q", section=section, position=2, **DRAFT)
    for other in (shown, hidden):
        ParallelFactory(first=quote, second=other)
    response = desk.get("/preview/quotes/q/")
    assert (response.context["before"].slug, response.context["after"]) == (shown.slug, None)
    assert response.context["parallels"] == [shown]


def test_a_preview_is_read_only(desk, draft):
    assert desk.post("/preview/quotes/q/").status_code == 405


def test_no_public_page_has_the_bar(client):
    quote = QuoteFactory()
    section = quote.section
    for path in (quote.get_absolute_url(), section.get_page_url(), "/", "/events/"):
        assert "preview" not in client.get(path).content.decode()


def test_a_form_links_to_the_preview(admin_client, draft):
    for row in (draft, draft.event, draft.section):
        model = row._meta.model_name
        form = admin_client.get(reverse(f"admin:quotes_{model}_change", args=[row.pk]))
        address = reverse(f"{model}_preview", args=row.natural_key())
        assert f'href="{address}"' in form.content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_a_preview_takes_a_fixed_number_of_queries(desk, draft, path):
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            other = QuoteFactory(section=draft.section, speaker=draft.speaker, **DRAFT)
            QuoteFactory(section=SectionFactory(coverage=draft.section.coverage), **DRAFT)
            shown = QuoteFactory(section=draft.section, speaker=draft.speaker)
            ParallelFactory(first=draft, second=other)
            ParallelFactory(first=draft, second=shown)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
