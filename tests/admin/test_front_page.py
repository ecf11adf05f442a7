"""The desk's front page says what needs attention."""

from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext
from lxml import html

from tests.factories import EventFactory, QuoteFactory, TopicFactory

pytestmark = pytest.mark.django_db

DRAFT = {"status": "draft", "published_at": None}
AHEAD = datetime(2099, 1, 1, tzinfo=UTC)


def heaps(client):
    """Address of each heap's list -> its number."""
    page = html.fromstring(client.get("/admin/").content.decode())
    links = page.xpath("//section[@class='attention']//p/a")
    return {link.get("href"): int(link.xpath("string(b)")) for link in links}


def test_it_counts_what_waits_and_links_to_the_lists(admin_client):
    tagged = {"topics": [TopicFactory()]}
    EventFactory(**DRAFT)
    event = EventFactory(published_at=AHEAD)
    for values in (DRAFT, DRAFT, {"published_at": AHEAD}, {"status": "withdrawn"}, {}):
        QuoteFactory(section__coverage__event=event, **tagged, **values)
    QuoteFactory(section__coverage__event=event)
    found = heaps(admin_client)
    assert found == {
        "/admin/quotes/event/?stage=scheduled": 1,
        "/admin/quotes/quote/?stage=scheduled": 1,
        "/admin/quotes/event/?stage=draft": 1,
        "/admin/quotes/quote/?stage=draft": 2,
        "/admin/quotes/quote/?stage=withdrawn": 1,
        "/admin/quotes/quote/?topics=none": 1,
    }
    for address, count in found.items():
        assert admin_client.get(address).context["cl"].result_count == count


def test_it_names_the_first_of_each_with_the_time_that_is_to_come(admin_client):
    quote = QuoteFactory(title="开场", published_at=AHEAD, topics=[TopicFactory()])
    page = admin_client.get("/admin/").content.decode()
    assert f'<a href="{reverse("admin:quotes_quote_change", args=[quote.pk])}">开场</a>' in page
    assert "2099年1月1日 08:00" in page


def test_it_says_when_nothing_waits(admin_client):
    QuoteFactory(topics=[TopicFactory()])
    text = gettext("Nothing: everything is public, and every quote has topics.")
    assert text in admin_client.get("/admin/").content.decode()


def test_it_says_who_changed_what_last(admin_client, django_user_model):
    quote = QuoteFactory(title="开场")
    other = django_user_model.objects.create_user("wang")
    LogEntry.objects.log_actions(other.pk, [quote], CHANGE, "改了措辞", single_object=True)
    page = html.fromstring(admin_client.get("/admin/").content.decode())
    (entry,) = page.xpath("//ul[@class='actionlist']/li")
    assert all(text in entry.text_content() for text in ("开场", "wang", "改了措辞"))
    assert entry.xpath("a/@href") == [f"/admin/quotes/quote/{quote.pk}/change/"]


def test_it_shows_nobody_what_they_may_not_see(client):
    user = get_user_model().objects.create_user("half", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_event"))
    client.force_login(user)
    quote = QuoteFactory(title="绝密", section__coverage__event=EventFactory(**DRAFT), **DRAFT)
    LogEntry.objects.log_actions(user.pk, [quote], CHANGE, "改了", single_object=True)
    assert heaps(client) == {"/admin/quotes/event/?stage=draft": 1}
    assert "绝密" not in client.get("/admin/").content.decode()


def test_it_takes_a_fixed_number_of_queries(admin_client, admin_user):
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            for values in (DRAFT, {"published_at": AHEAD}, {"status": "withdrawn"}):
                quote = QuoteFactory(section__coverage__event=EventFactory(**values), **values)
                LogEntry.objects.log_actions(
                    admin_user.pk, [quote, quote.event], CHANGE, "改了", single_object=False
                )
        admin_client.get("/admin/")
        with CaptureQueriesContext(connection) as queries:
            admin_client.get("/admin/")
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
