"""Lists of names that a person types into one field."""

import re
import unicodedata

from quotes.text.folding import name_key

BETWEEN_NAMES = ",，、;；"
SEPARATORS = re.compile(rf"[{BETWEEN_NAMES}\n]+")
# Control characters, every white space but the plain one, and what takes no ink: formatting and
# direction marks, variation selectors, fillers, tags.
INVISIBLE = (
    "\u0001-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
UNSEEN = re.compile(f"[\0{INVISIBLE}]")
# What no single name holds that is kept; for the regular expressions of databases, too.
UNTIDY = rf"^$|[{BETWEEN_NAMES}{INVISIBLE}]|  |^ | $"


def split_names(text: str) -> list[str]:
    """Names in `text`, in order and each once (compared without case).

    Separated by , ， 、 ; ； or a line break: a name may have spaces in it (智能体 Agent),
    runs of white space count as one.
    """
    names: dict[str, str] = {}
    for part in SEPARATORS.split(text):
        if name := " ".join(part.split()):
            names.setdefault(name.casefold(), name)
    return list(names.values())


def tidy(text: str) -> str:
    """`text` in NFC, without what is invisible, white space as single spaces within it."""
    words = unicodedata.normalize("NFC", text).split()
    return " ".join(" ".join(UNSEEN.sub("", word) for word in words).split())


def tidy_names(text: str) -> list[str]:
    """Names in `text`, each tidy and once (compared folded), separated as in split_names()."""
    names: dict[str, str] = {}
    for part in SEPARATORS.split(unicodedata.normalize("NFC", text)):
        if key := name_key(name := tidy(part)):
            names.setdefault(key, name)
    return list(names.values())
