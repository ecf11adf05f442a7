"""The configuration of the index: an app of its own, so that dumps of the content leave it out."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    """The index over quotes."""

    name = "quotes.search"

    def ready(self) -> None:
        """Follow the changes of content."""
        from quotes.search import checks, index  # noqa: F401  which need the models

        post_migrate.connect(index.index_what_was_there, sender=self)
