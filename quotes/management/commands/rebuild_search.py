"""`manage.py rebuild_search`: make the search index anew."""

from django.core.management import BaseCommand
from django.db import connection

from quotes.models import Quote
from quotes.search.checks import missing_and_stray
from quotes.search.index import index_quotes
from quotes.search.models import ContentState, SearchEntry


class Command(BaseCommand):
    """Index every quote anew; interrupted, it may be run again."""

    help = (
        "Makes the search index of all quotes anew. The index follows every change by itself: this "
        "is for a database that was written to by other means. Search works meanwhile."
    )

    def handle(self, **options) -> None:
        """Index the quotes, say how far it is, drop what no quote has, and let ANALYZE look."""
        total, done = Quote.objects.count(), 0
        for count in index_quotes(Quote.objects.all()):
            done += count
            self.stdout.write(f"\r{done:,} of {total:,} quotes", ending="")
            self.stdout.flush()
        SearchEntry.objects.exclude(pk__in=Quote.objects.values("pk")).delete()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        ContentState.change()
        missing, stray = missing_and_stray()
        self.stdout.write(f"\nDone: {missing} quotes missing, {stray} entries too many.")
