"""The editors' desk."""

from quotes.admin import event, parallel, quote, section, source, speaker, topic

__all__ = ["event", "parallel", "quote", "section", "source", "speaker", "topic"]
