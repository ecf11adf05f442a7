"""Who may what: role x action x object."""

from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.urls import reverse

from quotes import models
from quotes.models import Status
from tests.admin.roles import client_of, form_values
from tests.factories import (
    AppearanceFactory,
    CoverageFactory,
    EventFactory,
    ParallelFactory,
    ProtectedTermFactory,
    QuoteFactory,
    SectionFactory,
    SourceFactory,
    SpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

DRAFT = {"status": Status.DRAFT, "published_at": None}
SCHEDULED = {"published_at": datetime(2099, 1, 1, tzinfo=UTC)}
WITHDRAWN = {"status": Status.WITHDRAWN}
ONCE_PUBLIC = {"status": Status.DRAFT}


def draft_event():
    return EventFactory(**DRAFT)


def tagged(**state):
    return QuoteFactory(topics=[TopicFactory()], **state).tagged_quotes.get()


def pair(**values):
    speaker = SpeakerFactory()
    first, second = QuoteFactory(speaker=speaker), QuoteFactory(speaker=speaker)
    return ParallelFactory(first=first, second=second, **values)


def account(**values):
    number = get_user_model().objects.count()
    return get_user_model().objects.create(username=f"somebody-{number}", **values)


def log_entry():
    return LogEntry.objects.create(user=account(), action_flag=1, object_repr="x")


OBJECTS = {
    "event, draft": draft_event,
    "event, scheduled": lambda: EventFactory(**SCHEDULED),
    "event, published": EventFactory,
    "event, withdrawn": lambda: EventFactory(**WITHDRAWN),
    "event, once public": lambda: EventFactory(**ONCE_PUBLIC),
    "quote, draft": lambda: QuoteFactory(**DRAFT),
    "quote, scheduled": lambda: QuoteFactory(**SCHEDULED),
    "quote, published": QuoteFactory,
    "quote, withdrawn": lambda: QuoteFactory(**WITHDRAWN),
    "quote, once public": lambda: QuoteFactory(**ONCE_PUBLIC),
    "quote, published at a draft": lambda: QuoteFactory(section__coverage__event=draft_event()),
    "section, without quotes": SectionFactory,
    "section, empty in print": lambda: SectionFactory(printed_empty=True),
    "section, of a draft event": lambda: SectionFactory(
        printed_empty=True, coverage__event=draft_event()
    ),
    "section, of a withdrawn quote": lambda: QuoteFactory(**WITHDRAWN).section,
    "speaker, of no event": SpeakerFactory,
    "speaker, of a draft event": lambda: AppearanceFactory(event=draft_event()).speaker,
    "speaker, public": lambda: AppearanceFactory().speaker,
    "source, of no event": SourceFactory,
    "source, public": lambda: CoverageFactory().source,
    "topic, of no quote": TopicFactory,
    "topic, of a draft": lambda: tagged(**DRAFT).tag,
    "topic, public": lambda: tagged().tag,
    "appearance, of a draft": lambda: AppearanceFactory(event=draft_event()),
    "appearance, scheduled": lambda: AppearanceFactory(event=EventFactory(**SCHEDULED)),
    "appearance, public": AppearanceFactory,
    "coverage, of a draft": lambda: CoverageFactory(event=draft_event()),
    "coverage, public": CoverageFactory,
    "tagged quote, draft": lambda: tagged(**DRAFT),
    "tagged quote, public": tagged,
    "parallel, proposed": lambda: pair(state="proposed"),
    "parallel, accepted": pair,
    "protected term": ProtectedTermFactory,
    "person": account,
    "person, superuser": lambda: get_user_model().objects.get_or_create(
        username="root", is_superuser=True
    )[0],
    "log entry": log_entry,
}
# Who may do it: e(ditors), p(ublishers), a(dministrators), s(uperusers). Who is not signed in or
# in no group may nothing. "-" where nobody may: what hangs on it protects it, or it is kept for
# good. A picker offers a row, history is its page, action is deleting it from the list.
TABLE = """
object                        | list | add  | view | change | delete | action | history | picker
event, draft                  | epas | epas | epas | epas   | epas   | epas   | epas    | epas
event, scheduled              | epas | epas | epas | pas    | pas    | pas    | epas    | epas
event, published              | epas | epas | epas | pas    | pas    | pas    | epas    | epas
event, withdrawn              | epas | epas | epas | pas    | pas    | pas    | epas    | epas
event, once public            | epas | epas | epas | pas    | pas    | pas    | epas    | epas
quote, draft                  | epas | epas | epas | epas   | epas   | epas   | epas    | epas
quote, scheduled              | epas | epas | epas | pas    | pas    | pas    | epas    | epas
quote, published              | epas | epas | epas | pas    | pas    | pas    | epas    | epas
quote, withdrawn              | epas | epas | epas | pas    | pas    | pas    | epas    | epas
quote, once public            | epas | epas | epas | pas    | pas    | pas    | epas    | epas
quote, published at a draft   | epas | epas | epas | pas    | pas    | pas    | epas    | epas
section, without quotes       | epas | epas | epas | epas   | epas   | epas   | epas    | epas
section, empty in print       | epas | epas | epas | pas    | pas    | pas    | epas    | epas
section, of a draft event     | epas | epas | epas | epas   | epas   | epas   | epas    | epas
section, of a withdrawn quote | epas | epas | epas | pas    | -      | -      | epas    | epas
speaker, of no event          | epas | epas | epas | epas   | epas   | epas   | epas    | epas
speaker, of a draft event     | epas | epas | epas | epas   | -      | -      | epas    | epas
speaker, public               | epas | epas | epas | pas    | -      | -      | epas    | epas
source, of no event           | epas | epas | epas | epas   | epas   | epas   | epas    | epas
source, public                | epas | epas | epas | pas    | -      | -      | epas    | epas
topic, of no quote            | epas | epas | epas | epas   | epas   | epas   | epas    | epas
topic, of a draft             | epas | epas | epas | epas   | epas   | epas   | epas    | epas
topic, public                 | epas | epas | epas | pas    | pas    | pas    | epas    | epas
appearance, of a draft        | epas | epas | epas | epas   | epas   | epas   | epas    |
appearance, scheduled         | epas | epas | epas | pas    | pas    | pas    | epas    |
appearance, public            | epas | epas | epas | pas    | pas    | pas    | epas    |
coverage, of a draft          | epas | epas | epas | epas   | epas   | epas   | epas    | epas
coverage, public              | epas | epas | epas | pas    | pas    | pas    | epas    | epas
tagged quote, draft           | epas | epas | epas | epas   | epas   | epas   | epas    |
tagged quote, public          | epas | epas | epas | pas    | pas    | pas    | epas    |
parallel, proposed            | epas | epas | epas | epas   | epas   | epas   | epas    |
parallel, accepted            | epas | epas | epas | pas    | pas    | pas    | epas    |
protected term                | epas | pas  | epas | pas    | pas    | pas    | epas    |
person                        | as   | as   | as   | as     | -      | -      | as      |
person, superuser             | as   | as   | as   | s      | -      | -      | as      |
log entry                     | as   | -    | as   | -      | -      | -      | as      |
"""
ROLES = ["anonymous", "nobody", "editor", "publisher", "administrator", "superuser"]
PICKERS = {  # which field offers rows of a kind, and a word by which it finds them
    "event": ("appearance", "event"),
    "quote": ("parallel", "first"),
    "section": ("quote", "section"),
    "speaker": ("quote", "speaker"),
    "source": ("coverage", "source"),
    "topic": ("taggedquote", "tag"),
    "coverage": ("section", "coverage"),
}
NEW_TEXT = {  # a field to type into where there is one
    models.Event: "summary",
    models.Quote: "context",
    models.Section: "question",
    models.Speaker: "biography",
    models.Source: "author",
    models.Topic: "description",
    models.Appearance: "title",
    models.ProtectedTerm: "traditional",
    get_user_model(): "last_name",
}


def cells():
    """(object, action, who may) of every cell that says something."""
    heading, *rows = [line.split("|") for line in TABLE.strip().splitlines()]
    actions = [action.strip() for action in heading[1:]]
    for name, *who in rows:
        for action, letters in zip(actions, who, strict=True):
            if letters.strip():
                yield name.strip(), action, letters.strip()


def page(row, name, *args):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=args)


def opens(client, path, **data):
    return client.get(path, data).status_code == 200


def is_changed(client, row):
    """Whether the text that is typed into the form, as a superuser is shown it, arrives."""
    change = page(row, "change", row.pk)
    values = form_values(client_of("another superuser").get(change))
    field = NEW_TEXT.get(type(row))
    response = client.post(change, values | ({field: "新的文字"} if field else {}))
    accepted = response.status_code == 302 and "/login/" not in response["Location"]
    row.refresh_from_db()
    assert not field or (getattr(row, field) == "新的文字") is accepted
    return accepted


def is_gone(row):
    return not type(row).objects.filter(pk=row.pk).exists()


def is_deleted(client, row):
    client.post(page(row, "delete", row.pk), {"post": "yes"})
    return is_gone(row)


def is_deleted_from_the_list(client, row):
    action = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    client.post(page(row, "changelist"), action)
    return is_gone(row)


def is_offered(client, row):
    model, field = PICKERS[row._meta.model_name]
    query = {"app_label": "quotes", "model_name": model, "field_name": field, "term": ""}
    response = client.get(reverse("admin:autocomplete"), query)
    return response.status_code == 200 and str(row.pk) in [
        choice["id"] for choice in response.json()["results"]
    ]


DOES = {
    "list": lambda client, row: opens(client, page(row, "changelist")),
    "add": lambda client, row: opens(client, page(row, "add")),
    "view": lambda client, row: opens(client, page(row, "change", row.pk)),
    "change": is_changed,
    "delete": is_deleted,
    "action": is_deleted_from_the_list,
    "history": lambda client, row: opens(client, page(row, "history", row.pk)),
    "picker": is_offered,
}


@pytest.mark.parametrize(("name", "action", "who"), list(cells()))
def test_who_may_is_who_the_table_says(name, action, who):
    may = [role for role in ROLES if DOES[action](client_of(role), OBJECTS[name]())]
    assert may == [role for role in ROLES[2:] if role[0] in who]


def test_the_table_has_every_kind_of_content():
    rows = [make() for make in OBJECTS.values()]
    kinds = {type(row) for row in rows}
    assert {model for model in models.__all__ if hasattr(getattr(models, model), "is_public")} <= {
        kind.__name__ for kind in kinds
    }
