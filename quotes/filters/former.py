"""Former slugs in the query string of /quotes/."""

from collections.abc import Iterable
from urllib.parse import parse_qsl

from django.core.validators import slug_re
from django.http import QueryDict

from quotes.filters.quotes import canonical
from quotes.models import Event, Source, Speaker, Topic
from quotes.models.former_slug import present_slugs

NAMED = {"event": Event, "speaker": Speaker, "topic": Topic, "without": Topic, "source": Source}


def renamed(query: str) -> str:
    """The canonical `query` with the present slug for each former one of what is public."""
    pairs = parse_qsl(query)
    present = {
        name: present_slugs(model.objects.published(), _slugs(name, pairs))
        for name, model in NAMED.items()
    }
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, present.get(name, {}).get(value, value))
    return canonical(data)


def _slugs(name: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The values of one parameter that can be slugs."""
    return [value for key, value in pairs if key == name and slug_re.match(value)]
