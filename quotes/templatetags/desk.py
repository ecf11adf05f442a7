"""What the front page of the editors' desk says."""

from typing import NamedTuple

from django import template
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.urls import reverse

from quotes.models import Event, Quote
from quotes.models.drafts import may_view
from quotes.models.publication import Publishable, Stage, at_stage

FIRST = 5  # rows of each heap
CHANGES = 15
# Stage -> how what stands there is ordered: what is due first, and what was worked on last.
STAGES = {Stage.SCHEDULED: "published_at", Stage.DRAFT: "-pk", Stage.WITHDRAWN: "-pk"}

register = template.Library()


class Heap(NamedTuple):
    """Rows of one kind that wait for somebody: how many, where they are listed, the first."""

    kind: str
    count: int
    url: str
    rows: list[tuple[Publishable, str]]  # each with the address of its form


@register.simple_tag
def heaps_at_stages(user: AbstractUser) -> list[tuple[str, list[Heap]]]:
    """(stage, heaps of events and quotes) of what is not public, as far as `user` may see it."""
    found = []
    for stage, order in STAGES.items():
        heaps = [
            _heap(model.objects.filter(at_stage(stage)).order_by(order), f"stage={stage.value}")
            for model in (Event, Quote)
            if may_view(user, model._meta.model_name)
        ]
        found.append((stage.label, [heap for heap in heaps if heap.count]))
    return [(label, heaps) for label, heaps in found if heaps]


@register.simple_tag
def quotes_without_topics(user: AbstractUser) -> Heap | None:
    """The quotes that have no topic, the latest first; None if there are none to see."""
    if not may_view(user, "quote"):
        return None
    heap = _heap(Quote.objects.without_topics().order_by("-pk"), "topics=none")
    return heap if heap.count else None


@register.simple_tag
def sees(user: AbstractUser) -> set[str]:
    """The names of the kinds of content that `user` may see."""
    names = {m._meta.model_name for m in apps.get_app_config("quotes").get_models()}
    return {name for name in names if may_view(user, name)}


@register.simple_tag
def latest_changes(user: AbstractUser) -> QuerySet:
    """The log's latest entries about content that `user` may see, whoever made them."""
    entries = LogEntry.objects.filter(
        content_type__app_label="quotes", content_type__model__in=sees(user)
    )
    return entries.select_related("user", "content_type")[:CHANGES]


def _heap(rows: QuerySet, query: str) -> Heap:
    """A heap of `rows`, which the list shows with the parameters `query`; two queries."""
    name = rows.model._meta.model_name
    return Heap(
        kind=rows.model._meta.verbose_name_plural,
        count=rows.count(),
        url=f"{reverse(f'admin:quotes_{name}_changelist')}?{query}",
        rows=[(row, reverse(f"admin:quotes_{name}_change", args=[row.pk])) for row in rows[:FIRST]],
    )
