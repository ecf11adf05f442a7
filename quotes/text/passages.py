"""The passage of a text in which a reader's words stand, with the words marked."""

import re
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from quotes.text.folding import fold
from quotes.text.markup import EXCERPT_LENGTH, POINT, SENTENCE, WHOLE_LENGTH, length
from quotes.text.queries import Word, places

MID_SPEECH = "……"  # how a passage begins that does not begin with its paragraph
WORDS = re.compile(r"\w+")
CLAUSE = re.compile(r"[^，。；：、！？,;!?\n]*(?:[，。；：、！？,;!?\n]+|$)")
OPENING_LEAST, OPENING_MOST = 8, 40
SENTENCE_END = re.compile(r"[。！？!?…][”’」』）)]*$")


@dataclass(frozen=True)
class Passage:
    """HTML of a passage, how many characters of the text it leaves out, and its first match."""

    html: str
    rest: int
    found: str


def marked(text: str, spans: list[tuple[int, int]]) -> str:
    """HTML of `text` with `spans` of it marked."""
    html, last = "", 0
    for start, end in spans:
        html += f"{escape(text[last:start])}<mark>{escape(text[start:end])}</mark>"
        last = end
    return html + escape(text[last:])


def passage(text: str, words: list[Word]) -> Passage | None:
    """The sentences of `text` (a paragraph a line) from the first match on; None without one.

    At least one sentence and then as many of its paragraph as fit EXCERPT_LENGTH; all of a text
    that is short enough to be shown whole.
    """
    spans = places(text, words)
    if not spans:
        return None
    total = length(text)
    start, end = (0, len(text)) if total <= WHOLE_LENGTH else _sentences(text, spans[0][0])
    html = "".join(_paragraph(text, first, last, spans) for first, last in _lines(text, start, end))
    return Passage(html, total - length(text[start:end]), text[slice(*spans[0])])


def opening(text: str) -> str:
    """The first clauses of `text`, as many as give OPENING_LEAST characters, without the last mark.

    At most OPENING_MOST characters, for a text without punctuation.
    """
    clauses = CLAUSE.findall(text[:OPENING_MOST])
    said = ""
    while clauses and length(said) < OPENING_LEAST:
        said += clauses.pop(0)
    return re.sub(r"\W+$", "", said)


def cut_out(text: str, words: str) -> Passage | None:
    """The passage of `text` that is just `words`, with …… where they do not end a sentence.

    None if they do not stand in one paragraph of it.
    """
    start = text.find(words)
    if start < 0 or "\n" in words:
        return None
    end = start + len(words)
    is_open = text[end : end + 1].strip() and not SENTENCE_END.search(words)
    html = _paragraph(text, start, end, [], MID_SPEECH if is_open else "")
    return Passage(html, length(text) - length(words), words)


def passage_about(text: str, names: str, description: str) -> Passage:
    """The sentences of `text` around the one that has most in common with a topic.

    First with its names, then with its description. In common are pieces of two characters, as
    most words of Chinese are; of equals the last sentence counts, for an answer ends with what it
    comes to, but the first if none has any. Sentences after it and then those before it are added
    as far as they fit; all of a text that is short enough to be shown whole.
    """
    total = length(text)
    lines = _lines(text, 0, len(text))
    if total > WHOLE_LENGTH:
        lines = [_around(text, lines, _pieces(names), _pieces(description))]
    html = "".join(_paragraph(text, start, end, []) for start, end in lines)
    return Passage(html, total - sum(length(text[start:end]) for start, end in lines), "")


def _pieces(text: str) -> set[str]:
    """The pieces of two characters of the folded words of `text`."""
    return {"".join(pair) for run in WORDS.findall(fold(text)) for pair in pairwise(run)}


def _around(text: str, lines: list[tuple[int, int]], *pieces: set[str]) -> tuple[int, int]:
    """Where the sentences begin and end around the one with most of the first `pieces`.

    Of equals the one with most of the next.
    """
    paragraphs = [
        [(start + s.start(), start + s.end()) for s in SENTENCE.finditer(text[start:end])]
        for start, end in lines
    ]
    in_common = [
        ([len(some & _pieces(text[start:end])) for some in pieces], number, at)
        for number, sentences in enumerate(paragraphs)
        for at, (start, end) in enumerate(sentences)
    ]
    most, number, at = max(in_common)
    if not any(most):
        number = at = 0
    sentences = paragraphs[number]
    start, end = sentences[at]
    for _start, after in sentences[at + 1 :]:
        if length(text[start:after]) > EXCERPT_LENGTH:
            break
        end = after
    for before, _end in reversed(sentences[:at]):
        if length(text[before:end]) > EXCERPT_LENGTH:
            break
        start = before
    return start, end


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the lines between `start` and `end` begin and end."""
    lines = []
    for line in text[start:end].split("\n"):
        if line:
            lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines


def _sentences(text: str, place: int) -> tuple[int, int]:
    """From the start of the sentence at `place` to the end of the last that fits."""
    first, last = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    paragraph = text[first : last if last >= 0 else len(text)]
    start = end = None
    for sentence in SENTENCE.finditer(paragraph):
        if first + sentence.end() <= place:
            continue
        if start is None:
            start = sentence.start()
        elif length(paragraph[start : sentence.end()]) > EXCERPT_LENGTH:
            break
        end = sentence.end()
    return first + start, first + end


def _paragraph(
    text: str, start: int, end: int, spans: list[tuple[int, int]], after: str = ""
) -> str:
    """A paragraph of HTML for what stands between `start` and `end`, within one line."""
    line = text[start:end]
    within = [
        (max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start
    ]
    point = ' class="point"' if POINT.match(line) else ""
    before = MID_SPEECH if start and text[start - 1] != "\n" else ""
    return f"<p{point}>{before}{marked(line, within)}{after}</p>"
