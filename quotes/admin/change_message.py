"""What the log says of a change."""

from django.contrib import admin
from django.forms import BaseFormSet, ModelForm
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import override


class NamedChanges(admin.ModelAdmin):
    """Admin whose log names fields as the code does, for they are translated when it is read.

    Django keeps the labels of the form, which begin with a capital: nothing translates those.
    """

    def construct_change_message(
        self,
        request: HttpRequest,
        form: ModelForm,
        formsets: list[BaseFormSet] | None,
        add: bool = False,
    ) -> list[dict]:
        """What was changed, as Django keeps it."""
        message = super().construct_change_message(request, form, formsets, add)
        with override(None):
            names = {
                str(capfirst(field.verbose_name)): str(field.verbose_name)
                for model in (self.model, *(formset.model for formset in formsets or ()))
                for field in model._meta.fields
            }
        for part in message:
            if fields := part.get("changed", {}).get("fields"):
                part["changed"]["fields"] = [names.get(name, name) for name in fields]
        return message
