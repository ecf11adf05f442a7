"""What differs between two texts, in pieces that read well: Chinese by character, Latin by word."""

import re
from collections.abc import Iterator
from difflib import Match, SequenceMatcher
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]+|[^。！？!?\n]+")
TOKEN = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+|.", re.DOTALL)
CONTEXT = 24  # characters shown on each side of a change
WORK = 5_000_000  # pairs of equal pieces looked at for one page: half a second to a second

Part = tuple[str, str]  # a passage of the old text, and what stands for it in the new one


class Budget:
    """How much more may be compared for a page; what is beyond it counts as replaced."""

    def __init__(self, work: int = WORK):
        self.left = work
        self.exceeded = False

    def covers(self, work: int) -> bool:
        """Whether there is as much left, which then is spent."""
        if work > self.left:
            self.exceeded = True
            return False
        self.left -= work
        return True


class _Matcher(SequenceMatcher):
    """Compares within a budget. Where that does not suffice, there is nothing in common."""

    def __init__(self, old: list[str], new: list[str], budget: Budget):
        super().__init__(None, old, new, autojunk=False)
        self.budget = budget

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """The longest match: for each piece of the old part, all that are equal are looked at."""
        if self.budget.covers(ahi - alo) and self.budget.covers(self._work(alo, ahi)):
            return super().find_longest_match(alo, ahi, blo, bhi)
        return Match(alo, blo, 0)

    def _work(self, alo: int, ahi: int) -> int:
        return sum(len(self.b2j.get(piece, ())) for piece in self.a[alo:ahi])


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"
    LEFT_OUT = "left-out"


class Piece(NamedTuple):
    """A piece of either text, or of both."""

    kind: Kind
    text: str


def differences(old: str, new: str, budget: Budget) -> list[Piece]:
    """The pieces of which both texts are made, long unchanged ones cut; none if nothing differs."""
    if old == new:
        return []
    return list(_shortened(_pieces(_parts(old, new, budget))))


def deleted(text: str) -> Piece:
    """A piece that is gone; line breaks show."""
    return Piece(Kind.DELETED, text.replace("\n", "↵\n"))


def inserted(text: str) -> Piece:
    """A piece that is new; line breaks show."""
    return Piece(Kind.INSERTED, text.replace("\n", "↵\n"))


def _parts(old: str, new: str, budget: Budget) -> list[Part]:
    """The texts in parts: first sentence by sentence, then within sentences that changed."""
    parts: list[Part] = []
    for before, after in _matched(SENTENCE.findall(old), SENTENCE.findall(new), budget):
        if before == after:
            parts.append((before, after))
        else:
            parts += _matched(TOKEN.findall(before), TOKEN.findall(after), budget)
    return _grouped(parts)


def _matched(old: list[str], new: list[str], budget: Budget) -> Iterator[Part]:
    """The parts of two sequences: same beginning, what lies between, same end."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    yield from _part(old[:start], new[:start])
    for _tag, i, j, k, n in _Matcher(middle_old, middle_new, budget).get_opcodes():
        yield from _part(middle_old[i:j], middle_new[k:n])
    yield from _part(old[len(old) - end :], new[len(new) - end :])


def _common(old: list[str], new: list[str]) -> int:
    """How many items the sequences have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _part(old: list[str], new: list[str]) -> Iterator[Part]:
    """The part, unless it is empty."""
    if old or new:
        yield "".join(old), "".join(new)


def _grouped(parts: list[Part]) -> list[Part]:
    """Adjoining parts joined, and changes with them that little stands between.

    As little as what changed on either side of it: a sentence that was rewritten reads better as
    a whole than with each character marked that happens to be in both.
    """
    done: list[Part] = []
    for part in parts:
        done.append(part)
        while len(done) > 1 and _alike(done[-1]) == _alike(done[-2]):
            done[-2:] = [_join(done[-2:])]
        while len(done) > 2 and not _alike(done[-1]) and _is_little(*done[-3:]):
            done[-3:] = [_join(done[-3:])]
    return done


def _alike(part: Part) -> bool:
    """Whether nothing changed in this part."""
    return part[0] == part[1]


def _is_little(before: Part, between: Part, after: Part) -> bool:
    """Whether what stands between two changes is no longer than either."""
    return len(between[0]) <= min(max(map(len, before)), max(map(len, after)))


def _join(parts: list[Part]) -> Part:
    """The parts as one."""
    return "".join(old for old, _ in parts), "".join(new for _, new in parts)


def _pieces(parts: list[Part]) -> list[Piece]:
    """The parts as pieces: what was deleted stands before what was inserted."""
    pieces = []
    for old, new in parts:
        if old == new:
            pieces.append(Piece(Kind.SAME, old))
            continue
        pieces += [deleted(old)] if old else []
        pieces += [inserted(new)] if new else []
    return pieces


def _shortened(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces, unchanged text far from any change left out."""
    for place, piece in enumerate(pieces):
        if piece.kind != Kind.SAME or len(piece.text) <= 2 * CONTEXT:
            yield piece
            continue
        if place:
            yield Piece(Kind.SAME, piece.text[:CONTEXT])
        yield Piece(Kind.LEFT_OUT, "")
        if place < len(pieces) - 1:
            yield Piece(Kind.SAME, piece.text[-CONTEXT:])
