"""What is remembered until the content changes, or something scheduled becomes public."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypeVar

from django.db.models import Min
from django.utils import timezone

from quotes.models import Event, Quote
from quotes.models.publication import ahead
from quotes.search.models import ContentState

LONGEST = timedelta(days=1)  # for which anything is remembered
T = TypeVar("T")
# Name -> (version of the content, until when, value). Each process has its own: what is remembered
# is small and needs no unpacking, and the version in the database keeps all of them right.
_remembered: dict[str, tuple[int, datetime, object]] = {}


class Memory:
    """Remembers what is asked of the content as it is now; one query."""

    def __init__(self) -> None:
        self.version = ContentState.objects.values_list("version", flat=True).get()

    def remember(self, name: str, compute: Callable[[], T]) -> T:
        """What `compute` gives, computed once for the content as it is now."""
        version, until, value = _remembered.get(name, (None, None, None))
        if version != self.version or until <= timezone.now():
            until = self._until  # before computing: what comes due meanwhile is not missed
            value = compute()
            _remembered[name] = (self.version, until, value)
        return value

    @cached_property
    def _until(self) -> datetime:
        """When the next scheduled event or quote becomes public, or the longest one remembers."""
        times = [
            model.objects.filter(ahead()).aggregate(next=Min("published_at"))["next"]
            for model in (Event, Quote)
        ]
        return min([timezone.now() + LONGEST, *filter(None, times)])
