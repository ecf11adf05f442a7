"""Who sees what: the one rule by which an event or a quote is public."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where an event or a quote stands with its editors."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


def live(prefix: str = "") -> Q:
    """Condition for a row to be published by now; `prefix` leads to it, as in "section__"."""
    return Q(**{f"{prefix}status": Status.PUBLISHED, f"{prefix}published_at__lte": timezone.now()})


def ever_live(prefix: str = "") -> Q:
    """Condition for a row to have been public: withdrawn or a draft again, it keeps its time."""
    return Q(**{f"{prefix}published_at__lte": timezone.now()})


def ahead() -> Q:
    """Condition for a row to be published at a time that still lies ahead."""
    return Q(status=Status.PUBLISHED, published_at__gt=timezone.now())


def live_quote(prefix: str = "") -> Q:
    """Condition for a quote, and the event it belongs to, to be published by now."""
    return live(prefix) & live(f"{prefix}section__coverage__event__")


def ever_live_quote(prefix: str = "") -> Q:
    """Condition for a quote, and the event it belongs to, to have been public."""
    return ever_live(prefix) & ever_live(f"{prefix}section__coverage__event__")


def public_from(*rows: "Publishable") -> datetime | None:
    """When all of `rows`, a quote and its event, are public: what live() says, as a time."""
    if all(row.status == Status.PUBLISHED for row in rows):
        return max(row.published_at for row in rows)
    return None


class Publishable(models.Model):
    """An event or a quote: public from a time on, if its editors say so."""

    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.DRAFT
    )
    published_at = models.DateTimeField(
        _("publication time"),
        null=True,
        blank=True,
        help_text=_("Public from this time on; may lie ahead. Left empty, it is now."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="%(class)s_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="%(class)s_published_has_time",
            ),
        ]

    @property
    def is_scheduled(self) -> bool:
        """Whether it is published at a time that still lies ahead."""
        return self.status == Status.PUBLISHED and self.published_at > timezone.now()

    def clean(self) -> None:
        """Publish now if no time is given."""
        super().clean()
        if self.status == Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
