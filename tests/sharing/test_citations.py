"""A citation says who, where, as printed where, and the address."""

from datetime import date

from django.utils import translation

from quotes.models import Quote
from quotes.sharing.citations import citation
from tests.factories import QuoteFactory


def test_a_citation_names_all_that_is_known(settings, db):
    settings.PUBLIC_URL = "https://quotes.example.org"
    quote = QuoteFactory(
        slug="q-7",
        number="7",
        speaker__name="唐杰",
        speaker__latin_name="Tang Jie",
        section__coverage__event__name="前沿峰会",
        section__coverage__event__city="北京",
        section__coverage__event__start_date=date(2026, 1, 10),
        section__coverage__source__title="峰会全记录",
        section__coverage__source__author="某某",
        section__coverage__source__publisher="某报",
        section__coverage__source__date_published=date(2026, 1, 11),
    )
    quote = Quote.objects.get(pk=quote.pk)
    assert citation(quote) == (
        "唐杰，前沿峰会，2026年1月10日，北京。据《峰会全记录》，"
        "第 7 则，某某，某报，2026年1月11日。"
        "峰会语录，https://quotes.example.org/quotes/q-7/"
    )
    with translation.override("en"):
        assert citation(quote).startswith("Tang Jie, 前沿峰会, Jan")
        assert citation(quote).endswith("https://quotes.example.org/en/quotes/q-7/")


def test_what_is_not_known_is_left_out(settings, db):
    settings.PUBLIC_URL = "https://quotes.example.org"
    quote = QuoteFactory(slug="q-7", section__coverage__source__title="")
    said = citation(quote)
    assert "None" not in said
    assert "，，" not in said
    assert "据一篇未署名报道。" in said
