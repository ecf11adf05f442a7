"""The groups, kept by the code."""

from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quotes.models import ProtectedTerm
from quotes.models.content import Content

EDITORS, PUBLISHERS, ADMINISTRATORS = "editors", "publishers", "administrators"
# What the groups are called at the desk; their names in the database are the keys.
GROUPS = {
    EDITORS: _("editors"),
    PUBLISHERS: _("publishers"),
    ADMINISTRATORS: _("administrators"),
}
ACTIONS = ("view", "add", "change", "delete")
PEOPLE = ("auth.view_user", "auth.add_user", "auth.change_user", "admin.view_logentry")


def permissions_of(config: AppConfig) -> dict[str, set[str]]:
    """Each group's permissions, as in "quotes.add_quote", over the content of the app `config`.

    Who is in one group needs no other: each may what the one before it may.
    """
    content = {
        f"{config.label}.{action}_{model._meta.model_name}"
        for model in config.get_models()
        if issubclass(model, Content)
        for action in ACTIONS
    }
    # A protected term changes public pages at once: it can never be a draft.
    term = ProtectedTerm._meta.model_name
    writing = {f"{config.label}.{action}_{term}" for action in ACTIONS if action != "view"}
    publishers = {*content, f"{config.label}.publish"}
    return {
        EDITORS: content - writing,
        PUBLISHERS: publishers,
        ADMINISTRATORS: {*publishers, *PEOPLE},
    }


def keep_groups(sender: AppConfig, using: str, **kwargs) -> None:
    """Make the groups, each with exactly the permissions that the code gives it.

    This runs after every `migrate`. What was given to one of them by hand is taken away again.
    """
    with transaction.atomic(using=using):
        for name, permissions in permissions_of(sender).items():
            group, _made = Group.objects.using(using).get_or_create(name=name)
            group.permissions.set(_rows(permissions, using))


def _rows(permissions: set[str], using: str) -> list[Permission]:
    """The rows of these permissions, each "app.codename"."""
    wanted = Q()
    for app_label, codename in (name.split(".") for name in permissions):
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return list(Permission.objects.using(using).filter(wanted))
