"""`manage.py rebuild_search`: make the search index anew."""

from django.core.management import BaseCommand

from quotes.models import Quote
from quotes.search.checks import missing_and_stray
from quotes.search.entries import rebuild


class Command(BaseCommand):
    """Index every quote anew; interrupted, it may be run again."""

    help = (
        "Makes the search index of all quotes anew. The index follows every change by itself: this "
        "is for a database that was written to by other means. Others search and save meanwhile."
    )

    def handle(self, **options) -> None:
        """Index the quotes, and say how far it is and whether all is well."""
        total, done = Quote.objects.count(), 0
        for count in rebuild():
            done += count
            self.stdout.write(f"\r{done:,} of {total:,} quotes", ending="")
            self.stdout.flush()
        missing, stray = missing_and_stray()
        self.stdout.write(f"\nDone: {missing} quotes missing, {stray} entries too many.")
