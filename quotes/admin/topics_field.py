"""All topics of a quote in one text field."""

from typing import NamedTuple

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from quotes.admin.keys import is_key
from quotes.models import Topic
from quotes.models.names import MOST_NAMES, validate_names
from quotes.text.folding import name_key
from quotes.text.names import tidy_names


class Typed(NamedTuple):
    """What the field sends: what was typed, new names that were confirmed, topics it had shown."""

    text: str
    confirmed: str
    shown: str  # primary key and name of each: 12:算力、13:开源


MOST_TOPICS = 30  # of a quote


class TopicsInput(forms.Widget):
    """A text field with suggestions; beside it, when needed, a box to confirm new topics.

    `unknown` are the names to confirm, set by the field that found them.
    """

    template_name = "admin/quotes/topics_input.html"
    unknown: list[str] = []

    class Media:
        js = [forms.Script("admin/topics_input.js", defer=True)]
        css = {"all": ["admin/topics_input.css"]}

    def format_value(self, value: Typed | list[Topic] | None) -> str:
        """What the text field holds: what was typed, or the names of the topics."""
        if isinstance(value, Typed):
            return value.text
        return "、".join(topic.name for topic in value or [])

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        """The names there are, those to confirm, and the topics that are shown."""
        context = super().get_context(name, value, attrs)
        names = Topic.objects.order_by("slug").values_list("name", flat=True)
        is_typed = isinstance(value, Typed)
        context["widget"] |= {
            "names": list(names),
            "unknown": "、".join(self.unknown),
            "shown": value.shown
            if is_typed
            else "、".join(f"{topic.pk}:{topic.name}" for topic in value or []),
        }
        return context

    def value_from_datadict(self, data: MultiValueDict, files: MultiValueDict, name: str) -> Typed:
        """What was sent."""
        return Typed(*(data.get(f"{name}{part}", "") for part in ("", "_confirmed", "_shown")))

    def value_omitted_from_data(
        self, data: MultiValueDict, files: MultiValueDict, name: str
    ) -> bool:
        """Whether the form has no such field."""
        return name not in data


class TopicsField(forms.Field):
    """Names of topics, separated by , ， 、 ; or ；, as topics; new ones only if confirmed.

    A name that the field showed stands for the topic that it showed under it, whatever names
    topics have by now.
    """

    widget = TopicsInput
    default_error_messages = {
        "unknown": _("Not yet a topic: %(names)s. Correct it, or confirm below to make it one."),
        "many": _("A quote has at most %(limit)d topics; these are %(number)d."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "help_text",
            _("Separated by , ， 、 ; or ；. A name may have a space in it: 智能体 Agent."),
        )
        super().__init__(**kwargs)

    def clean(self, value: Typed) -> list[Topic | str]:
        """The topics; a name stands for a topic to be made. Raises ValidationError."""
        for text in value:
            ProhibitNullCharactersValidator()(text)
        validate_names(value.text)
        names = {name_key(name): name for name in tidy_names(value.text)}
        if len(names) > MOST_TOPICS:
            raise ValidationError(
                self.error_messages["many"], "many", {"limit": MOST_TOPICS, "number": len(names)}
            )
        known = Topic.objects.by_name(names) | _shown(value)
        unknown = [name for key, name in names.items() if key not in known]
        if set(unknown) - set(tidy_names(value.confirmed)):
            self.widget.unknown = unknown
            raise ValidationError(
                self.error_messages["unknown"], "unknown", {"names": "、".join(unknown)}
            )
        return [known.get(key, name) for key, name in names.items()]

    def has_changed(self, initial: list[Topic] | None, data: Typed) -> bool:
        """Whether other topics were typed."""
        before = {name_key(topic.name): topic.pk for topic in initial or []}
        known = before | {key: topic.pk for key, topic in _shown(data).items()}
        keys = map(name_key, tidy_names(data.text))
        return {known.get(key) for key in keys} != set(before.values())


def _shown(value: Typed) -> dict[str, Topic]:
    """The topics that the field had shown, as far as they are still there, by their names' keys."""
    parts = [part.partition(":") for part in value.shown.split("、", MOST_NAMES)[:MOST_NAMES]]
    keys = {name_key(name): int(pk) for pk, _colon, name in parts if is_key(pk)}
    there = Topic.objects.in_bulk(set(keys.values()))
    return {key: there[pk] for key, pk in keys.items() if pk in there}


class TopicsFilter(admin.SimpleListFilter):
    """Narrows a list of quotes to those without topics."""

    title = _("topics")
    parameter_name = "topics"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        """The one choice."""
        return [("none", _("without topics"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        """The quotes without topics, if they are asked for."""
        return queryset.without_topics() if self.value() == "none" else None
