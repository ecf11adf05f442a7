"""Folding: what text and query are reduced to before they are compared.

Character by character, so that whatever stands in a text stands in the folded text as well: NFKC,
radicals, case, accents of Latin letters, Traditional to Simplified. What cannot be seen goes.
"""

import re
import unicodedata
from hashlib import blake2b

from quotes.text.script import simplified

# Traditional characters that OpenCC's t2s changes only within words (看著 -> 看着, 著 alone not).
VARIANTS = str.maketrans(
    "著揹薰瞭覆衞伕馀锺讬侭迳敍暱甦枱簷痺彷藉谘", "着背熏了复卫夫余钟托尽径叙昵苏台檐痹仿借咨"
)
# The radicals that NFKC leaves, U+2E81 to U+2EF3, and the characters that look the same: what was
# copied from a PDF often has those. From EquivalentUnifiedIdeograph.txt of Unicode 14.
RADICALS = dict(
    zip(
        (code for code in range(0x2E81, 0x2EF4) if code != 0x2E9A),
        "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目"
        "示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏"
        "阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
FIRST_WITHOUT_SPACES = "\u2e80"  # from here on scripts that put no spaces between words
LONGEST_TOKEN = 100  # characters; a longer run is cut into several tokens
# A token: a word of Latin and the like, or any one other character that can be seen.
TOKEN = re.compile(rf"[^\W{FIRST_WITHOUT_SPACES}-\U0010ffff]{{1,{LONGEST_TOKEN}}}|\S")


def is_word(token: str) -> bool:
    """Whether a token is a word, matched from its beginning, and not a single character."""
    return token[0] < FIRST_WITHOUT_SPACES and (token[0].isalnum() or token[0] == "_")


class _Folded(dict):
    """Code point -> what it is folded to, filled as characters are met; for str.translate."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold_character(chr(code))
        return self[code]


def _fold_character(character: str) -> str:
    """What one character is folded to; "" for a mark or what cannot be seen."""
    category = unicodedata.category(character)
    if category in ("Cc", "Cs"):
        return " "
    if category in ("Mn", "Me", "Cf", "Co", "Cn"):
        return ""
    folded = unicodedata.normalize("NFKC", character.translate(RADICALS)).casefold()
    if folded < FIRST_WITHOUT_SPACES:
        plain = unicodedata.normalize("NFD", folded)
        return "".join(c for c in plain if not unicodedata.combining(c))
    return simplified(folded).translate(VARIANTS)


_FOLDED = _Folded()


def fold(text: str) -> str:
    """`text` folded."""
    return text.translate(_FOLDED)


def name_key(name: str) -> str:
    """What names have in common that are the same: `name` folded, without white space."""
    return "".join(fold(unicodedata.normalize("NFC", name)).split())


def tokens(text: str) -> list[str]:
    """The tokens of `text`, folded, in order."""
    return TOKEN.findall(fold(text))


def fingerprint(text: str) -> str:
    """16 characters, the same for texts that differ at most in folding, spaces and punctuation."""
    folded = "".join(fold(text).split())
    letters = "".join(filter(str.isalnum, folded))
    return blake2b((letters or folded).encode(), digest_size=8).hexdigest()


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """`text` folded, and for each folded character the index of the one it came from."""
    folded, places = [], []
    for place, character in enumerate(text):
        piece = _FOLDED[ord(character)]
        folded.append(piece)
        places.extend([place] * len(piece))
    return "".join(folded), places
