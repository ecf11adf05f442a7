"""Chinese script and regional vocabulary, by OpenCC.

Texts are converted by script only (s2tw): s2twp would change people's words as well (信息 -> 資訊).
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from opencc import OpenCC

HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# A run of Han characters and their punctuation, spaces and Latin words between them included.
CHINESE = re.compile(
    rf"[《「『（]?{HAN.pattern}(?:[^,.“”<>&]*(?:{HAN.pattern}|[》」』）。？！]))?", re.DOTALL
)


def has_han(text: str) -> bool:
    """Whether any character of `text` is Han."""
    return bool(HAN.search(text))


def to_traditional(text: str, terms: Mapping[str, str]) -> str:
    """`text` in Traditional characters as written in Taiwan, punctuation and vocabulary as it was.

    Each of `terms` (as it stands in `text` -> Traditional), the longest first, comes out as given
    and never by conversion.
    """
    return traditional(terms)(text)


def traditional(terms: Mapping[str, str]) -> Callable[[str], str]:
    """What converts texts as to_traditional() does with these terms."""
    protected = _protected(tuple(sorted(filter(None, terms), key=len, reverse=True)))
    convert = _opencc("s2tw").convert

    def converted(text: str) -> str:
        parts, last = [], 0
        for match in protected.finditer(text):
            parts += convert(text[last : match.start()]), terms[match[0]]
            last = match.end()
        rest = text[last:]
        return "".join([*parts, convert(rest) if has_han(rest) else rest])

    return converted


def simplified(text: str) -> str:
    """`text` in Simplified characters, vocabulary as it was."""
    return _opencc("t2s").convert(text)


def in_regional_words(text: str) -> set[str]:
    """`text` with Taiwan's vocabulary and with the mainland's, in Simplified characters.

    For queries only: done to a whole text, it corrupts what was right (核心 -> 内核).
    """
    taiwan = _opencc("s2twp").convert(text)
    mainland = _opencc("tw2sp").convert(_opencc("s2t").convert(text))
    return {simplified(taiwan), mainland}


@cache
def _opencc(conversion: str) -> OpenCC:
    """OpenCC's conversion of that name."""
    return OpenCC(conversion)


@lru_cache(maxsize=4)
def _protected(terms: tuple[str, ...]) -> re.Pattern[str]:
    """What matches any of `terms`."""
    return re.compile("|".join(map(re.escape, terms)) or "(?!)")
