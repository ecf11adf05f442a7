"""From draft to public in the admin: where a row stands, what to do, previews and the buttons."""

from collections.abc import Callable

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from quotes.admin.moves import MovePage
from quotes.models.drafts import may_publish
from quotes.models.moves import Move, moves_from
from quotes.models.publication import Publishable, Stage, at_stage


class StageColumn:
    """A column, or a line of a form, that says where an event or quote stands."""

    @admin.display(description=_("status"), ordering="status")
    def stage(self, obj: Publishable) -> str:
        """The stage in words, with the time that is still to come."""
        if obj.is_scheduled:
            time = date_format(localtime(obj.published_at), "DATETIME_FORMAT")
            return f"{obj.stage.label} · {time}"
        return obj.stage.label


class StageFilter(admin.SimpleListFilter):
    """Narrows a list to what stands at one stage."""

    title = _("status")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        """The stages."""
        return Stage.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        """The rows at the stage that was chosen; all of them for none that there is."""
        return queryset.filter(at_stage(self.value())) if self.value() in Stage.values else None


class PreviewLink:
    """A form with a panel above it that links to the preview of its row."""

    change_form_template = "admin/quotes/publishable_form.html"

    def render_change_form(
        self, request: HttpRequest, context: dict, obj: Model | None = None, **kwargs
    ) -> HttpResponse:
        """The form, with what the panel says of the row."""
        # What was typed and refused is in the row at hand, and not in the one that is kept.
        kept = self.get_object(request, str(obj.pk)) if obj and context["errors"] else obj
        if kept:
            context |= self.panel(request, kept, context)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def panel(self, request: HttpRequest, obj: Model, form: dict) -> dict:
        """What the panel says of a row; `form` is the context of its form."""
        return {"preview_url": reverse(f"{obj._meta.model_name}_preview", args=obj.natural_key())}


def start(move: Move) -> Callable:
    """The action of a list that leads to the page on which rows are moved."""

    @admin.action(description=move.label, permissions=["publish"])
    def action(
        model_admin: "PublicationAdmin", request: HttpRequest, queryset: QuerySet
    ) -> HttpResponse | None:
        return MovePage(model_admin, request, move).started(queryset)

    action.__name__ = move.value
    return action


class PublicationAdmin(StageColumn, PreviewLink):
    """Admin of what is published: never in the form, only by buttons and actions."""

    actions = [start(move) for move in Move]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the user may move rows between draft and public."""
        return may_publish(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Where it stands is shown and not typed."""
        return [*super().get_readonly_fields(request, obj), "stage", "published_at"]

    def get_urls(self) -> list[URLPattern]:
        """Also the page on which rows are moved."""
        page = self.admin_site.admin_view(self.move_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_move"
        return [path("move/<str:move>/", page, name=name), *super().get_urls()]

    def move_view(self, request: HttpRequest, move: str) -> HttpResponse:
        """What a move would do; when posted, the move."""
        return MovePage.answer(self, request, move)

    def panel(self, request: HttpRequest, obj: Publishable, form: dict) -> dict:
        """Also where the row stands, the moves that are possible, and what is still to do."""
        moves = moves_from(obj) if self.has_publish_permission(request) else []
        return super().panel(request, obj, form) | {
            "stage": self.stage(obj),
            "moves": [(m.label, f"{MovePage.address(self, m)}?row={obj.pk}") for m in moves],
            "to_do": _with_places(obj.to_do(), form),
        }


def _with_places(to_do: dict[str, str], form: dict) -> list[tuple[str, str]]:
    """(text, where on the page it is done, or "") of all that is to do; `form`: its context."""
    places = {name: f"#id_{name}" for name in form["adminform"].form.fields}
    for inline in form["inline_admin_formsets"]:
        places[inline.formset.prefix] = f"#{inline.formset.prefix}-group"
    return [(text, places.get(name, "")) for name, text in to_do.items()]
