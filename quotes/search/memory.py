"""What is remembered until the content changes, or something scheduled becomes public."""

from collections.abc import Callable
from typing import TypeVar

from django.utils import timezone

from quotes.search.models import ContentState

T = TypeVar("T")
# (version of the content, name) -> value. Each process has its own: what is remembered is small
# and needs no unpacking, and the version in the database keeps all of them right.
_remembered: dict[tuple[int, str], object] = {}


class Memory:
    """Remembers what is asked of the content as it is now; one query."""

    def __init__(self) -> None:
        states = ContentState.objects.values_list("version", "next_publication")
        self.version, due = states.get()
        if due and due <= timezone.now():
            ContentState.change()
            self.version, due = states.get()

    def remember(self, name: str, compute: Callable[[], T]) -> T:
        """What `compute` gives, computed once for the content as it is now."""
        value = _remembered.get((self.version, name))
        if value is None:
            value = compute()
            for stale in [key for key in [*_remembered] if key[0] != self.version]:
                _remembered.pop(stale, None)
            _remembered[self.version, name] = value
        return value
