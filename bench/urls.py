"""The site, and two plain views: one that is constant, one that lists 30 rows."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

from quotes.models import Quote
from summit.urls import urlpatterns as site

ROWS = Template(
    "<!doctype html><title>Rows</title><ul>{% for quote in quotes %}"
    "<li><a href='{{ quote.get_absolute_url }}'>{{ quote.slug }}</a> {{ quote.speaker.name }} "
    "{{ quote.published_at|date:'Y-m-d' }} <p>{{ quote.body }}</p></li>{% endfor %}</ul>"
)


def constant(request: HttpRequest) -> HttpResponse:
    """Always the same."""
    return HttpResponse("<!doctype html><title>Constant</title>")


def rows(request: HttpRequest) -> HttpResponse:
    """Thirty quotes and who said them, as plainly as Django lists rows."""
    quotes = Quote.objects.select_related("speaker").order_by("-pk")[:30]
    return HttpResponse(ROWS.render(Context({"quotes": quotes})))


urlpatterns = [path("bench/constant/", constant), path("bench/rows/", rows), *site]
