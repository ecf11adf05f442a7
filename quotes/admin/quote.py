"""Admin of quotes."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from quotes.admin.content import ContentAdmin
from quotes.admin.keys import number
from quotes.admin.locking import ReasonedForm
from quotes.admin.publication import PublicationAdmin, StageFilter
from quotes.admin.same_words import WordsForm, point_out_same_words
from quotes.admin.topics_field import TopicsField, TopicsFilter
from quotes.history.versions import topics_at
from quotes.models import Quote, Topic

FRONT_PAGE = ["featured", "hero", "highlight"]
WORDS_SHOWN = 40  # characters of a quote in lists and pickers


class QuoteForm(WordsForm, ReasonedForm):
    """A quote with its topics in one text field."""

    topics = TopicsField(label=_("topics"), required=False)

    def clean(self) -> dict | None:
        """Point out the words if the event already has them."""
        cleaned = super().clean()
        if section := self.cleaned_data.get("section"):
            point_out_same_words([self], section.coverage)
        return cleaned

    def topics_of(self, base: str) -> list[Topic]:
        """The topics in the version `base`, which says the number of the last change of them."""
        last = number(base.partition(".")[2]) or 0
        return topics_at(self.instance.pk, history_id__lte=last)[0]


@admin.register(Quote)
class QuoteAdmin(PublicationAdmin, ContentAdmin):
    """The quotes."""

    form = QuoteForm
    empty_hint = _("Quotes are added to a section of a summit, which comes first.")
    list_display = ["words", "speaker", "section", "topic_names", "stage", "public_page"]
    list_filter = [
        StageFilter,
        TopicsFilter,
        "featured",
        "wording",
        ("section__coverage__event", admin.RelatedOnlyFieldListFilter),
        ("speaker", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["body", "title", "slug", "speaker__name", "section__title"]
    date_hierarchy = "published_at"
    autocomplete_fields = ["section", "speaker"]
    readonly_fields = ["other_reports"]
    fieldsets = [
        (None, {"fields": ["section", "speaker", "number", "title", "body", "context"]}),
        (_("Topics"), {"fields": ["topics"]}),
        (_("Evidence"), {"fields": ["wording", "language", "position", "other_reports"]}),
        (_("Publication"), {"fields": ["stage", "published_at", *FRONT_PAGE, "slug"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The quotes with all that the list shows."""
        return super().get_queryset(request).with_evidence().with_topics().in_reading_order()

    def picker_label(self, obj: Quote) -> str:
        """Slug, speaker and first words."""
        return f"{obj.slug} · {obj.speaker}：{self.words(obj)}"

    @admin.display(description=_("words"), ordering="body")
    def words(self, obj: Quote) -> str:
        """The title, or the first words."""
        return Truncator(obj.title or obj.body).chars(WORDS_SHOWN)

    @admin.display(description=_("topics"))
    def topic_names(self, obj: Quote) -> str:
        """The topics."""
        return "、".join(tagged.tag.name for tagged in obj.tagged_quotes.all())

    @admin.display(description=_("other reports"))
    def other_reports(self, obj: Quote) -> str:
        """Links to the quotes that report the same words."""
        if obj.pk is None:
            return self.get_empty_value_display()
        others = Quote.objects.filter(parallels_as_first__second=obj.pk) | Quote.objects.filter(
            parallels_as_second__first=obj.pk
        )
        rows = [("../../" + str(q.pk) + "/change/", q.slug) for q in others.distinct()]
        return format_html_join("、", '<a href="{}">{}</a>', rows) or self.get_empty_value_display()
