"""Lists of names that a person types into one field."""

import re

SEPARATORS = re.compile(r"[,，、;；\n]+")


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
