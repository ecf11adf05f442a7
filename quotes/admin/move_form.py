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
    """The rows to move, by their primary keys, and the mark of how all was shown."""

    rows = forms.CharField(widget=forms.HiddenInput)
    mark = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_rows(self) -> list[int]:
        """The primary keys; raises SuspiciousOperation for anything else."""
        pks = self.cleaned_data["rows"].split(",")
        if len(pks) > AT_ONCE or not all(map(is_key, pks)):
            raise SuspiciousOperation("No such rows.")
        return [int(pk) for pk in pks]


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
