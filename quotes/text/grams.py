"""Grams: what the index keeps of a text, so that databases find phrases without positions.

Each token together with the next one, and the last alone, in order and between spaces. A phrase of
two tokens is a gram; a longer one is its grams in a row; one token is how a gram begins. Word
tokenizers would take a run of Chinese as one token, trigrams miss words of two characters, and
positions are kept by PostgreSQL for 256 occurrences only.
"""

from collections.abc import Iterable
from itertools import pairwise

from quotes.text.folding import is_word, tokens
from quotes.text.queries import Phrase

JOINT = "\ue000"  # within a gram; folding leaves no private character in a token
TAG = "\ue001"  # before what is kept among the grams and is none
# ASCII punctuation in full width: so grams hold nothing that a query language of a database means.
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if not chr(code).isalnum()}


def grams(texts: Iterable[str], tags: Iterable[str] = ()) -> str:
    """The grams of several texts, then tags, a space before and after each."""
    found = [gram for text in texts for gram in _grams(tokens(text))]
    return f" {' '.join([*found, *tags])} "


def tag(name: str, value: int) -> str:
    """What says among the grams that a row has this value: so words and filters are one look-up."""
    return f"{TAG}{name}{value}"


def _grams(row: list[str]) -> list[str]:
    """The grams of tokens in a row."""
    row = [token.translate(FULL_WIDTH) for token in row]
    return [JOINT.join(pair) for pair in pairwise(row)] + row[-1:]


def phrase_grams(phrase: Phrase) -> tuple[list[str], str]:
    """The whole grams that `phrase` needs, and how one more begins ("" if none)."""
    row = _grams(list(phrase))[:-1]
    if len(phrase) == 1:
        return [], phrase[0].translate(FULL_WIDTH)
    if is_word(phrase[-1]):
        return row[:-1], row[-1]
    return row, ""


def phrase_text(phrase: Phrase) -> str:
    """What stands in the grams of a text just where `phrase` stands in the text."""
    whole, beginning = phrase_grams(phrase)
    return f" {' '.join([*whole, beginning])}"
