"""Admin of speakers and their appearances."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from quotes.admin.content import ContentAdmin, OrderedInline
from quotes.admin.roles import LockedRows
from quotes.models import Appearance, Speaker
from quotes.models.speaker import QUOTED


class AppearanceFormSet(LockedRows):
    """Appearances of an event: who is quoted there stays on its list."""

    def clean(self) -> None:
        """Say beside the row that it cannot go."""
        super().clean()
        gone = [form for form in self.initial_forms if self._should_delete_form(form)]
        quoted = Appearance.objects.quoted().filter(pk__in=[form.instance.pk for form in gone])
        quoted_ids = set(quoted.values_list("pk", flat=True))
        for form in gone:
            if form.instance.pk in quoted_ids:
                form.add_error("speaker", QUOTED)
                raise ValidationError(QUOTED)


class AppearanceInline(OrderedInline):
    """Who attends an event."""

    model = Appearance
    formset = AppearanceFormSet
    fields = ["position", "speaker", "role", "title", "english_title"]
    autocomplete_fields = ["speaker"]


@admin.register(Speaker)
class SpeakerAdmin(ContentAdmin):
    """Speakers, each the same across events."""

    empty_hint = _("Add a speaker here, or while you put one on the list of a summit.")
    list_display = ["name", "latin_name", "title", "public_page"]
    search_fields = ["name", "latin_name", "aliases", "sort_name", "slug"]
    ordering = ["sort_name", "slug"]
    fieldsets = [
        (None, {"fields": ["name", "latin_name", "traditional_name", "aliases", "sort_name"]}),
        (_("About the speaker"), {"fields": ["biography", "picture", "picture_alt", "links"]}),
        (_("Address"), {"fields": ["slug"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The speakers, each with the latest title."""
        return super().get_queryset(request).with_latest_title()

    def picker_label(self, obj: Speaker) -> str:
        """The name, and the latest title to tell namesakes apart."""
        title = getattr(obj, "latest_title", None)
        return f"{obj}（{title}）" if title else str(obj)

    @admin.display(description=_("latest title"))
    def title(self, obj: Speaker) -> str | None:
        """The title held at the last event that says one."""
        return obj.latest_title


@admin.register(Appearance)
class AppearanceAdmin(ContentAdmin):
    """Appearances across events, to find and correct titles."""

    empty_hint = _("Appearances are added on the page of a summit.")
    list_display = ["speaker", "event", "role", "title", "public_page"]
    list_filter = ["role", ("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["speaker", "event"]
    search_fields = [
        "speaker__name",
        "speaker__latin_name",
        "event__name",
        "title",
        "english_title",
    ]
    autocomplete_fields = ["event", "speaker"]
    fields = ["event", "speaker", "role", "title", "english_title", "position"]

    def get_deleted_objects(self, objs: list, request: HttpRequest) -> tuple:
        """What would go; those whose speaker is quoted there are protected."""
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        quoted = Appearance.objects.quoted().filter(pk__in=[obj.pk for obj in objs])
        held = [
            f"{appearance}: {QUOTED}" for appearance in quoted.select_related("speaker", "event")
        ]
        return to_delete, counts, perms_needed, [*protected, *held]
