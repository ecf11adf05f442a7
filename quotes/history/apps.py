"""The history's configuration: an app of its own, so that dumps of the content leave it out."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """The versions of all content."""

    name = "quotes.history"

    def ready(self) -> None:
        """Follow what is written to many rows at once, which simple-history does not see."""
        from quotes.history import recording  # noqa: F401  which needs the models
