"""How literal the words of a quote are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Wording(models.TextChoices):
    """How literal a quote is."""

    NOT_STATED = "not-stated", _("wording not stated")
    VERBATIM = "verbatim", _("verbatim")
    EDITED = "edited", _("edited")
    TRANSLATED = "translated", _("translated")
    PARAPHRASED = "paraphrased", _("paraphrased")

    @property
    def note(self) -> str:
        """What it means for the reader."""
        return WORDING_NOTES[self]


WORDING_NOTES = {
    Wording.VERBATIM: _("word for word from the recording"),
    Wording.EDITED: _("condensed and edited by the source, not verbatim"),
    Wording.TRANSLATED: _("said in another language"),
    Wording.PARAPHRASED: _("in the reporter's words"),
    Wording.NOT_STATED: _("the source does not say"),
}
