"""A site with the same text in every field that any model has, and the elements of its pages."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import count
from urllib.parse import urlsplit

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models

from quotes.history.recording import one_save
from quotes.models import Quote
from quotes.models.content import validate_links
from quotes.models.names import NameField, NamesField
from tests import factories
from tests.admin.roles import person

ADDRESSES = ("href", "src", "action", "formaction", "data-url")


class Elements(HTMLParser):
    """The elements of a page: names, names of attributes, schemes of addresses."""

    def __init__(self, page):
        super().__init__()
        self.found = Counter()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        schemes = [
            (name, urlsplit(value or "").scheme) for name, value in attrs if name in ADDRESSES
        ]
        names = tuple(sorted(name for name, _value in attrs))
        if (tag, names) != ("span", ("lang",)):  # how many depends on punctuation
            self.found[tag, names, tuple(schemes)] += 1

    def handle_comment(self, data):
        self.found["comment"] += 1

    def handle_decl(self, decl):
        self.found["declaration"] += 1


def texts_of(model, payload):
    """A text with the payload for every field of text that the model has."""
    numbers = count()
    texts = {}
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.CharField | models.TextField) or field.choices:
            continue
        is_name = isinstance(field, models.SlugField | models.FileField) or field.primary_key
        if is_name or not field.editable or field.name in ("password", "username"):
            continue
        text = f"发{next(numbers)}{payload}"
        if isinstance(field, models.URLField) or validate_links in field.validators:
            text = f"https://a.example/{''.join(payload.split())}"
        elif isinstance(field, NameField | NamesField):
            text = re.sub(r"[,;\s\ue000\ue001]+", "", text)
        elif isinstance(field, models.EmailField):
            text = "a@b.example"
        texts[field.name] = text[: field.max_length]
    return texts


def make_site(payload):
    """A site with the payload in every text; the keys of its rows do not matter."""

    def make(name_, /, **values):
        factory = getattr(factories, f"{name_}Factory")
        return factory(**texts_of(factory._meta.model, payload) | values)

    picture = {"cover": "events/x.webp", "cover_width": 1300, "cover_height": 10}
    event = make("Event", slug="e", **picture)
    speaker = make("Speaker", slug="p", picture="speakers/x.webp")
    # Terms that stand in texts: of what stands for them, nothing may be read as HTML.
    plain = make("Speaker", slug="plain", name="嘉宾", aliases="")
    make("ProtectedTerm", term="发")
    make("Speaker", slug="hidden", name="峰")
    for row, title in ((speaker, {}), (plain, {"title": ""})):
        make("Appearance", event=event, speaker=row, **title)
    coverage = make("Coverage", event=event, source=make("Source", slug="s"))
    other = make("Coverage", event=event, source=make("Source", slug="s-2", title=""))
    topic = make("Topic", slug="t")
    section = make("Section", coverage=coverage, slug="part", moderator=plain)
    elsewhere = make("Section", coverage=other, slug="part", kind="roundtable", moderator=speaker)
    body = texts_of(Quote, payload)["body"]
    quotes = [
        make("Quote", slug="q-1", section=section, speaker=speaker, topics=[topic], featured=True),
        make("Quote", slug="q-2", section=elsewhere, speaker=plain, title="", body=f"{body}。" * 9),
        make("Quote", slug="q-3", section=section, speaker=speaker, status="draft"),
        make("Quote", slug="q-4", section=section, speaker=plain, status="draft", language=""),
    ]
    make("Parallel", first=quotes[0], second=quotes[1])
    person("superuser")
    User.objects.update(**texts_of(User, payload))
    with one_save(why=f"发{payload}"[:100]):
        for quote in quotes:
            quote.context += "改"
            quote.save()
    for message in (
        payload,
        json.dumps(
            [{"changed": dict.fromkeys(("name", "object"), payload) | {"fields": [payload]}}]
        ),
    ):
        LogEntry.objects.create(
            user=User.objects.get(),
            content_type=ContentType.objects.get_for_model(quotes[0]),
            object_id=quotes[0].pk,
            object_repr=f"发{payload}",
            action_flag=CHANGE,
            change_message=message,
        )
    gone = make("Quote", slug="q-5", section=section, speaker=plain, status="draft")
    gone.delete()
