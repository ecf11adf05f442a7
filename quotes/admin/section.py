"""Admin of sections."""

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from quotes.admin.content import ContentAdmin, LoadedForm, OrderedRows
from quotes.admin.publication import PreviewLink, StageColumn
from quotes.admin.same_words import WordsForm, WordsFormSet
from quotes.admin.two_speakers import warn_of_two_speakers
from quotes.models import Quote, Section


class QuoteRow(WordsForm, LoadedForm):
    """A quote of a section."""


class QuoteInline(StageColumn, OrderedRows, admin.StackedInline):
    """The quotes of a section in order; topics and more are on their own pages."""

    model = Quote
    form = QuoteRow
    formset = WordsFormSet
    fields = [("position", "number", "title"), "speaker", "body", ("wording", "stage")]
    readonly_fields = ["stage"]
    autocomplete_fields = ["speaker"]


@admin.register(Section)
class SectionAdmin(PreviewLink, ContentAdmin):
    """Parts of events, with their quotes in order."""

    empty_hint = _("Sections are added where a source stands on the list of a summit.")
    list_display = ["title", "number", "kind", "event", "source", "public_page"]
    list_filter = ["kind", ("coverage__event", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["title", "slug", "question", "coverage__event__name"]
    autocomplete_fields = ["coverage", "moderator"]
    ordering = ["-coverage__event__start_date", "coverage__position", "position", "slug"]
    inlines = [QuoteInline]
    fieldsets = [
        (None, {"fields": ["coverage", "kind", "number", "title", "position", "printed_empty"]}),
        (_("Roundtable"), {"fields": ["moderator", "question"]}),
        (_("Address"), {"fields": ["slug"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The sections with what their label says."""
        rows = super().get_queryset(request)
        return rows.select_related("coverage__event", "coverage__source")

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseFormSet, change: bool
    ) -> None:
        """Save the quotes, and warn of those that are joined with another speaker's words."""
        super().save_formset(request, form, formset, change)
        warn_of_two_speakers(request, [quote.pk for quote, _fields in formset.changed_objects])

    def picker_label(self, obj: Section) -> str:
        """Event, source and title."""
        return f"{obj.event} · {obj.source} · {obj}"

    @admin.display(description=_("event"), ordering="coverage__event__name")
    def event(self, obj: Section) -> str:
        """Name of the event."""
        return str(obj.event)

    @admin.display(description=_("source"), ordering="coverage__source__title")
    def source(self, obj: Section) -> str:
        """Title of the source."""
        return str(obj.source)
