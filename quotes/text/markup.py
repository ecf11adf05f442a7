"""A quote's Markdown: paragraphs, lists, emphasis and links, and nothing else."""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from quotes.text import folding

POINT = re.compile(r"[（(]\d+[）)]")  # a point numbered by the source: （1）
# A sentence; of one of more than 400 characters a part, to a comma or space if it has any.
SENTENCE = re.compile(
    r".{1,400}?(?:[。！？!?…]{1,20}[”’」』）)]{0,20}|\.(?=\s)|$)|.{200,400}(?<=[，、；：,;:\s])|.{400}",
    re.DOTALL,
)
SENTENCE_END = re.compile(r"[。！？!?….][”’」』）)\s]*$")
CUT = "……"  # where words are left out within a sentence
INLINE = re.compile(r"</?(?:em|strong|a)\b[^>]*>")
# Another tag and the white space around it; a run of that is gone through but once.
BLOCK = re.compile(r"(?:(?<!\s)\s+)?<[^>]+>\s*")
EXCERPT_LENGTH = 110  # characters a shortened quote aims at: three or four lines of a card
WHOLE_LENGTH = 140  # characters up to which a quote is not shortened at all
CHARACTERS_A_MINUTE = 400

# Square brackets up to which links are looked for: each is tried, and what follows it with it.
MOST_BRACKETS = 1000

_markdown = MarkdownIt("zero").enable(["list", "emphasis", "link", "newline", "escape"])
_without_links = MarkdownIt("zero").enable(["list", "emphasis", "newline", "escape"])


@dataclass(frozen=True)
class Derived:
    """What is made of a body: its words, and how they are shown whole and shortened."""

    html: str  # sanitised; what is no markup of ours comes out as plain characters
    words: str  # the paragraphs and list items one after the other, without markup
    excerpt: str  # HTML of its start (see `_excerpt`)
    rest: int  # characters that the excerpt leaves out
    length: int  # characters that a reader counts
    fingerprint: str  # the same for the same words, markup, script and punctuation aside


@lru_cache(maxsize=256)  # more bodies than one form can send (200), each of a few kilobytes
def derive(body: str) -> Derived:
    """What is made of a Markdown `body`, by parsing it once: for a form, then for saving it."""
    markdown = _markdown if body.count("[") <= MOST_BRACKETS else _without_links
    tokens = markdown.parse(body)
    for opening, inline in pairwise(tokens):
        if opening.type == "paragraph_open" and POINT.match(inline.content):
            opening.attrSet("class", "point")
    parts = [_words(token) for token in tokens if token.type == "inline"]
    words = "".join(parts)
    return Derived(
        _sanitised(markdown.renderer.render(tokens, markdown.options, {})),
        words,
        *_excerpt(parts),
        length(words),
        folding.fingerprint(words),
    )


def _sanitised(html: str) -> str:
    """The HTML with nothing in it but what a body may have."""
    return nh3.clean(
        html,
        tags={"p", "ul", "ol", "li", "em", "strong", "a", "br"},
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        allowed_classes={"p": {"point"}},
        url_schemes={"http", "https", "mailto"},
    )


def _words(inline: Token) -> str:
    """The words of a paragraph or list item, without markup."""
    return "".join(
        child.content if child.type == "text" else "\n"
        for child in inline.children
        if child.type in ("text", "softbreak", "hardbreak")
    )


def plain_text(html: str) -> str:
    """The words of rendered markup, each block on a line of its own."""
    return unescape(BLOCK.sub("\n", INLINE.sub("", html))).strip()


def length(text: str) -> int:
    """Number of characters a reader counts in `text`: all but white space."""
    return len("".join(text.split()))


def _excerpt(parts: list[str]) -> tuple[str, int]:
    """The start of paragraphs cut at a sentence end, and how many characters follow it.

    Returns HTML of whole sentences, at least one and then as many as fit EXCERPT_LENGTH, and the
    count of characters left out; ("", 0) for a body short enough to be shown whole. A sentence that
    is too long itself is cut as well, and says so.
    """
    total = sum(map(length, parts))
    if total <= WHOLE_LENGTH:
        return "", 0
    shown, html = 0, ""
    for part in parts:
        end = 0
        for sentence in SENTENCE.finditer(part):
            if shown and shown + length(sentence[0]) > EXCERPT_LENGTH:
                break
            end = sentence.end()
            shown += length(sentence[0])
        if kept := part[:end].strip():
            point = ' class="point"' if POINT.match(part) else ""
            html += f"<p{point}>{escape(kept, quote=False)}{cut(part, end)}</p>\n"
        if end < len(part):
            break
    return (html, total - shown) if shown < total else ("", 0)


def cut(text: str, end: int) -> str:
    """What says after text[:end] that its sentence goes on; "" at the end of one."""
    return "" if end == len(text) or SENTENCE_END.search(text, max(0, end - 50), end) else CUT


def reading_minutes(characters: int) -> int:
    """Whole minutes, at least one, to read so many characters.

    At 400 a minute, the middle of the 300 to 500 usual for Chinese read silently.
    """
    return max(1, round(characters / CHARACTERS_A_MINUTE))
