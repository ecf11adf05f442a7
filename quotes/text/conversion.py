"""Finished HTML in another script: what a reader sees, hears or copies of it, and nothing else.

A page is read as tags, comments, scripts and text. What is put into it is escaped wherever that is:
so even a page that were read wrongly would get no element or attribute by it.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from secrets import token_hex

from quotes.text.script import HAN

# Around text that is to stay as it is. Nobody can guess them, so nobody can put them into a text.
_SECRET = token_hex(8)
KEEP_START, KEEP_END = f"\ue000{_SECRET}\ue001", f"\ue001{_SECRET}\ue000"
PIECE = re.compile(
    r"\s+(?=<)|</[^<>\"']*>|(?P<text>[^<\ue000\ue001]+)"
    r"|<(?P<raw>script|style)\b.*?</(?P=raw)\s*>|<!--.*?-->"
    r"|(?P<tag><[^\s>](?:[^>\"']|\"[^\"]*\"|'[^']*')*+>)"
    rf"|(?P<mark>{KEEP_START}|{KEEP_END})|(?P<other>.)",
    re.DOTALL,
)
# Attributes that are shown, read out or copied; what a form sends is not among them.
SHOWN = {"alt", "aria-label", "content", "data-done", "data-label", "placeholder", "title"}
TEXT_FRAGMENT = re.compile(r"/[^#\"]*#:~:text=")  # what an address on this site has before words
HAS_SHOWN = re.compile(rf"\s(?:{'|'.join(SHOWN)})\s*=|#:~:text=")
HAN_RUN = re.compile(rf"{HAN.pattern}+")
ATTRIBUTE = re.compile(r"""([^\s"'=<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|[^\s"'>]+)""")
BETWEEN = "\x1e"  # texts that are converted at once; it stands in no word of a dictionary

Convert = Callable[[str], str]


def keep(text: str) -> str:
    """`text` marked to stay as it is in convert_page()."""
    return f"{KEEP_START}{text}{KEEP_END}"


def convert_page(page: str, convert: Convert) -> str:
    """HTML of `page`, its texts as `convert` makes them.

    These are the text between tags, attributes that are shown, and the words that an address on
    this site leads to. What keep() marked comes out untouched, without its marks.
    """
    spans = list(_spans(page))
    texts = [unescape(page[start:end]) for start, end in spans]
    parts, last = [], 0
    for (start, end), text, converted in zip(spans, texts, _all(texts, convert), strict=True):
        if converted != text:
            parts += page[last:start], escape(converted)
            last = end
    return "".join([*parts, page[last:]]).replace(KEEP_START, "").replace(KEEP_END, "")


def _all(texts: list[str], convert: Convert) -> list[str]:
    """The texts converted, at once if that can be."""
    converted = convert(BETWEEN.join(texts)).split(BETWEEN)
    return converted if len(converted) == len(texts) else [convert(text) for text in texts]


def _spans(page: str) -> Iterator[tuple[int, int]]:
    """Where the texts of a page that are to be converted begin and end."""
    kept = 0
    for piece in PIECE.finditer(page):
        kind = piece.lastgroup
        if kind == "mark":
            kept += 1 if piece[0] == KEEP_START else -1
        elif kept:
            continue
        elif kind == "text":
            yield piece.span()
        elif kind == "tag" and HAS_SHOWN.search(piece[0]):
            yield from _values(page, *piece.span())


def _values(page: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where what is shown of the values begins and ends in the tag that stands there."""
    for attribute in ATTRIBUTE.finditer(page, start, end):
        name, quotes = attribute[1].lower(), 2 if attribute[2] is not None else 3
        if name in SHOWN and attribute[quotes]:
            yield attribute.span(quotes)
        elif name == "href" and (words := TEXT_FRAGMENT.match(page, attribute.start(quotes))):
            for run in HAN_RUN.finditer(page, words.end(), attribute.end(quotes)):
                yield run.span()
