"""Query string -> narrowed query set and its counts."""

from quotes.filters.quotes import QuoteFilter

__all__ = ["QuoteFilter"]
