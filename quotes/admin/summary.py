"""What readers begin to see, or see no more, by a move: as its page lists it, and a mark of it."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from django.contrib.admin.utils import display_for_field
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from quotes.history.versions import newest_number
from quotes.models import (
    Appearance,
    Coverage,
    Event,
    Parallel,
    Quote,
    Section,
    Topic,
)
from quotes.models.content import Content
from quotes.models.publication import Publishable
from quotes.models.quote import READING_ORDER
from quotes.text.markup import plain_text

FIRST = 50  # rows of each kind that are listed; of more, how many there are
WORDS_SHOWN = 60  # characters of a quote's words

Versions = dict[type[Content], dict[int, int]]  # kind of content -> primary key -> newest version


class Look(NamedTuple):
    """How the rows of one kind are listed."""

    facts: tuple[str, ...] = ()  # fields that are shown where they say something
    aside: tuple[str, ...] = ()  # what stands beside the name
    related: tuple[str, ...] = ()
    order: tuple[str, ...] = ("slug",)
    of: str = ""  # the field whose row is listed instead, with a page of its own if it appears too


# In the order in which a reader meets them.
LOOKS = {
    Event: Look(
        facts=(
            *("name", "english_name", "start_date", "end_date", "city", "english_city"),
            *("venue", "organiser", "website", "summary", "cover_alt"),
        ),
    ),
    Appearance: Look(
        facts=(
            *("name", "latin_name", "traditional_name", "aliases", "biography"),
            *("picture_alt", "links"),
        ),
        aside=("get_role_display", "title", "english_title"),
        related=("speaker",),
        order=("event", "position", "speaker__slug"),
        of="speaker",
    ),
    Coverage: Look(
        facts=("kind", "author", "publisher", "date_published", "url"),
        related=("source",),
        order=("event", "position", "source__slug"),
        of="source",
    ),
    Section: Look(
        facts=("moderator", "question"),
        aside=("source",),
        related=("moderator", "coverage__event", "coverage__source"),
        order=("coverage__position", "coverage__source__slug", "position", "slug"),
    ),
    Quote: Look(
        facts=("context", "highlight"),
        aside=("speaker",),
        related=("speaker", "section__coverage__event", "section__coverage__source"),
        order=READING_ORDER,
    ),
    Topic: Look(facts=("name", "english_name", "description", "aliases")),
    Parallel: Look(
        related=("first__speaker", "second__speaker"), order=("first__slug", "second__slug")
    ),
}


class Line(NamedTuple):
    """What the page says of one row."""

    row: Content
    number: str
    name: str
    aside: str
    words: str  # of a quote the first
    address: str  # of the public page that appears or goes, if one does
    url: str  # where it is edited
    facts: list[tuple[str, str]]


class Group(NamedTuple):
    """Rows of one kind: how many, the first of them, and how many more."""

    kind: str
    name: str
    count: int
    lines: list[Line]
    rest: int


def form_address(row: Content) -> str:
    """Where a row is edited."""
    return reverse(f"admin:quotes_{row._meta.model_name}_change", args=[row.pk])


def versions_of(changed: dict[type[Content], QuerySet]) -> Versions:
    """The newest version of each of the rows; one query for each kind."""
    return {
        model: dict(
            rows.annotate(version=newest_number(model)).values_list("pk", "version").order_by("pk")
        )
        for model, rows in changed.items()
    }


def mark_of(rows: Iterable[Publishable], versions: Versions) -> str:
    """A digest by which it is known whether anything is another than it was shown.

    Of the rows that are moved, which come with their version, and of what changes with them.
    """
    moved = sorted((row.pk, row.version, row.standing) for row in rows)
    others = [(model._meta.model_name, *found.items()) for model, found in versions.items()]
    return sha256(repr((moved, others)).encode()).hexdigest()


def groups(changed: dict[type[Content], QuerySet], versions: Versions) -> Iterator[Group]:
    """What is listed; one query for each kind that there is, and one for the topics of quotes."""
    for model, look in LOOKS.items():
        if count := len(versions.get(model, ())):
            rows = changed[model].order_by(*look.order)
            rows = rows.select_related(*look.related) if look.related else rows
            rows = rows.with_topics() if model is Quote else rows
            lines = [_line(row, look, versions) for row in rows[:FIRST]]
            kind = model._meta.get_field(look.of).related_model if look.of else model
            name = kind._meta.verbose_name_plural
            yield Group(kind._meta.model_name, name, count, lines, count - len(lines))


def _line(row: Content, look: Look, versions: Versions) -> Line:
    """What the page says of a row; of a speaker or source that readers know only that it joins."""
    shown = getattr(row, look.of) if look.of else row
    is_new = shown.pk in versions.get(type(shown), ())
    words = _first_words(shown) if isinstance(shown, Quote) else ""
    name = words if words and not shown.title else str(shown)
    return Line(
        row=shown,
        number=getattr(shown, "number", ""),
        name=name,
        aside=" · ".join(filter(None, (_value(row, name) for name in look.aside))),
        words=words if words != name else "",
        address=_address(shown) if is_new else "",
        url=form_address(shown),
        facts=[fact for fact in _facts(shown, look.facts) if fact[1] != name] if is_new else [],
    )


def _value(row: Content, name: str) -> str:
    """An attribute, or what a method gives."""
    value = getattr(row, name)
    return str(value() if callable(value) else value)


def _first_words(quote: Quote) -> str:
    return Truncator(" ".join(plain_text(quote.body_html).split())).chars(WORDS_SHOWN)


def _address(row: Content) -> str:
    """The address of its page; a section's own, where the event's shows but its start."""
    if isinstance(row, Parallel):
        return ""
    return getattr(row, "get_page_url", row.get_absolute_url)()


def _facts(row: Model, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(label, text) of the fields that say something; of a quote also its topics."""
    for name in names:
        field = row._meta.get_field(name)
        if value := getattr(row, name):
            yield capfirst(field.verbose_name), display_for_field(value, field, "", avoid_link=True)
    if isinstance(row, Quote) and (tagged := row.tagged_quotes.all()):
        yield _("Topics"), "、".join(str(each.tag) for each in tagged)
    if isinstance(row, Parallel):
        for quote in (row.first, row.second):
            yield str(quote.speaker), _first_words(quote)
