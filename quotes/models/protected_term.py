"""Protected terms: words whose Traditional form the editors fix."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quotes.models.content import Content
from quotes.text.script import HAN, has_han


class ProtectedTerm(Content):
    """A term that /zh-hant/ shows as given here and not as a conversion would have it."""

    natural_key_fields = ("term",)

    term = models.CharField(_("term"), max_length=100, help_text=_("As it stands in the texts."))
    traditional = models.CharField(
        _("in Traditional characters"),
        max_length=100,
        blank=True,
        help_text=_("Left empty, the term stays as it is."),
    )

    class Meta:
        verbose_name = _("protected term")
        verbose_name_plural = _("protected terms")
        ordering = ["term"]
        constraints = [
            models.UniqueConstraint(
                fields=["term"],
                name="protected_term_once",
                violation_error_message=_("This term is protected already."),
            ),
            models.CheckConstraint(
                condition=Q(term__regex=HAN.pattern), name="protected_term_has_han"
            ),
        ]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        """Say beside the field what the constraint would refuse."""
        super().clean()
        if self.term and not has_han(self.term):
            message = _("A protected term has at least one Chinese character.")
            raise ValidationError({"term": message})


def traditional_terms(speakers: models.QuerySet) -> dict[str, str]:
    """Every name of these speakers and every protected term -> its Traditional form; two queries.

    A name without one stays as it is: 唐杰 is 唐傑 only if he is called so. Of namesakes the first
    who was entered says what it is, so that nobody's name is changed by another's. On pages for
    readers these are the public speakers: whom they do not see changes nothing that they do.
    """
    names = speakers.order_by("-pk").values_list("name", "traditional_name")
    terms = ProtectedTerm.objects.values_list("term", "traditional")
    return {term: traditional or term for rows in (names, terms) for term, traditional in rows}
