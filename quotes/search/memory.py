"""What is remembered until the content changes, or something scheduled becomes public."""

from collections.abc import Callable
from typing import TypeVar

from quotes.search.models import state

T = TypeVar("T")
# State of the content -> name -> value. Each process has its own: what is remembered is small and
# needs no unpacking, and the state in the database keeps all of them right. A new state makes all
# older ones go; threads that still read one keep its values till they have answered.
_remembered: dict[tuple, dict[str, object]] = {}


class Memory:
    """Remembers what is asked of the content as it is now; one query."""

    def __init__(self) -> None:
        now = state()
        values = _remembered.get(now)
        if values is None:
            _remembered.clear()
            values = _remembered.setdefault(now, {})
        self._values = values

    def remember(self, name: str, compute: Callable[[], T]) -> T:
        """What `compute` gives, computed once for the content as it is now."""
        value = self._values.get(name)
        if value is None:
            value = self._values[name] = compute()
        return value
