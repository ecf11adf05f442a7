"""What is kept of every version: the fields of its row, who, when and why.

simple-history makes a model of versions for each kind of content, `Quote.history` and so on. What
is derived (not serialised, like a rendered body) is left out: it is filled in when a row is saved.
"""

from django.db.models import CASCADE, Field, Model, QuerySet
from django.utils import timezone
from simple_history import register
from simple_history.models import HistoricalRecords

from quotes.models import (
    Appearance,
    Coverage,
    Event,
    Parallel,
    ProtectedTerm,
    Quote,
    Section,
    Source,
    Speaker,
    TaggedQuote,
    Topic,
)

CONTENT = (
    Event,
    Speaker,
    Appearance,
    Source,
    Coverage,
    Section,
    Quote,
    Topic,
    TaggedQuote,
    Parallel,
    ProtectedTerm,
)


def differs(row: Model, version: Model | None) -> bool:
    """Whether `row` is not, or no longer, what `version` says; without one it is."""
    return (
        version is None
        or version.history_type == "-"
        or any(
            field.to_python(getattr(row, field.attname)) != getattr(version, field.attname)
            for field in version.tracked_fields
        )
    )


class Versions(HistoricalRecords):
    """Records what changed; a save that changes nothing adds no version."""

    def post_save(self, instance: Model, created: bool, using: str | None = None, **kwargs) -> None:
        """Record a saved row if it differs from its newest version."""
        newest = None if created else instance.history.order_by("-history_id").first()
        if differs(instance, newest):
            super().post_save(instance, created, using, **kwargs)

    def pre_delete(self, instance: Model, origin: Model | QuerySet | None = None, **kwargs) -> None:
        """Begin a deletion, or go on with one: Django tells of all that goes before any is gone."""
        if origin is not None:
            origin.deletion_time = timezone.now()
        super().pre_delete(instance, **kwargs)

    def post_delete(
        self,
        instance: Model,
        using: str | None = None,
        origin: Model | QuerySet | None = None,
        **kwargs,
    ) -> None:
        """Record a deletion; what goes with `origin` (Django's name) goes at one time with it."""
        instance._history_date = getattr(origin, "deletion_time", None) or timezone.now()
        super().post_delete(instance, using, **kwargs)
        del instance._history_date

    def get_meta_options(self, model: type[Model]) -> dict:
        """Versions have no permissions of their own: who sees a row sees its history."""
        return super().get_meta_options(model) | {"default_permissions": ()}


def _looked_up(field: Field) -> bool:
    """Whether versions are found by this field: the row's, or that of what it went with."""
    return field.primary_key or (field.is_relation and field.remote_field.on_delete is CASCADE)


for model in CONTENT:
    fields = model._meta.fields
    register(
        model,
        app="quotes.history",
        records_class=Versions,
        excluded_fields=[f.name for f in fields if not (f.serialize or f.primary_key)],
        no_db_index=[f.name for f in fields if not _looked_up(f)],
    )
