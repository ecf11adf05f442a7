"""Who may publish and see; what others may write: nothing that readers see, saw or will see."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.db.models.signals import post_save, pre_delete, pre_save
from django.utils.translation import gettext as _

from quotes.models.content import Content
from quotes.models.protected_term import ProtectedTerm
from quotes.models.publication import Publishable, When, live, live_at

_drafts_only = ContextVar("drafts_only", default=False)


def may_publish(user: AbstractBaseUser) -> bool:
    """Whether the user may publish, withdraw, and change what readers see."""
    return user.has_perm("quotes.publish")


def may_view(user: AbstractBaseUser, name: str) -> bool:
    """Whether the user may see rows of the model of that name at the desk."""
    return any(user.has_perm(f"quotes.{action}_{name}") for action in ("view", "change"))


class ForPublishers(PermissionDenied):
    """A row was to be written that only publishers may write."""

    def __init__(self, row: Content):
        super().__init__(
            _(
                "Not saved: this is about what readers see, saw or will see, which only "
                "publishers may change. It is the %(kind)s “%(row)s”."
            )
            % {"kind": row._meta.verbose_name, "row": row}
        )


def closed(model: type[Content]) -> QuerySet:
    """The rows of `model` that are for publishers: public, withdrawn, scheduled or once public.

    An event or quote is open only as a draft that never was public, also beside others; a
    protected term never is, for it changes pages that are public.
    """
    with live_at(When.ANY_TIME):
        if issubclass(model, Publishable):
            return model.objects.filter(live(kind=model._meta.model_name))
        if issubclass(model, ProtectedTerm):
            return model.objects.all()
        return model.objects.published()


def is_open(row: Content) -> bool:
    """Whether the row, as it is kept, may be changed by those who may not publish; one query."""
    return not closed(type(row)).filter(pk=row.pk).exists()


@contextmanager
def drafts_only() -> Iterator[None]:
    """Within it, ForPublishers is raised when content is written that is not open.

    That is before a row is changed or deleted, and after it was made or changed; also rows that
    are written on the way, as the appearance of who is quoted. Writing many rows at once, which
    numbers them anew, is not asked.
    """
    token = _drafts_only.set(True)
    try:
        yield
    finally:
        _drafts_only.reset(token)


def check(instance: Content, **kwargs) -> None:
    """Raise ForPublishers for a row that is not open, where only drafts may be written."""
    if _drafts_only.get() and instance.pk and not is_open(instance):
        raise ForPublishers(instance)


def watch(models: Iterable[type[Model]]) -> None:
    """Check what is written of those of `models` that are content."""
    for model in models:
        if issubclass(model, Content):
            for signal in (pre_save, post_save, pre_delete):
                signal.connect(check, sender=model)
