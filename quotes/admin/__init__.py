"""The editors' desk."""

from quotes.admin import event, parallel, protected_term, quote, section, source, speaker, topic

__all__ = [
    "event",
    "parallel",
    "protected_term",
    "quote",
    "section",
    "source",
    "speaker",
    "topic",
]
