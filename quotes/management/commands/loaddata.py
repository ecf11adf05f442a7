"""`manage.py loaddata`: Django's own, indexing what is loaded once and not row by row."""

from django.core.management.commands import loaddata

from quotes.search.index import index_at_the_end


class Command(loaddata.Command):
    """Load fixtures and index their quotes, in one transaction."""

    def loaddata(self, fixture_labels: list[str]) -> None:
        """Load the fixtures."""
        with index_at_the_end():
            super().loaddata(fixture_labels)
