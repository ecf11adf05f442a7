"""Quotes as a table that spreadsheets open."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from quotes.filters import QuoteFilter
from quotes.filters.quotes import READING
from quotes.models import Quote

CHUNK = 500  # quotes loaded at a time
BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know that it is UTF-8
FORMULA = tuple("=+-@\t\r＝＋－＠")  # what a cell begins with that spreadsheets would compute


def table(found: QuoteFilter, language: str) -> Iterator[str]:
    """CSV of all quotes that are found, a row each, in pieces; headings in that language."""
    entries = found.narrow()
    ordered = entries.in_reading_order() if found.order == READING else entries.newest_first()
    keys = list(ordered.values_list("pk", flat=True))
    with translation.override(language):
        yield BYTE_ORDER_MARK + _line(_headings())
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        with translation.override(language):  # in which titles and names are asked for, too
            quotes = Quote.objects.published().cards(chunk)
            yield "".join(_line(_cells(quote)) for quote in quotes)


def _headings() -> list[str]:
    return [
        _("address"),
        _("speaker"),
        _("title then"),
        _("event"),
        _("date"),
        _("section"),
        _("source"),
        _("number"),
        _("title"),
        _("words"),
        _("topics"),
        _("wording"),
    ]


def _cells(quote: Quote) -> list[str]:
    return [
        settings.PUBLIC_URL + quote.get_absolute_url(),
        str(quote.speaker),
        quote.title_then,
        str(quote.event),
        quote.event.start_date.isoformat(),
        quote.section.title,
        str(quote.source),
        quote.number,
        quote.title,
        quote.body,
        "、".join(map(str, quote.topic_list)),
        str(quote.get_wording_display()),
    ]


def _line(cells: list[str]) -> str:
    """A line of CSV, nothing in it a formula."""
    file = StringIO()
    csv.writer(file).writerow(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells)
    return file.getvalue()
