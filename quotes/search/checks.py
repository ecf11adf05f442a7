"""Whether the index and the content agree."""

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import OperationalError, ProgrammingError
from django.db.models import Exists, OuterRef

from quotes.models import Quote
from quotes.search.models import SearchEntry


def missing_and_stray() -> tuple[int, int]:
    """Quotes without an entry, and entries without a quote."""
    entries = SearchEntry.objects.filter(pk=OuterRef("pk"))
    quotes = Quote.objects.filter(pk=OuterRef("pk"))
    return (
        Quote.objects.filter(~Exists(entries)).count(),
        SearchEntry.objects.filter(~Exists(quotes)).count(),
    )


@register(Tags.database)
def index_matches_content(app_configs: object, databases: list, **kwargs) -> list[CheckMessage]:
    """Warn where quotes are missing from the index, or it knows of quotes that are gone."""
    if "default" not in (databases or []):
        return []
    try:
        missing, stray = missing_and_stray()
    except (OperationalError, ProgrammingError):
        return []  # not migrated yet
    if not missing and not stray:
        return []
    text = f"The search index lacks {missing} quotes and knows of {stray} that are gone."
    return [Warning(text, hint="Run manage.py rebuild_search.", id="search.W001")]
