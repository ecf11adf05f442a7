"""Admin of topics."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from quotes.admin.content import ContentAdmin
from quotes.models import TaggedQuote, Topic

admin.site.unregister(Tag)  # taggit's own tags, which this site does not use


@admin.register(Topic)
class TopicAdmin(ContentAdmin):
    """Topics."""

    empty_hint = _("Topics come with the first quote that has one, or add one here.")
    list_display = ["name", "description", "quotes", "public_page"]
    search_fields = ["name", "english_name", "aliases", "slug"]
    ordering = ["slug"]
    fields = ["name", "english_name", "description", "aliases", "slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The topics, each with its number of quotes."""
        return super().get_queryset(request).annotate(quote_count=Count("tagged_quotes"))

    @admin.display(description=_("quotes"), ordering="quote_count")
    def quotes(self, obj: Topic) -> int:
        """Number of quotes, drafts included."""
        return obj.quote_count


@admin.register(TaggedQuote)
class TaggedQuoteAdmin(ContentAdmin):
    """Which quote has which topic."""

    empty_hint = _("Topics are put on a quote on its page.")
    list_display = ["content_object", "tag", "public_page"]
    list_filter = [("tag", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["content_object", "tag"]
    search_fields = ["content_object__slug", "content_object__title", "tag__name"]
    autocomplete_fields = ["content_object", "tag"]
    fields = ["content_object", "tag"]
    ordering = ["content_object__slug", "tag__slug"]
