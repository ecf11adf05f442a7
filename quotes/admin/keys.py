"""Primary keys and numbers of versions as they are posted; others never reach a database."""

LONGEST = 18  # digits of a number that every database can hold


def is_key(value: object) -> bool:
    """Whether `value` can be a primary key."""
    return str(value).isdecimal() and len(str(value)) <= LONGEST


def number(text: str) -> int | None:
    """The number that `text` is, if a row can have it."""
    return int(text) if is_key(text) else None
