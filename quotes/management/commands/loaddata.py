"""`manage.py loaddata`: Django's own, indexing and recording what is loaded once, at the end."""

from collections import defaultdict

from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializedObject
from django.utils.translation import gettext as _

from quotes.history.models import CONTENT
from quotes.history.recording import one_save, record
from quotes.search.index import index_at_the_end


class Command(loaddata.Command):
    """Load fixtures, index their quotes and record versions, in one transaction."""

    def loaddata(self, fixture_labels: list[str]) -> None:
        """Load the fixtures."""
        self.loaded = defaultdict(set)
        with one_save(why=_("Loaded from a fixture")), index_at_the_end():
            super().loaddata(fixture_labels)
            for model in CONTENT:
                record(model, self.loaded[model])

    def save_obj(self, obj: DeserializedObject) -> bool:
        """Save a row and note it; whether it was saved."""
        saved = super().save_obj(obj)
        self.loaded[type(obj.object)].add(obj.object.pk)
        return saved
