"""The log: who signed in or failed to, and who added, changed, published, withdrew or deleted what.

It is Django's own log of the admin; entries of signing in are added to it. They have no content
type, so that no page's history lists them.
"""

from datetime import timedelta

from axes.helpers import get_client_ip_address
from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model, Q, QuerySet
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from quotes.admin.content import DeskAdmin

SIGNED_IN, SIGNED_OUT, FAILED = 11, 12, 13  # beside Django's own action flags
SIGN_INS = (SIGNED_IN, SIGNED_OUT, FAILED)
KEPT = timedelta(days=365)  # of entries of signing in; all else is kept for good
FLAGS = {
    ADDITION: _("added"),
    CHANGE: _("changed"),
    DELETION: _("deleted"),
    SIGNED_IN: _("signed in"),
    SIGNED_OUT: _("signed out"),
    FAILED: _("sign-in failed"),
}
MOVED = "moved"
# Django writes what a form changed as a list in JSON; who writes a text says what was done.
BY_FORM = Q(change_message="") | Q(change_message__startswith="[")


def _note(flag: int, request: HttpRequest | None, user: AbstractBaseUser) -> None:
    """Enter that `user` signed in or out, or that somebody failed to under that name."""
    LogEntry.objects.create(
        user=user,
        action_flag=flag,
        object_repr=user.get_username(),
        change_message=(get_client_ip_address(request) if request else None) or "",
    )


@receiver(user_logged_in)
def note_sign_in(request: HttpRequest, user: AbstractBaseUser, **kwargs) -> None:
    """Enter it; drop what is too old: entries of signing in, and sessions that ended."""
    _note(SIGNED_IN, request, user)
    old = timezone.now() - KEPT
    LogEntry.objects.filter(action_flag__in=SIGN_INS, action_time__lt=old).delete()
    request.session.clear_expired()


@receiver(user_logged_out)
def note_sign_out(request: HttpRequest, user: AbstractBaseUser | None, **kwargs) -> None:
    """Enter it; of a session that had ended anyway nobody knows whose it was."""
    if user:
        _note(SIGNED_OUT, request, user)


@receiver(user_login_failed)
def note_failure(credentials: dict, request: HttpRequest | None = None, **kwargs) -> None:
    """Enter a failure under a name that somebody has.

    What is no name, perhaps a password in the wrong field, is not kept. Nor are attempts while
    sign-in is locked, so that they cannot fill the log.
    """
    model = get_user_model()
    name = credentials.get(model.USERNAME_FIELD)
    user = model.objects.filter(**{model.USERNAME_FIELD: name}).first()
    if user and not _was_locked(request):
        _note(FAILED, request, user)


def _was_locked(request: HttpRequest | None) -> bool:
    """Whether it was locked before this attempt: what locks it is counted, then no more."""
    locked = getattr(request, "axes_locked_out", False)
    return locked and request.axes_failures_since_start is None


class DoneFilter(admin.SimpleListFilter):
    """What was done."""

    title = _("what was done")
    parameter_name = "done"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        """What can be done."""
        return [*FLAGS.items(), (MOVED, _("published, withdrawn, restored …"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The entries of what is chosen."""
        if self.value() == MOVED:
            return queryset.filter(action_flag=CHANGE).exclude(BY_FORM)
        is_flag = self.value() in map(str, FLAGS)
        return queryset.filter(action_flag=self.value()) if is_flag else queryset


@admin.register(LogEntry)
class LogAdmin(DeskAdmin):
    """The log, which nobody writes by hand."""

    empty_hint = _("Nothing has been done yet.")
    list_display = ["action_time", "user", "done", "kind_of_object", "object", "details"]
    list_display_links = None
    list_filter = [DoneFilter, ("user", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "change_message", "user__username"]
    date_hierarchy = "action_time"
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds to it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody takes anything out of it."""
        return False

    @admin.display(description=_("what was done"))
    def done(self, obj: LogEntry) -> str:
        """The kind of entry in words."""
        return FLAGS.get(obj.action_flag, "")

    @admin.display(description=_("kind"))
    def kind_of_object(self, obj: LogEntry) -> str | None:
        """What kind of thing it was done to."""
        return obj.content_type and obj.content_type.name

    @admin.display(description=_("to what"), ordering="object_repr")
    def object(self, obj: LogEntry) -> SafeString | str:
        """The name then of what it was done to, leading there unless it is gone."""
        url = obj.action_flag != DELETION and obj.get_admin_url()
        return format_html('<a href="{}">{}</a>', url, obj.object_repr) if url else obj.object_repr

    @admin.display(description=_("details"))
    def details(self, obj: LogEntry) -> str:
        """What was changed, or from which address somebody signed in."""
        return obj.get_change_message()
