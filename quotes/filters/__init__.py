"""Query string -> narrowed query set and its counts."""

from quotes.filters.former import renamed
from quotes.filters.quotes import QuoteFilter, canonical
from quotes.filters.results import Results

__all__ = ["QuoteFilter", "Results", "canonical", "renamed"]
