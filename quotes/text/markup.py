"""A quote's Markdown: paragraphs, lists, emphasis and links, and nothing else."""

import re
from html import escape, unescape
from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from quotes.text import folding

POINT = re.compile(r"[（(]\d+[）)]")  # a point numbered by the source: （1）
SENTENCE = re.compile(r".+?(?:[。！？!?…]+[”’」』）)]*|\.(?=\s)|$)", re.DOTALL)
INLINE = re.compile(r"</?(?:em|strong|a)\b[^>]*>")
EXCERPT_LENGTH = 110  # characters a shortened quote aims at: three or four lines of a card
WHOLE_LENGTH = 140  # characters up to which a quote is not shortened at all
CHARACTERS_A_MINUTE = 400

_markdown = MarkdownIt("zero").enable(["list", "emphasis", "link", "newline", "escape"])


def _tokens(body: str) -> list[Token]:
    """Markdown tokens of `body`, numbered points marked with the class `point`."""
    tokens = _markdown.parse(body)
    for opening, inline in pairwise(tokens):
        if opening.type == "paragraph_open" and POINT.match(inline.content):
            opening.attrSet("class", "point")
    return tokens


def render(body: str) -> str:
    """Sanitised HTML of a Markdown `body`; other markup in it comes out as plain characters."""
    return nh3.clean(
        _markdown.renderer.render(_tokens(body), _markdown.options, {}),
        tags={"p", "ul", "ol", "li", "em", "strong", "a", "br"},
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        allowed_classes={"p": {"point"}},
        url_schemes={"http", "https", "mailto"},
    )


def paragraphs(body: str) -> list[str]:
    """The words of each paragraph and list item of a Markdown `body`, without markup."""
    return [
        "".join(
            child.content if child.type == "text" else "\n"
            for child in token.children
            if child.type in ("text", "softbreak", "hardbreak")
        )
        for token in _tokens(body)
        if token.type == "inline"
    ]


def fingerprint(body: str) -> str:
    """What the bodies of the same words have in common, markup, script and punctuation aside."""
    return folding.fingerprint("".join(paragraphs(body)))


def plain_text(html: str) -> str:
    """The words of rendered markup, each block on a line of its own."""
    return unescape(re.sub(r"\s*<[^>]+>\s*", "\n", INLINE.sub("", html))).strip()


def length(text: str) -> int:
    """Number of characters a reader counts in `text`: all but white space."""
    return len("".join(text.split()))


def excerpt(body: str) -> tuple[str, int]:
    """The start of `body` cut at a sentence end, and how many characters follow it.

    Returns HTML of whole sentences, at least one and then as many as fit EXCERPT_LENGTH, and the
    count of characters left out; ("", 0) for a body short enough to be shown whole.
    """
    parts = paragraphs(body)
    total = sum(map(length, parts))
    if total <= WHOLE_LENGTH:
        return "", 0
    shown, html = 0, ""
    for part in parts:
        kept = ""
        for sentence in SENTENCE.findall(part):
            if shown and shown + length(sentence) > EXCERPT_LENGTH:
                break
            kept += sentence
            shown += length(sentence)
        if kept:
            point = ' class="point"' if POINT.match(kept) else ""
            html += f"<p{point}>{escape(kept.strip(), quote=False)}</p>\n"
        if kept != part:
            break
    return (html, total - shown) if shown < total else ("", 0)


def reading_minutes(characters: int) -> int:
    """Whole minutes, at least one, to read so many characters.

    At 400 a minute, the middle of the 300 to 500 usual for Chinese read silently.
    """
    return max(1, round(characters / CHARACTERS_A_MINUTE))
