"""Parallels: two quotes that report the same words."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from quotes.models.content import Content, ContentQuerySet
from quotes.models.publication import live_quote, not_withdrawn
from quotes.models.quote import Quote


class State(models.TextChoices):
    """What the editors think of a parallel."""

    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")


class ParallelQuerySet(ContentQuerySet):
    """Query set of parallels."""

    def accepted(self) -> Self:
        """Those that editors have accepted."""
        return self.filter(state=State.ACCEPTED)

    def of_two_speakers(self) -> Self:
        """Those whose two quotes are of different speakers, which `clean` refuses."""
        return self.exclude(first__speaker=F("second__speaker"))

    def published(self) -> Self:
        """Those that readers may see now: accepted, and both quotes public."""
        return self.accepted().filter(live_quote("first__"), live_quote("second__"))

    def previewed(self) -> Self:
        """Those that a preview of an event shows: accepted, and neither quote withdrawn."""
        return self.accepted().filter(not_withdrawn("first__"), not_withdrawn("second__"))

    def get_by_natural_key(self, one: str, other: str) -> "Parallel":
        """The parallel of two quotes by their slugs, in either order; raises DoesNotExist."""
        return self.get(
            Q(first__slug=one, second__slug=other) | Q(first__slug=other, second__slug=one)
        )


class Parallel(Content):
    """Two quotes that report the same words: an unordered pair, kept in the order of slugs."""

    first = models.ForeignKey(
        Quote, models.CASCADE, related_name="parallels_as_first", verbose_name=_("quote")
    )
    second = models.ForeignKey(
        Quote, models.CASCADE, related_name="parallels_as_second", verbose_name=_("other quote")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.PROPOSED
    )

    objects = ParallelQuerySet.as_manager()

    class Meta:
        verbose_name = _("parallel")
        verbose_name_plural = _("parallels")
        constraints = [
            models.UniqueConstraint(
                Least("first", "second"),
                Greatest("first", "second"),
                name="parallel_once_a_pair",
                violation_error_message=_("This pair is recorded already."),
            ),
            models.CheckConstraint(
                condition=~Q(first=F("second")),
                name="parallel_of_two_quotes",
                violation_error_message=_("A quote is no parallel of itself."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="parallel_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first.slug} = {self.second.slug}"

    def get_absolute_url(self) -> str:
        """Where the page of its first quote shows the other."""
        return f"{self.first.get_absolute_url()}#parallels"

    def natural_key(self) -> tuple[str, ...]:
        """The slugs of its two quotes, in order."""
        return tuple(sorted((self.first.slug, self.second.slug)))

    def clean(self) -> None:
        """The same words are the same speaker's."""
        super().clean()
        if self.first_id and self.second_id and self.first.speaker_id != self.second.speaker_id:
            raise ValidationError({"second": _("The two quotes have different speakers.")})


@receiver(pre_save, sender=Parallel)
def order_by_slug(instance: Parallel, **kwargs) -> None:
    """Keep the pair in the order of its slugs."""
    if instance.first.slug > instance.second.slug:
        instance.first, instance.second = instance.second, instance.first
