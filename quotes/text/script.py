"""Chinese script and regional vocabulary, by OpenCC.

Texts are converted by script only (s2tw): s2twp would change people's words as well (信息 -> 資訊).
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from opencc import OpenCC

HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# A run of Han characters and their punctuation, spaces and Latin words between them included.
CHINESE = re.compile(
    rf"[《「『（]?{HAN.pattern}(?:[^,.“”<>&]*(?:{HAN.pattern}|[》」』）。？！]))?", re.DOTALL
)
# Around text that is to stay as it is: private characters, taken out again by to_traditional().
KEEP_START, KEEP_END = "\ue000", "\ue001"
KEPT = f"{KEEP_START}(?P<kept>[^{KEEP_END}]*){KEEP_END}"


def has_han(text: str) -> bool:
    """Whether any character of `text` is Han."""
    return bool(HAN.search(text))


def keep(text: str) -> str:
    """`text` marked to stay as it is in to_traditional()."""
    return f"{KEEP_START}{text}{KEEP_END}"


def to_traditional(text: str, terms: Mapping[str, str]) -> str:
    """`text` in Traditional characters as written in Taiwan, punctuation and vocabulary as it was.

    Each of `terms` (as it stands in `text` -> Traditional), the longest first, comes out as given
    and never by conversion; what keep() marked comes out untouched, without its marks.
    """
    parts, last = [], 0
    for match in _protected(tuple(sorted(terms, key=len, reverse=True))).finditer(text):
        parts.append(_opencc("s2tw").convert(text[last : match.start()]))
        parts.append(terms[match[0]] if match["kept"] is None else match["kept"])
        last = match.end()
    parts.append(_opencc("s2tw").convert(text[last:]))
    return "".join(parts)


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
    """What matches a marked passage or any of `terms`."""
    return re.compile("|".join([KEPT, *map(re.escape, terms)]))
