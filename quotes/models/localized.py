"""What things are called on the English pages."""

from django.db import models
from django.db.models import F, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def localized_name(name: str, english_name: str) -> str:
    """What the pages of the active language say for `name`: in English its English form."""
    return english_name if english_name and get_language() == "en" else name


def localized(field: str, english_field: str) -> Combinable:
    """The same in a query, for the language that is active where it is written."""
    if get_language() != "en":
        return F(field)
    return Coalesce(NullIf(F(english_field), Value("")), F(field))


def english_form(label: str, max_length: int) -> models.CharField:
    """A field for the English form of another one, which may be left empty."""
    return models.CharField(
        label, max_length=max_length, blank=True, default="", help_text=ENGLISH_HELP
    )


ENGLISH_HELP = _("Shown on the English pages, found by search. Left empty, they show the Chinese.")
