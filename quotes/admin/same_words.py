"""Quotes whose words their event already has: pointed out, and saved only after a tick."""

from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from quotes.admin.deleting import AddressedRows
from quotes.models import Coverage, Quote
from quotes.text.markup import derive

SAME_WORDS = _("This summit has a quote of these words already: see below. Correct or confirm.")
TWICE = _("Another row on this page has the same words. Correct or confirm.")


class WordsInput(AdminTextareaWidget):
    """The words of a quote; below, when needed, the quotes of the same words and a box to confirm.

    The form sets what there is to confirm: `here` and `elsewhere` are those quotes, of the same
    source and of others, `question` is what the box sends.
    """

    template_name = "admin/quotes/words_input.html"
    here: list[Quote] = []
    elsewhere: list[Quote] = []
    question = ""

    class Media:
        css = {"all": ["admin/words_input.css"]}

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        """What there is to confirm."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "question": self.question,
            "here": self.here,
            "elsewhere": self.elsewhere,
        }
        return context


class WordsForm(ModelForm):
    """A form with the words of a quote."""

    class Meta:
        widgets = {"body": WordsInput}

    @property
    def new_words(self) -> str:
        """Fingerprint of the words, if they were typed now or brought to another section."""
        body = self.cleaned_data.get("body", "")
        is_new = bool({"body", "section"} & {*self.changed_data})
        return derive(body).fingerprint if body and is_new else ""

    def ask(self, words: str, others: list[Quote], coverage: Coverage) -> None:
        """Refuse the words until it is confirmed that they stand beside the same of `others`."""
        question = ",".join([words, *(str(quote.pk) for quote in others)])
        if self.data.get(f"{self.add_prefix('body')}_confirmed") == question:
            return
        here = [quote for quote in others if quote.source == coverage.source]
        widget = self.fields["body"].widget
        widget.question, widget.here = question, here
        widget.elsewhere = [quote for quote in others if quote not in here]
        self.add_error("body", ValidationError(SAME_WORDS if others else TWICE, "same_words"))


class WordsFormSet(AddressedRows):
    """The quotes of a section."""

    def clean(self) -> None:
        """Point out the words that the event already has."""
        super().clean()
        if self.instance.coverage_id:
            kept = [form for form in self.forms if not self._should_delete_form(form)]
            point_out_same_words(kept, self.instance.coverage)


def point_out_same_words(forms: list[WordsForm], coverage: Coverage) -> None:
    """Have each of `forms` ask about its words, if the event of `coverage` has them; one query."""
    typed = [(form, words) for form in forms if (words := form.new_words)]
    if not typed:
        return
    same = Quote.objects.of_same_words(coverage.pk, {words for _form, words in typed})
    same = list(same.with_evidence().order_by("slug"))
    for place, (form, words) in enumerate(typed):
        others = [row for row in same if row.fingerprint == words and row.pk != form.instance.pk]
        if others or words in [earlier for _form, earlier in typed[:place]]:
            form.ask(words, others, coverage)
