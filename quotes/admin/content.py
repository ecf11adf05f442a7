"""What the admin pages of all content share."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters, InlineModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db.models import Exists, Field, ForeignKey, Model, OuterRef, QuerySet, URLField
from django.forms import BaseFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.admin.change_message import NamedChanges
from quotes.admin.crowded_rows import crowded, is_posted, where_they_are
from quotes.admin.deleting import Deleting
from quotes.admin.keys import is_key
from quotes.admin.locked_rows import VersionedInline
from quotes.admin.locking import LINES, VersionedAdmin, VersionedForm
from quotes.admin.roles import RoleRows, RoleRules
from quotes.admin.slugs import KnownSlugs
from quotes.models.content import Ordered


class PickerField(forms.ModelChoiceField):
    """Choice of a related row."""

    def to_python(self, value: object) -> Model | None:
        """The row; raises ValidationError for what is none."""
        if value not in self.empty_values and not is_key(getattr(value, "pk", value)):
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": value}
            )
        return super().to_python(value)


class Picker(AutocompleteSelect):
    """Autocompleting choice of a related row.

    `loaded` is the chosen row where it came with the form's own, so that a page of many rows
    needs no query for each.
    """

    loaded: Model | None = None

    @property
    def media(self) -> forms.Media:
        """The scripts and styles; ours gives the control that select2 puts there its label."""
        return super().media + forms.Media(js=[forms.Script("admin/picker_labels.js", defer=True)])

    def optgroups(self, name: str, value: list[str], attr: dict | None = None) -> list:
        """The one option there is: what is chosen, if it can be a primary key at all."""
        value = [v for v in value if is_key(v)]
        if self.loaded is None or [str(v) for v in value] != [str(self.loaded.pk)]:
            return super().optgroups(name, value, attr)
        groups = super().optgroups(name, [], attr)
        label = self.choices.field.label_from_instance(self.loaded)
        options = groups[0][1]
        options.append(self.create_option(name, self.loaded.pk, label, True, len(options)))
        return groups


class LoadedForm(VersionedForm):
    """A form that hands its pickers the related rows that were loaded with its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        loaded = self.instance._state.fields_cache
        for name, field in self.fields.items():
            picker = getattr(field.widget, "widget", field.widget)
            if isinstance(picker, Picker) and name in loaded:
                picker.loaded = loaded[name]


class Pickers:
    """Pickers for related rows, labelled by the admin of what they pick."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs
    ) -> forms.ModelChoiceField:
        """A picker for every relation that autocompletes."""
        picked = self.admin_site.get_model_admin(db_field.remote_field.model)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["form_class"] = PickerField
            kwargs["widget"] = Picker(db_field, self.admin_site)
            kwargs["queryset"] = picked.get_queryset(request)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.label_from_instance = picked.picker_label
        return field

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs
    ) -> forms.Field | None:
        """A form's field; nothing is deleted from beside a picker."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field


MOST_WORDS = 20  # searched for in a list or picker: each is looked for in every searched column


class DeskAdmin(NamedChanges):
    """Admin of anything that editors keep."""

    empty_hint = ""  # what to do where there is none yet
    list_per_page = 50
    save_on_top = True

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list; raises IncorrectLookupParameters for a date or number that cannot be."""
        try:
            return super().get_changelist_instance(request)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """The rows with all words, and whether there may be doubles; none for too many words."""
        if len(search_term.split()) <= MOST_WORDS:
            return super().get_search_results(request, queryset, search_term)
        text = gettext("At most %(most)d words can be searched for at once.") % {"most": MOST_WORDS}
        messages.error(request, text)
        return queryset.none(), False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """Django's page of a row; whoever may view none is not told whether there is one."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        """The list; raises SuspiciousOperation if what was ticked is no row."""
        if not all(is_key(pk) for pk in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise SuspiciousOperation("No such row.")
        return super().changelist_view(request, extra_context)


class ContentAdmin(RoleRules, KnownSlugs, Deleting, VersionedAdmin, Pickers, DeskAdmin):
    """Admin of a kind of content, which readers may see."""

    formfield_overrides = {URLField: {"assume_scheme": "https"}, **LINES}  # Django 6's own default

    def picker_label(self, obj: Model) -> str:
        """What a picker calls this row."""
        return str(obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The rows, each with `is_shown`: whether readers can see it now."""
        public = self.model.objects.published().filter(pk=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_shown=Exists(public))

    def get_inlines(self, request: HttpRequest, obj: Model | None) -> list[type[InlineModelAdmin]]:
        """The inlines; not one whose rows do not fit on a page, unless rows of it are posted."""
        inlines = super().get_inlines(request, obj)
        return [i for i in inlines if i not in crowded(inlines, obj) or is_posted(i, request)]

    def render_change_form(
        self, request: HttpRequest, context: dict, obj: Model | None = None, **kwargs
    ) -> HttpResponse:
        """The page of the form; where rows do not fit on it, it says where they are."""
        for inline, count in crowded(self.inlines, obj).items():
            messages.warning(request, where_they_are(inline, obj, count))
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def view_on_site(self, obj: Model) -> str | None:
        """Address of the public page as it is kept, if there is one; `obj` may be half edited."""
        kept = self.model.objects.published().filter(pk=obj.pk).first()
        return kept and kept.get_absolute_url()

    @admin.display(description=_("public page"))
    def public_page(self, obj: Model) -> SafeString | str:
        """Link to the public page, if there is one."""
        if not obj.is_shown:
            return self.get_empty_value_display()
        return format_html('<a href="{}">{}</a>', obj.get_absolute_url(), _("view"))

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        """Save, and number its siblings anew if they have an order."""
        super().save_model(request, obj, form, change)
        if isinstance(obj, Ordered):
            obj.siblings().renumber()

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseFormSet, change: bool
    ) -> None:
        """Save the rows of an inline, and number them anew if they are in order."""
        super().save_formset(request, form, formset, change)
        if getattr(formset.model, "ordered_within", None) == formset.fk.name:
            formset.model.objects.filter(**{formset.fk.name: formset.instance}).renumber()


class OrderedRows(RoleRows, VersionedInline, Pickers):
    """Rows of an inline in the order of their positions."""

    form = LoadedForm
    formfield_overrides = LINES
    extra = 0
    show_change_link = True
    view_on_site = False

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs
    ) -> forms.Field | None:
        """A form's field; beside a picker there is only room to add."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = False
            field.widget.can_view_related = False
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The rows in order, with what their names and pickers show."""
        related = [self.model.ordered_within, *self.get_autocomplete_fields(request)]
        return super().get_queryset(request).select_related(*related).in_position()


class OrderedInline(OrderedRows, admin.TabularInline):
    """A table of rows in the order of their positions."""
