"""Quotes joined as reports of the same words, but of two speakers: told after a save, not refused.

Refused, the speaker of two such quotes could not be corrected one after the other.
"""

from collections.abc import Collection

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from quotes.models import Parallel, Quote

NAMED = 10  # pairs that are told of


def warn_of_two_speakers(request: HttpRequest, quotes: Collection[int]) -> None:
    """Tell of each accepted parallel of quotes with these keys whose ends differ; one query."""
    of_these = Q(first__in=quotes) | Q(second__in=quotes)
    pairs = Parallel.objects.accepted().of_two_speakers().filter(of_these)
    for pair in pairs.select_related("first__speaker", "second__speaker")[:NAMED]:
        text = _(
            "This parallel joins words of two speakers as the same words: {pair}. "
            "Correct the other quote too, or the parallel."
        )
        address = reverse("admin:quotes_parallel_change", args=[pair.pk])
        label = f"{_end(pair.first)} = {_end(pair.second)}"
        link = format_html('<a href="{}">{}</a>', address, label)
        messages.warning(request, format_html(text, pair=link))


def _end(quote: Quote) -> str:
    """One of the two quotes, with whose words it is."""
    return f"{quote.slug} ({quote.speaker})"
