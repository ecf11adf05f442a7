"""All topics of a quote in one text field."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from quotes.models import Topic
from quotes.text.names import split_names


class TopicsInput(forms.Widget):
    """A text field with suggestions; beside it, when needed, a box to confirm new topics.

    `unknown` are the names to confirm, set by the field that found them.
    """

    template_name = "admin/quotes/topics_input.html"
    unknown: list[str] = []

    class Media:
        js = [forms.Script("admin/topics_input.js", defer=True)]
        css = {"all": ["admin/topics_input.css"]}

    def format_value(self, value: str | list[Topic] | None) -> str:
        """What the text field holds: what was typed, or the names of the topics."""
        if isinstance(value, tuple):
            return value[0]
        return "、".join(topic.name for topic in value or [])

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        """The names there are, and those to confirm."""
        context = super().get_context(name, value, attrs)
        names = Topic.objects.order_by("slug").values_list("name", flat=True)
        context["widget"] |= {"names": list(names), "unknown": "、".join(self.unknown)}
        return context

    def value_from_datadict(
        self, data: MultiValueDict, files: MultiValueDict, name: str
    ) -> tuple[str, str]:
        """(what was typed, the names that were confirmed)."""
        return data.get(name, ""), data.get(f"{name}_confirmed", "")

    def value_omitted_from_data(
        self, data: MultiValueDict, files: MultiValueDict, name: str
    ) -> bool:
        """Whether the form has no such field."""
        return name not in data


class TopicsField(forms.Field):
    """Names of topics, separated by , ， 、 ; or ；, as topics; new ones only if confirmed."""

    widget = TopicsInput
    default_error_messages = {
        "unknown": _("Not yet a topic: %(names)s. Correct it, or confirm below to make it one."),
        "long": _("A topic's name has at most %(limit)d characters: %(name)s"),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "help_text",
            _("Separated by , ， 、 ; or ；. A name may have a space in it: 智能体 Agent."),
        )
        super().__init__(**kwargs)

    def clean(self, value: tuple[str, str]) -> list[Topic | str]:
        """The topics; a name stands for a topic to be made. Raises ValidationError."""
        typed, confirmed = value
        ProhibitNullCharactersValidator()(typed)
        names = split_names(typed)
        limit = Topic._meta.get_field("name").max_length
        for name in names:
            if len(name) > limit:
                raise ValidationError(
                    self.error_messages["long"], "long", {"limit": limit, "name": name}
                )
        known = Topic.objects.by_name(names)
        unknown = [name for name in names if name.casefold() not in known]
        if set(unknown) - set(split_names(confirmed)):
            self.widget.unknown = unknown
            raise ValidationError(
                self.error_messages["unknown"], "unknown", {"names": "、".join(unknown)}
            )
        return [known.get(name.casefold(), name) for name in names]

    def has_changed(self, initial: list[Topic] | None, data: tuple[str, str]) -> bool:
        """Whether other topics were typed."""
        return sorted(split_names(data[0])) != sorted(topic.name for topic in initial or [])


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
