"""Pages of quotes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from quotes.filters import QuoteFilter
from quotes.models import Quote
from quotes.sharing.citations import citation


@require_safe
def quote_list(request: HttpRequest) -> HttpResponse:
    """Quotes by words and filters, with counts; every state is an address."""
    found = QuoteFilter(request.GET, Quote.objects.published())
    return render(request, "quote_list.html", {"found": found, "page": found.results})


@require_safe
def quote_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One quote with its evidence, other reports of it, and its neighbours."""
    quotes = Quote.objects.published().for_cards()
    quote = get_object_or_404(quotes.with_topics().select_related("section__moderator"), slug=slug)
    before, after = Quote.objects.published().neighbours(quote)
    context = {
        "quote": quote,
        "citation": citation(quote),
        "parallels": quotes.parallel_to(quote).in_reading_order(),
        "before": before,
        "after": after,
    }
    return render(request, "quote_detail.html", context)
