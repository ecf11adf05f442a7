"""Pinyin for addresses and for sorting, from pypinyin's dictionary."""

import re
from itertools import count

from pypinyin import lazy_pinyin

SLUG_LENGTH = 60  # characters of a proposed slug, before any number is added


def sort_name(name: str) -> str:
    """`name` in lower-case pinyin, a space between syllables: 唐杰 -> "tang jie"."""
    return " ".join(" ".join(lazy_pinyin(name)).lower().split())


def pinyin_slug(text: str) -> str:
    """ASCII slug of `text`, Han characters in pinyin; "" where nothing of it is ASCII or Han.

    At most SLUG_LENGTH characters, cut between syllables.
    """
    slug = "-".join(re.findall(r"[a-z0-9]+", sort_name(text)))
    if len(slug) <= SLUG_LENGTH:
        return slug
    return slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]


def numbered_slug(base: str, taken: set[str]) -> str:
    """`base`, or the first of base-2, base-3 … that is not in `taken`."""
    if base not in taken:
        return base
    return next(slug for n in count(2) if (slug := f"{base}-{n}") not in taken)


def running_slug(base: str, taken: set[str]) -> str:
    """`base` and the number after the highest in `taken`, two digits at least: base-09.

    A number that was given and is free again is not given twice.
    """
    numbers = (re.fullmatch(rf"{re.escape(base)}-(\d+)", slug) for slug in taken)
    last = max((int(match[1]) for match in numbers if match), default=0)
    return f"{base}-{last + 1:02d}"
