"""What is posted to move rows between draft and public."""

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import SuspiciousOperation
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quotes.admin.keys import is_key

AT_ONCE = 500  # rows: as many as one page can sum up
FARTHEST = timedelta(days=3650)  # ahead: a time beyond is a slip, or cannot be shown


class MoveForm(forms.Form):
    """The rows to move, each as it was shown: "12 345.6 draft" by key, version and standing."""

    rows = forms.CharField(widget=forms.HiddenInput)

    def clean_rows(self) -> dict[int, str]:
        """Primary key -> version and standing; raises SuspiciousOperation for anything else."""
        pairs = [entry.partition(" ")[::2] for entry in self.cleaned_data["rows"].split(",")]
        if len(pairs) > AT_ONCE or not all(is_key(pk) for pk, shown in pairs):
            raise SuspiciousOperation("No such rows.")
        return {int(pk): shown for pk, shown in pairs}


class ScheduleForm(MoveForm):
    """The rows to schedule, and for when."""

    at = forms.DateTimeField(
        label=_("publication time"),
        help_text=_("In Beijing time; it must lie ahead."),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_at(self) -> datetime:
        """The time; raises ValidationError unless it lies ahead, within ten years."""
        at = self.cleaned_data["at"]
        if not timezone.now() < at < timezone.now() + FARTHEST:
            raise forms.ValidationError(_("This time has passed, or is more than ten years away."))
        return at
