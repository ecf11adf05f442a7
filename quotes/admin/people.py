"""Admin of people: who may sign in, and in which groups they are."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import ManyToManyField, Model, QuerySet
from django.forms import ModelForm, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from quotes.admin.content import DeskAdmin
from quotes.admin.groups import GROUPS

admin.site.unregister([User, Group])  # groups are kept by the code


def group_label(group: Group) -> str:
    """What the group is called at the desk."""
    return str(GROUPS.get(group.name, group.name))


@admin.register(User)
class PersonAdmin(DeskAdmin, UserAdmin):
    """People at the desk: a name, a password, groups. They stay, for the log tells of them."""

    empty_hint = _("Add the first person.")
    add_form = UserCreationForm
    add_fieldsets = [
        (None, {"fields": ["username", "last_name", "first_name", "password1", "password2"]}),
        (_("May do"), {"fields": ["groups"]}),
    ]
    fieldsets = [
        (None, {"fields": ["username", "last_name", "first_name", "email", "password"]}),
        (_("May do"), {"fields": ["is_active", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    list_display = ["username", "full_name", "in_groups", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["username", "last_name", "first_name", "email"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The people with their groups."""
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the user may change people, or this one: a superuser is changed by superusers."""
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody is deleted, for all that they did would go with them; they are made inactive."""
        return False

    def add_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The empty form, or what was posted; Django's own takes the lock before it asks rights."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return super().add_view(request, *args, **kwargs)

    def change_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The form of a person, or what was posted; rights are asked first here, too."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().change_view(request, *args, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs
    ) -> ModelMultipleChoiceField | None:
        """Boxes for the groups."""
        kwargs |= {
            "queryset": Group.objects.filter(name__in=GROUPS).order_by("pk"),
            "widget": forms.CheckboxSelectMultiple,
            "help_text": _("Each group may do what the one before it may. Without one: nothing."),
        }
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.label_from_instance = group_label
        return field

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """Save; who is kept here may sign in to the desk, as long as the account is active."""
        obj.is_staff = True
        super().save_model(request, obj, form, change)

    @admin.display(description=_("name"))
    def full_name(self, obj: User) -> str:
        """Family name and given name, as Chinese names are written."""
        return f"{obj.last_name}{obj.first_name}"

    @admin.display(description=_("groups"))
    def in_groups(self, obj: User) -> str:
        """The groups that the person is in."""
        labels = [group_label(group) for group in obj.groups.all()]
        return "、".join(map(str, labels)) or (_("superuser") if obj.is_superuser else "")
