"""Admin of events."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from quotes.admin.content import ContentAdmin, OrderedInline
from quotes.admin.publication import PublicationAdmin, StageFilter
from quotes.admin.speaker import AppearanceInline
from quotes.models import Coverage, Event

DATE_AND_PLACE = ["start_date", "end_date", "city", "english_city", "venue"]


class CoverageInline(OrderedInline):
    """The sources that report an event; each leads to its sections."""

    model = Coverage
    fields = ["position", "source"]
    autocomplete_fields = ["source"]


@admin.register(Event)
class EventAdmin(PublicationAdmin, ContentAdmin):
    """Summits: the place to start a new one."""

    empty_hint = _("Add the first summit: a name and a date will do, the rest can follow.")
    list_display = ["name", "start_date", "city", "stage", "quotes", "public_page"]
    list_filter = [StageFilter, "city"]
    search_fields = ["name", "english_name", "slug", "organiser", "city", "english_city"]
    date_hierarchy = "start_date"
    ordering = ["-start_date", "slug"]
    inlines = [AppearanceInline, CoverageInline]
    fieldsets = [
        (None, {"fields": ["name", "english_name", *DATE_AND_PLACE]}),
        (_("About it"), {"fields": ["organiser", "website", "summary", "cover", "cover_alt"]}),
        (_("Publication"), {"fields": ["stage", "published_at", "slug"]}),
    ]

    def get_queryset(self, request: HttpRequest):
        """The events, each with its number of public quotes and its coverages."""
        return super().get_queryset(request).with_quote_count().prefetch_related("coverages")

    @admin.display(description=_("public quotes"), ordering="quote_count")
    def quotes(self, obj: Event) -> int:
        """Number of public quotes."""
        return obj.quote_count
