"""Fill an empty database with a corpus of N quotes, the same for the same N.

    make bench-data N=1000000 SPEAKERS=240

Its sentences are those of the first summit. SPEAKERS is how many speakers the newest event has, if
more than are quoted there. Speakers and topics have a long tail: the k-th is as common as 1/k.
Interrupted, it is begun anew with an empty database.
"""

import os
import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from math import ceil

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summit.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import Model, QuerySet  # noqa: E402

from quotes.models import (  # noqa: E402
    Appearance,
    Coverage,
    Event,
    Quote,
    Section,
    Source,
    Speaker,
    TaggedQuote,
    Topic,
)
from quotes.search.index import rebuild  # noqa: E402
from quotes.text.folding import fingerprint  # noqa: E402
from quotes.text.markup import EXCERPT_LENGTH, SENTENCE, WHOLE_LENGTH, length  # noqa: E402

SEED = 20260110
QUOTES_AN_EVENT, QUOTES_A_SECTION = 500, 20
SPEAKERS, TOPICS = 2_000, 500
BATCH = 5_000
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "嘉禾思远文博雨桐浩然子墨若曦明哲诗涵俊杰欣怡天佑梓萱"
PUBLISHED = {"status": "published"}


def create(rows: list[Model]) -> list[Model]:
    """Insert rows as Django does, without indexing each."""
    if not rows:
        return rows
    return QuerySet.bulk_create(type(rows[0]).objects.all(), rows, batch_size=BATCH)


def tail(things: list) -> tuple[list, list[float]]:
    """Things, and the sums of the weights of a long tail over them."""
    return things, list(accumulate(1 / k for k in range(1, len(things) + 1)))


def sentences() -> list[str]:
    """Every sentence of the first summit, long enough to be one."""
    bodies = Quote.objects.order_by("slug").values_list("body", flat=True)
    found = [
        s.strip() for body in bodies for line in body.split("\n") for s in SENTENCE.findall(line)
    ]
    return sorted({s for s in found if length(s) > 8 and not set(s) & set("*_[]<>&#`\\")})


def people(rng: random.Random, n: int) -> list[Speaker]:
    """Speakers."""
    names = [
        rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, 2)) + str(k) * (k >= 500) for k in range(n)
    ]
    return create(
        [Speaker(name=name, slug=f"p{k}", sort_name=f"p {k:05}") for k, name in enumerate(names)]
    )


def quote(rng: random.Random, pool: list[str], **fields: object) -> Quote:
    """A quote of some sentences, with what the site derives of its words."""
    said = rng.choices(pool, k=rng.choice((1, 2, 2, 3, 4, 6)))
    body = "".join(said)
    total, shown, kept = length(body), 0, []
    for sentence in said:
        if kept and shown + length(sentence) > EXCERPT_LENGTH:
            break
        kept.append(sentence)
        shown += length(sentence)
    short = total <= WHOLE_LENGTH
    return Quote(
        body=body,
        body_html=f"<p>{body}</p>\n",
        excerpt_html="" if short else f"<p>{''.join(kept)}</p>\n",
        excerpt_rest=0 if short else total - shown,
        length=total,
        fingerprint=fingerprint(body),
        **fields,
    )


def event_rows(rng: random.Random, k: int, n: int) -> Iterator[Section]:
    """An event of two sources, and its sections."""
    day = date(2026, 9, 30) - timedelta(days=k * 2)
    at = datetime(day.year, day.month, day.day, 1, k % 60, tzinfo=UTC) + timedelta(days=1)
    (event,) = create(
        [
            Event(
                name=f"第 {k} 届前沿峰会",
                slug=f"e{k}",
                start_date=day,
                published_at=at,
                **PUBLISHED,
            )
        ]
    )
    sources = create(
        [
            Source(title=f"峰会{what} {k}", slug=f"s{k}-{what_slug}", kind=what_slug)
            for what, what_slug in (("报道", "report"), ("实录", "transcript"))
        ]
    )
    coverages = create(
        [Coverage(event=event, source=source, position=i) for i, source in enumerate(sources, 1)]
    )
    for i in range(ceil(n / QUOTES_A_SECTION)):
        kind = rng.choice(("speech", "speech", "theme", "roundtable"))
        yield Section(
            coverage=coverages[i % 2],
            kind=kind,
            title=f"议题 {i}",
            slug=f"part-{i}",
            position=i + 1,
        )


def fill(n: int, speakers_of_newest: int) -> None:
    """Make the corpus; the newest event has so many speakers, 0 for those who are quoted."""
    rng = random.Random(SEED)  # noqa: S311  the same each time
    call_command("migrate", verbosity=0)
    if Quote.objects.exists():
        sys.exit("The database has quotes already: name an empty one in DATABASE_URL.")
    call_command("loaddata", "agi_next_2026", verbosity=0)
    pool = sentences()
    speakers = tail(people(rng, min(SPEAKERS, max(20, n // 5))))
    topics = tail(
        create([Topic(name=f"议题{k}", slug=f"t{k}") for k in range(min(TOPICS, max(20, n // 4)))])
    )
    done = 0
    for k in range(ceil(n / QUOTES_AN_EVENT)):
        with transaction.atomic():
            done += _fill_event(rng, k, min(QUOTES_AN_EVENT, n - done), pool, speakers, topics)
        print(f"\r{done:,} of {n:,} quotes", end="", flush=True)
    print()
    add_speakers(rng, speakers_of_newest)
    index()


def add_speakers(rng: random.Random, n: int) -> None:
    """Put people who say nothing on the list of the newest event, until it has n."""
    event = Event.objects.newest_first()[0]
    there = event.appearances.count()
    more = [
        Speaker(name=f"{rng.choice(SURNAMES)}嘉宾{k}", slug=f"more-{k}", sort_name=f"q {k:05}")
        for k in range(there, n)
    ]
    create(
        [
            Appearance(event=event, speaker=speaker, title="研究者", position=there + i)
            for i, speaker in enumerate(create(more), 1)
        ]
    )


def index() -> None:
    """Index the quotes."""
    done = 0
    for count in rebuild():
        done += count
        print(f"\r{done:,} quotes indexed", end="", flush=True)
    print()


def _fill_event(
    rng: random.Random, k: int, n: int, pool: list[str], speakers: tuple, topics: tuple
) -> int:
    """An event with n quotes, their topics and the appearances of their speakers."""
    sections = create(list(event_rows(rng, k, n)))
    event = sections[0].coverage.event
    said = create(
        [
            quote(
                rng,
                pool,
                section=sections[i // QUOTES_A_SECTION],
                speaker=rng.choices(speakers[0], cum_weights=speakers[1])[0],
                slug=f"e{k}-{i:04}",
                number=str(i + 1),
                title=f"要点 {i}" if i % 3 else "",
                position=i % QUOTES_A_SECTION + 1,
                wording=rng.choice(("not-stated", "edited", "edited", "verbatim")),
                published_at=event.published_at,
                featured=i == 0,
                **PUBLISHED,
            )
            for i in range(n)
        ]
    )
    create(
        [
            TaggedQuote(content_object=row, tag=topic)
            for row in said
            for topic in set(
                rng.choices(topics[0], cum_weights=topics[1], k=rng.choice((1, 2, 3, 4)))
            )
        ]
    )
    create(
        [
            Appearance(event=event, speaker=speaker, title="研究者", position=i)
            for i, speaker in enumerate({row.speaker for row in said}, 1)
        ]
    )
    return n


if __name__ == "__main__":
    fill(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
