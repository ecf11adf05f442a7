"""Which pages to measure on a corpus: ordinary ones, and searches with so many hits."""

from collections.abc import Iterator
from itertools import pairwise

from quotes.filters.counts import COUNTED, LIMIT, PAGED
from quotes.filters.results import PAGE_SIZE
from quotes.models import Quote, Speaker, Topic
from quotes.search.models import SearchEntry
from quotes.text.queries import parse

SMALL = 10_000  # quotes up to which it is measured what the first view after a change costs
FIRST_SUMMIT = "agi-next"  # is the same at every size; so is what its speakers' pages show
TARGETS = (100, 10_000, 50_000, 500_000)  # hits of searches


def pages() -> Iterator[tuple[str, str]]:
    """(name, path) of every page to measure."""
    count = SearchEntry.objects.count()
    entry = SearchEntry.objects.order_by("pk")[count // 2]
    slug = Quote.objects.get(pk=entry.pk)
    topics = [tagged.tag.slug for tagged in slug.tagged_quotes.all()]
    common = Speaker.objects.get(slug="p5")
    speaker = Quote.objects.filter(slug__startswith=FIRST_SUMMIT).earliest("slug").speaker
    topic = Topic.objects.order_by("pk")[Topic.objects.count() // 10]
    yield "constant", "/bench/constant/"
    yield "30 rows", "/bench/rows/"
    yield "front page", "/"
    yield "quote", slug.get_absolute_url()
    yield "event", slug.event.get_absolute_url()
    yield "speaker", speaker.get_absolute_url()
    yield "speaker at every summit", common.get_absolute_url()
    yield "topic", topic.get_absolute_url()
    yield "all summits", "/events/"
    yield "all speakers", "/speakers/"
    yield "all topics", "/topics/"
    yield "/quotes/", "/quotes/"
    if count < SMALL:
        yield "/quotes/, cold", "/quotes/"
    yield "/quotes/, last page", f"/quotes/?page={count // 20}"
    every = (
        f"event={slug.event.slug}&year={slug.event.start_date.year}&speaker={slug.speaker.slug}"
        f"&role=speaker&topic={topics[0]}&source={slug.source.slug}&kind={slug.section.kind}"
        f"&wording={slug.wording}"
    )
    yield "/quotes/, every filter", f"/quotes/?{every}"
    if count < SMALL:
        yield "/quotes/, every filter, cold", f"/quotes/?{every}"
    yield "filter: a common speaker", f"/quotes/?speaker={common.slug}"
    yield "filter: a common topic", f"/quotes/?topic={Topic.objects.get(slug='t5').slug}"
    yield "filter: two common topics", "/quotes/?topic=t3&topic=t5"
    yield "filter: kind and wording", "/quotes/?kind=theme&wording=verbatim"
    yield from _searches(count)


def _searches(count: int) -> Iterator[tuple[str, str]]:
    """Searches with about so many hits, alone and with filters."""
    hits = {word: SearchEntry.objects.indexed(parse(word)).count() for word in _words()}
    for target in TARGETS:
        if target > count:
            continue
        word = min(hits, key=lambda word: abs(hits[word] - target))
        name = f"search: {hits[word]:,} hits"
        yield name, f"/quotes/?q={word}"
        yield f"{name}, newest", f"/quotes/?q={word}&sort=newest"
        yield f"{name}, in a year", f"/quotes/?q={word}&year=2025"
        yield f"{name}, topic, kind", f"/quotes/?q={word}&topic=t2&kind=speech"
        pages = (hits[word] if hits[word] <= LIMIT else PAGED) // PAGE_SIZE
        if pages > 1:
            yield f"{name}, last page", f"/quotes/?q={word}&page={pages}"
        if LIMIT < hits[word] < COUNTED:
            yield f"{name}, choices counted", f"/quotes/?q={word}&counts=all"
    yield "search: one common character", "/quotes/?q=的"


def _words() -> set[str]:
    """Words of two characters from some sentences, and names of speakers."""
    bodies = Quote.objects.filter(slug__startswith=FIRST_SUMMIT).values_list("body", flat=True)
    pairs = {a + b for body in bodies for a, b in pairwise(body[:60]) if (a + b).isalpha()}
    names = Speaker.objects.order_by("pk").values_list("name", flat=True)
    return {
        *sorted(pairs)[::12],
        *names[:: max(1, len(names) // 25)],
        "我们",
        "的",
        "模型",
        "Agent",
    }
