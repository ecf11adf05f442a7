"""Pages of quotes."""

from urllib.parse import parse_qsl

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from quotes.filters import QuoteFilter, Results, canonical, renamed
from quotes.models import Quote
from quotes.models.evidence import add_topics, title_then
from quotes.models.quote import QuoteQuerySet
from quotes.search.index import reading_key
from quotes.search.memory import Memory
from quotes.search.models import neighbours
from quotes.search.suggestions import completions
from quotes.sharing.citations import citation
from quotes.sharing.tables import table
from quotes.text.markup import plain_text
from quotes.text.passages import opening
from quotes.views.moved import leads_on, present_page

MOST_SUGGESTIONS = 8
LONGEST_NAME = 50  # characters of what is typed that are looked at


@require_safe
def quote_list(request: HttpRequest) -> HttpResponse:
    """Quotes by words and filters, with counts; every state is one address."""
    if address := _other_address(request):
        return HttpResponsePermanentRedirect(address)
    found = Results(request.GET)
    if found.form.errors and (address := _renamed_address(request)):
        return HttpResponsePermanentRedirect(address)
    return render(request, "quote_list.html", {"found": found, "page": found.page})


@require_safe
@leads_on(present_page(Quote))
def quote_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One quote with its evidence, other reports of it, and its neighbours."""
    context = quote_context(Quote.objects.published(), slug)
    return render(request, "quote_detail.html", context)


def quote_context(quotes: QuoteQuerySet, slug: str) -> dict:
    """What the page of the one of `quotes` with this slug shows; or Http404.

    Around it is shown what is public.
    """
    quote = get_object_or_404(quotes.with_place().select_related("section__moderator"), slug=slug)
    quote.title_then = title_then(quote)
    add_topics([quote])
    shortened = plain_text(quote.excerpt_html or quote.body_html)
    before, after = neighbours(quote.event, reading_key(quote))
    return {
        "quote": quote,
        "opening": opening(shortened),
        "summary": "".join(shortened.split("\n")),
        "citation": citation(quote),
        "parallels": Quote.objects.published().parallel_to(quote),
        "before": before,
        "after": after,
    }


@require_safe
def quote_table(request: HttpRequest) -> HttpResponseBase:
    """The quotes of a search as CSV; where that is wrong, the page that says so."""
    found = QuoteFilter(request.GET)
    if not found.form.is_valid():
        if address := _renamed_address(request):
            return HttpResponsePermanentRedirect(address)
        return redirect(f"{reverse('quote_list')}?{canonical(request.GET)}")
    response = StreamingHttpResponse(
        table(found, get_language()), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="quotes.csv"'
    return response


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Names that begin with what is being typed, as options of the search box."""
    typed = request.GET.get("q", "")[:LONGEST_NAME]
    names = completions(typed, Memory(), MOST_SUGGESTIONS)
    return render(request, "suggestions.html", {"suggestions": names})


def _other_address(request: HttpRequest) -> str:
    """The one address of what is asked for; "" where this is it."""
    query = canonical(request.GET)
    raw = request.META["QUERY_STRING"].encode("latin-1").decode(errors="replace")  # PEP 3333
    if parse_qsl(raw, keep_blank_values=True, errors="replace") == parse_qsl(query):
        return ""
    return _address(request, renamed(query))


def _renamed_address(request: HttpRequest) -> str:
    """The address with present slugs for former ones; "" where there is none of them."""
    query = canonical(request.GET)
    present = renamed(query)
    return _address(request, present) if present != query else ""


def _address(request: HttpRequest, query: str) -> str:
    return f"{request.path}?{query}" if query else request.path
