"""Quotes as a table that spreadsheets open."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import translation
from django.utils.translation import gettext as _

from quotes.filters.counts import MOST_ROWS, Counts
from quotes.filters.results import keys_in_order
from quotes.models import Quote

CHUNK = 500  # quotes loaded at a time
BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know that it is UTF-8
# What a cell begins with that spreadsheets would compute: a sign, narrow, wide or small, also after
# what they may drop (space, controls, invisible characters, quotation marks); and a tab or the end
# of a line by itself. As https://owasp.org/www-community/attacks/CSV_Injection lists them.
FORMULA = re.compile(
    r"""[\t\r\n]|[\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u2060-\u2064\ufeff"'`“”‘’＂＇]*[=+\-@＝＋－＠﹦﹢﹣﹫−]"""
)


def table_name(counts: Counts) -> str:
    """What the file of a table is called: how much is in it, if that is not all."""
    if not counts.is_table_cut:
        return "quotes.csv"
    return _("quotes, the first %(n)s") % {"n": intcomma(MOST_ROWS)} + ".csv"


def table(counts: Counts, language: str) -> Iterator[str]:
    """CSV of the quotes that are counted, the first MOST_ROWS in the order of their pages.

    A row each, in pieces; headings in that language.
    """
    keys = keys_in_order(counts.found, counts.entries, 0, MOST_ROWS)
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
    csv.writer(file).writerow(f"'{cell}" if FORMULA.match(cell) else cell for cell in cells)
    return file.getvalue()
