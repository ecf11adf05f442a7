"""The editors' desk."""

from quotes.admin import (
    event,
    log,
    parallel,
    people,
    protected_term,
    quote,
    section,
    source,
    speaker,
    topic,
)

__all__ = [
    "event",
    "log",
    "parallel",
    "people",
    "protected_term",
    "quote",
    "section",
    "source",
    "speaker",
    "topic",
]
