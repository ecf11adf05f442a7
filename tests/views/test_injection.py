"""Whatever an editor writes into any field, no page gets an element or attribute by it.

Two sites of one shape are made, one with a payload in every field of text that any model has, one
with as many harmless characters. Each page of the one has the elements of the other.
"""

import csv
import io
import re
from xml.etree import ElementTree

import lxml.html
import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from quotes.models import Event, Quote
from tests.admin.forms import opened
from tests.admin.roles import client_of
from tests.factories import QuoteFactory
from tests.hostile import Elements, make_site

PAYLOADS = [  # the first characters of each are all that the shortest fields hold
    "\"'><b></title><meta http-equiv=refresh content='0;url=/'>\" onfocus=\"a' onfocus='&lt;&#x27;",
    "\"'><b>\ue000<i>\ue001</p>\ue000one\n<u>two\r\n--><s>]]></script></style>[x](javascript:a())<hr>",
]
SPECIAL = re.compile(r"[^\w\s;,]|[\ue000\ue001]")
PREFIXES = ["/", "/zh-hant/", "/en/"]
PUBLIC = [
    "",
    "events/",
    "events/e/",
    "events/e/s/part/",
    "speakers/",
    "speakers/p/",
    "speakers/plain/",
    "topics/",
    "topics/t/",
    "quotes/",
    "quotes/?q=发",
    "quotes/?speaker=nobody",
    "quotes/q-1/",
    "quotes/q-2/",
    "suggestions/?q=发",
    "preview/events/e/",
    "preview/events/e/s/part/",
    "preview/quotes/q-1/",
    "preview/quotes/q-3/",
    "nothing/",
]


def desk_pages(client):
    """What the desk shows: name -> page."""
    deleted = reverse("admin:quotes_quote_deleted")
    pages = {"index": client.get("/admin/"), "deleted": client.get(deleted)}
    kept = [*apps.get_app_config("quotes").get_models(), User, LogEntry]
    for model in [model for model in kept if model in admin.site._registry]:
        pages |= _pages_of(client, model)
    for row in (Event.objects.get(), *Quote.objects.order_by("pk")[1:3]):
        for move in ("publish", "withdraw", "schedule"):
            address = reverse(f"admin:quotes_{row._meta.model_name}_move", args=[move])
            pages[move, row.slug] = client.get(address, {"row": row.pk})
    version = Quote.history.get(history_type="-")
    pages["bring back"] = client.get(reverse("admin:quotes_quote_bring_back", args=[version.pk]))
    return pages | dict(_answers(client))


def _pages_of(client, model):
    start, name = f"admin:{model._meta.app_label}_{model._meta.model_name}", model.__name__
    rows = list(model._base_manager.order_by("pk"))
    ticked = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    pages = {
        (name, "list"): client.get(reverse(f"{start}_changelist"), {"q": "发"}),
        (name, "ticked"): client.post(reverse(f"{start}_changelist"), ticked),
    }
    for page in ("change", "history", "delete"):
        pages[name, page] = client.get(reverse(f"{start}_{page}", args=[rows[0].pk]))
    return pages


def _answers(client):
    """What is answered to saving a draft."""
    quote = Quote.objects.get(slug="q-3")
    address = reverse("admin:quotes_quote_change", args=[quote.pk])
    data = opened(client.get(address))
    first = quote.history.earliest("history_id").history_date.isoformat()
    yield (
        "restore",
        client.get(reverse("admin:quotes_quote_restore", args=[quote.pk]), {"at": first}),
    )
    yield "unknown", client.post(address, data | {"topics": f"新{data['topics']}"})
    other = Quote.objects.get(slug="q-2")
    yield "same words", client.post(address, data | {"body": other.body})
    Quote.objects.filter(pk=quote.pk).update(context=other.context, speaker=other.speaker)
    yield "conflict", client.post(address, data | {"title": "我的标题"})
    data = opened(client.get(address)) | {"title": "我的标题"}
    yield "saved", client.post(address, data, follow=True)
    public = reverse("admin:quotes_quote_change", args=[Quote.objects.get(slug="q-1").pk])
    yield "refused", client_of("editor").post(public, data)


def shapes():
    """The elements of every page, by name."""
    client, public = client_of("superuser"), Client()
    pages = {
        prefix + path: (client if "preview" in path else public).get(prefix + path)
        for prefix in PREFIXES
        for path in PUBLIC
    }
    pages |= desk_pages(client)
    return {
        name: (response.status_code, Elements(response.content.decode()).found)
        for name, response in pages.items()
    }


def of_site(payload, look):
    """What `look` finds on a site with the payload, which is then gone again."""
    with transaction.atomic():
        make_site(payload)
        found = look()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_page_gets_an_element_or_attribute_by_what_stands_in_a_field(db, payload):
    expected = of_site(SPECIAL.sub("x", payload), shapes)
    found = of_site(payload, shapes)
    assert found.keys() == expected.keys()
    different = {
        name: (expected[name][0], found[name][0], found[name][1] - expected[name][1])
        for name in found
        if found[name] != expected[name]
    }
    assert different == {}


def files():
    """The rows of the table, the addresses of the sitemaps, the choices of pickers."""
    client = client_of("superuser")
    table = b"".join(client.get("/quotes.csv").streaming_content).decode()
    sitemap = ElementTree.fromstring(client.get("/sitemap-quotes.xml").content)
    picker = {"app_label": "quotes", "model_name": "quote", "field_name": "speaker"}
    choices = client.get("/admin/autocomplete/", picker).json()["results"]
    return (
        [len(row) for row in csv.reader(io.StringIO(table, newline=""))],
        [row[0][:1] for row in csv.reader(io.StringIO(table, newline=""))],
        [element.text for element in sitemap.iter()],
        [sorted(choice) for choice in choices],
    )


@pytest.mark.parametrize("payload", [*PAYLOADS, "\n=1+1", ',"\r\n=a'])
def test_files_have_the_same_rows_whatever_stands_in_a_field(db, payload):
    assert of_site(payload, files) == of_site(SPECIAL.sub("x", payload), files)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_characters_that_mean_something_in_html_are_shown_as_they_were_written(db, prefix):
    words = "研发 R&D <b>“1 < 2”</b> &lt;i&gt; 'x'"
    before = QuoteFactory(slug="q-1", body=words)
    QuoteFactory(slug="q-2", section=before.section)
    page = lxml.html.fromstring(Client().get(f"{prefix}quotes/q-1/").content.decode())
    shown = words.replace("发", "發") if "hant" in prefix else words
    (description,) = page.xpath("//meta[@name='description']/@content")
    assert description.endswith(shown) or prefix == "/en/"  # which says it without the words
    assert page.xpath("//article//blockquote")[0].text_content().strip() == shown
    after = lxml.html.fromstring(Client().get(f"{prefix}quotes/q-2/").content.decode())
    (link,) = after.xpath("//a[@rel='prev']")
    assert shown[:12] in link.text_content()
