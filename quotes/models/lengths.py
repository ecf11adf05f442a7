"""How long texts may be that editors type: work, and pages, grow with them."""

from django.db.models import CheckConstraint, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

LONGEST_BODY = 50_000  # characters of a quote: more than two hours of speech
LONGEST_TEXT = 5_000  # of any other text of several lines
LONGEST_ALIASES = 1_000  # of all other names of one thing: each of its quotes is indexed with them


def at_most(limit: int, name: str) -> CheckConstraint:
    """A constraint: no more than `limit` characters in the text of that name.

    Forms say so beside the field, by its `max_length`, of which databases know nothing in a text.
    """
    return CheckConstraint(
        condition=Q(LessThanOrEqual(Length(name), limit)),
        name=f"%(class)s_{name}_length",
        violation_error_message=_("A text has more characters than it may have."),
    )
