"""Whatever stands in a text is found, and nothing else: the index against a plain scan."""

import random
import re
from itertools import pairwise

import pytest

from quotes.models import Quote
from quotes.search.entries import index_quotes
from quotes.search.models import SearchEntry
from quotes.text.folding import fold
from quotes.text.markup import plain_text
from quotes.text.queries import parse
from tests.factories import QuoteFactory, SectionFactory

LATIN = "abcdefghijklmnopqrstuvwxyz0123456789_"


def searched_texts():
    """Quote -> the texts that are searched, taken from the content and not from the index."""
    texts = {}
    for quote in Quote.objects.order_by("slug"):
        topics = [tagged.tag for tagged in quote.tagged_quotes.all()]
        then = quote.event.appearances.get(speaker=quote.speaker)
        speaker, event = quote.speaker, quote.event
        texts[quote.slug] = [
            *(quote.title, plain_text(quote.body_html), quote.context),
            *(text for topic in topics for text in (topic.name, topic.english_name, topic.aliases)),
            *(speaker.name, speaker.latin_name, speaker.aliases, then.title, then.english_title),
            *(quote.section.title, quote.section.question),
            *(event.name, event.english_name, event.city, event.english_city),
        ]
    return texts


def squeezed(text):
    """`text` folded, with white space only between two Latin words."""
    return re.sub(r"(?<![a-z0-9_]) | (?![a-z0-9_])", "", " ".join(fold(text).split()))


def scan(texts, word):
    """Which quotes have `word` as typed, by Python's own `in`; Latin from the start of a word.

    White space counts only between two Latin words.
    """
    folded = squeezed(word)

    def stands_in(text):
        text = squeezed(text)
        if folded[0] not in LATIN:
            return folded in text
        starts = (i for i in range(len(text)) if i == 0 or text[i - 1] not in LATIN)
        return any(text.startswith(folded, i) for i in starts)

    return {slug for slug, parts in texts.items() if any(map(stands_in, parts))}


def indexed(word):
    entries = SearchEntry.objects.indexed(parse(word))
    return set(entries.values_list("quote__slug", flat=True))


def read(word):
    return set(SearchEntry.objects.containing(parse(word)).values_list("quote__slug", flat=True))


def words_of(texts, rng, n):
    """Words of one to six characters out of the texts."""
    lines = [
        line for parts in texts.values() for text in parts for line in text.split("\n") if line
    ]
    words = set()
    while len(words) < n:
        line = rng.choice(lines)
        start = rng.randrange(len(line))
        word = line[start : start + rng.randint(1, 6)]
        if not set(word) & set(' "“”\u3000') and word.strip():
            words.add(word)
    return sorted(words)


def assert_same(texts, words):
    for word in words:
        (parsed,) = parse(word)
        found = set().union(*(scan(texts, "".join(phrase)) for phrase in parsed.phrases))
        if any(a[0] in LATIN and b[0] in LATIN for p in parsed.phrases for a, b in pairwise(p)):
            continue  # words in a row: a scan without white space cannot tell them
        assert scan(texts, word) <= found
        assert indexed(word) == read(word) == found, word


def test_every_word_of_the_first_summit_is_found_and_nothing_else(agi_next):
    texts = searched_texts()
    assert_same(texts, words_of(texts, random.Random(1), 700))


def test_every_word_of_a_large_made_up_corpus_is_found(agi_next):
    rng = random.Random(2)
    sentences = [s for q in Quote.objects.all() for s in plain_text(q.body_html).split("。") if s]
    sections = SectionFactory.create_batch(3)
    speaker = Quote.objects.first().speaker
    rows = [
        QuoteFactory.build(
            section=rng.choice(sections),
            speaker=speaker,
            slug=f"made-{i}",
            body="。".join(rng.choices(sentences, k=rng.choice((1, 3, 40))))
            + rng.choice("。！a\u0301"),
            position=i,
            length=0,
            excerpt_rest=0,
        )
        for i in range(300)
    ]
    for row in rows:
        row.body_html = f"<p>{row.body}</p>"
    for section in sections:
        section.save()
        section.event.appearances.get_or_create(speaker=speaker)
    Quote.objects.bulk_create(rows)
    texts = searched_texts()
    assert len(texts) == 344
    assert_same(texts, words_of(texts, rng, 150))


def test_a_text_of_many_thousand_characters_is_found_to_its_end(db):
    body = "的了是我，" * 8_000 + "最后说到量子模型"
    quote = QuoteFactory(body=body)
    for word in ("量子模型", "是我，的", "模"):
        assert indexed(word) == {quote.slug}


@pytest.mark.parametrize(
    ("one", "others"),
    [
        ("概率", ["机率", "機率"]),
        ("芯片", ["晶片"]),
        ("软件", ["软体", "軟體"]),
        ("代码", ["程式码", "程式碼"]),
        ("算法", ["演算法"]),
        ("人工智能", ["人工智慧"]),
    ],
)
def test_the_vocabulary_of_both_regions_finds_the_same(db, one, others):
    expected = {QuoteFactory(body=f"说到{word}。").slug for word in [one, *others]}
    QuoteFactory(body="说到别的。")
    for word in [one, *others]:
        assert indexed(word) == expected


def test_all_words_must_stand_somewhere_in_the_quote(db):
    quote = QuoteFactory(body="算力不够。", title="谈芯片", section__question="为何？")
    QuoteFactory(body="算力不够。")
    assert indexed("芯片 算力 为何") == {quote.slug}
    assert indexed("芯片 没有") == set()


def test_the_index_is_made_anew_to_the_same(agi_next):
    before = list(SearchEntry.objects.order_by("pk").values())
    assert sum(index_quotes(Quote.objects.values_list("pk", flat=True))) == 44
    assert list(SearchEntry.objects.order_by("pk").values()) == before
