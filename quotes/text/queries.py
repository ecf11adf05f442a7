"""What a reader types into the search box: words, and where they stand in a text.

Words are separated by white space; "…" or “…” holds one together. A word stands in a text where its
tokens stand in a row, white space not counting; Latin words are matched from their beginning. It
stands there as it is typed, or in the other region's vocabulary (机率, 概率).
"""

import re
from dataclasses import dataclass
from functools import cached_property

from quotes.text.folding import (
    FIRST_WITHOUT_SPACES,
    fold_with_places,
    is_word,
    tokens,
)
from quotes.text.script import in_regional_words

QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')
QUOTATION_MARKS = str.maketrans(dict.fromkeys('"“”', " "))
WORD_CHARACTER = rf"[^\W{FIRST_WITHOUT_SPACES}-\U0010ffff]"

Phrase = tuple[str, ...]  # tokens that have to stand in a row


@dataclass(frozen=True)
class Word:
    """A word as typed, and the phrases that count as it."""

    typed: str
    phrases: tuple[Phrase, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What matches the word in a folded text."""
        return re.compile("|".join(map(_phrase_pattern, self.phrases)))


def _phrase_pattern(phrase: Phrase) -> str:
    """Regular expression for the tokens of `phrase` in a row."""
    pattern = rf"(?<!{WORD_CHARACTER})" if is_word(phrase[0]) else ""
    for number, token in enumerate(phrase):
        if number:
            both_words = is_word(token) and is_word(phrase[number - 1])
            pattern += r"\s+" if both_words else r"\s*"
        pattern += re.escape(token)
    return pattern


def parse(query: str) -> list[Word]:
    """The words of `query`, each once; what has no token is no word."""
    quoted = [" ".join(filter(None, match)) for match in QUOTED.findall(query)]
    rest = QUOTED.sub(" ", query).translate(QUOTATION_MARKS).split()
    words = {}
    for typed in [*rest, *quoted]:
        if phrase := tuple(tokens(typed)):
            variants = [tuple(tokens(variant)) for variant in sorted(in_regional_words(typed))]
            phrases = tuple(dict.fromkeys([phrase, *filter(None, variants)]))
            words.setdefault(phrase, Word(typed, phrases))
    return list(words.values())


@dataclass(frozen=True)
class Query:
    """What was typed, and its words."""

    typed: str

    @cached_property
    def words(self) -> list[Word]:
        """The words, each once."""
        return parse(self.typed)

    @cached_property
    def whole(self) -> Phrase:
        """All that was typed, as one phrase."""
        return tuple(tokens(self.typed.translate(QUOTATION_MARKS)))

    def without(self, word: Word) -> "Query":
        """The query without one of its words."""
        others = [other.typed for other in self.words if other is not word]
        return Query(" ".join(f'"{typed}"' if " " in typed else typed for typed in others))

    def __str__(self) -> str:
        return self.typed


def places(text: str, words: list[Word]) -> list[tuple[int, int]]:
    """Where any of `words` stand in `text`: (start, end) in order, without overlaps."""
    folded, origins = fold_with_places(text)
    spans = sorted(
        _original_span(match, origins, len(text))
        for word in words
        for match in word.pattern.finditer(folded)
    )
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _original_span(match: re.Match[str], origins: list[int], length: int) -> tuple[int, int]:
    """Where a match in a folded text stands in the original, marks on its last letter included."""
    last = origins[match.end() - 1]
    following = origins[match.end()] if match.end() < len(origins) else length
    return origins[match.start()], max(last + 1, following)
