"""Names that a reader may mean: while one is typed, and when nothing is found."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from quotes.search.memory import Memory
from quotes.search.names import Name, public_names
from quotes.text.folding import fold
from quotes.text.names import split_names
from quotes.text.pinyin import sort_name

LIKE_ENOUGH = 75  # of 100: share of letters that a name has in common with what was typed
KINDS = {"speaker": _("speaker"), "topic": _("topic"), "event": _("event")}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name of some kind, and the forms in which it may be typed, without spaces."""

    kind: str
    name: Name
    forms: tuple[str, ...]

    @property
    def kind_label(self) -> str:
        """What kind of thing it is called."""
        return KINDS[self.kind]

    @property
    def url(self) -> str:
        """Address of its page."""
        return reverse(f"{self.kind}_detail", args=[self.name.slug])


def _forms(text: str) -> list[str]:
    """Forms of one name: itself, in pinyin, and the initials of that; folded."""
    syllables = sort_name(text).split()
    forms = [text, "".join(syllables), "".join(syllable[0] for syllable in syllables)]
    return ["".join(fold(form).split()) for form in forms]


def _load(memory: Memory) -> list[Suggestion]:
    names = public_names(memory)
    return [
        Suggestion(kind, name, tuple(form for text in texts if text for form in _forms(text)))
        for kind in KINDS
        for name in getattr(names, kind).values()
        for texts in [[str(name.name), name.english_name, *split_names(name.aliases)]]
    ]


def _suggestions(memory: Memory) -> list[Suggestion]:
    return memory.remember("suggestions", lambda: _load(memory))


def completions(typed: str, memory: Memory, most: int) -> list[Suggestion]:
    """The names with a form that starts with what is typed; then those in which it stands."""
    start = "".join(fold(typed).split())
    if not start:
        return []
    found = [row for row in _suggestions(memory) if any(start in form for form in row.forms)]
    found.sort(key=lambda row: not any(form.startswith(start) for form in row.forms))
    return found[:most]


def nearest(typed: str, memory: Memory, most: int) -> list[Suggestion]:
    """The names most like what is typed, or like how it sounds."""
    rows = {form: row for row in _suggestions(memory) for form in row.forms}
    scores: dict[str, float] = {}
    for said in _forms(typed)[:2]:
        for form, score, _key in process.extract(
            said, rows.keys(), scorer=fuzz.ratio, limit=2 * most, score_cutoff=LIKE_ENOUGH
        ):
            scores[form] = max(score, scores.get(form, 0))
    best = sorted(scores, key=scores.__getitem__, reverse=True)
    return list(dict.fromkeys(rows[form] for form in best))[:most]
