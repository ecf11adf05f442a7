"""`manage.py dumpdata`: Django's own, without what is derived."""

from django.core.management.commands import dumpdata

DERIVED = "quotes.TopicName"


class Command(dumpdata.Command):
    """Dump rows, but for those that are made when others are saved or loaded."""

    def handle(self, *labels: str, **options) -> None:
        """Print the rows."""
        super().handle(*labels, **options | {"exclude": [*options["exclude"], DERIVED]})
