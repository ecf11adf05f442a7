"""Admin of sources and of the events they cover."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from quotes.admin.content import ContentAdmin, OrderedInline
from quotes.admin.deleting import AddressedRows
from quotes.models import Coverage, Section, Source


@admin.register(Source)
class SourceAdmin(ContentAdmin):
    """Publications that report events."""

    empty_hint = _("Add the article, transcript or video that quotes are to be taken from.")
    list_display = ["__str__", "kind", "author", "publisher", "date_published", "public_page"]
    list_filter = ["kind", "language"]
    search_fields = ["title", "slug", "author", "publisher"]
    date_hierarchy = "date_published"
    ordering = ["-date_published", "slug"]
    fieldsets = [
        (None, {"fields": ["kind", "title", "author", "publisher", "date_published"]}),
        (_("Where"), {"fields": ["url", "language", "slug"]}),
    ]


class SectionInline(OrderedInline):
    """The parts of an event as a source arranges it; each leads to its question and quotes."""

    model = Section
    formset = AddressedRows
    fields = ["position", "number", "title", "kind", "moderator"]
    autocomplete_fields = ["moderator"]


@admin.register(Coverage)
class CoverageAdmin(ContentAdmin):
    """A source on the list of an event, with its sections in order."""

    empty_hint = _("Sources are put on the list of a summit on its page.")
    list_display = ["event", "source", "position", "public_page"]
    list_filter = [("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["event", "source"]
    search_fields = ["event__name", "event__slug", "source__title", "source__slug"]
    autocomplete_fields = ["event", "source"]
    inlines = [SectionInline]
    fields = ["event", "source", "position"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The coverages with what their label says."""
        return super().get_queryset(request).select_related("event", "source")

    def get_readonly_fields(self, request: HttpRequest, obj: Coverage | None = None) -> list[str]:
        """The event is fixed: the sections and their speakers belong to it."""
        return [*super().get_readonly_fields(request, obj), *(["event"] if obj else [])]
