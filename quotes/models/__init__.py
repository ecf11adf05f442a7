"""What is kept, and the query sets over it."""

from quotes.models import former_slug  # noqa: F401  which follows the changes of slugs
from quotes.models.event import Event
from quotes.models.parallel import Parallel, State
from quotes.models.protected_term import ProtectedTerm
from quotes.models.publication import Status
from quotes.models.quote import Quote
from quotes.models.section import Section, SectionKind
from quotes.models.source import Coverage, Source, SourceKind
from quotes.models.speaker import Appearance, Role, Speaker
from quotes.models.topic import TaggedQuote, Topic
from quotes.models.topic_name import TopicName
from quotes.models.wording import Wording

__all__ = [
    "Appearance",
    "Coverage",
    "Event",
    "Parallel",
    "ProtectedTerm",
    "Quote",
    "Role",
    "Section",
    "SectionKind",
    "Source",
    "SourceKind",
    "Speaker",
    "State",
    "Status",
    "TaggedQuote",
    "Topic",
    "TopicName",
    "Wording",
]
