"""How to cite a quote."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from quotes.models import Quote


def citation(quote: Quote) -> str:
    """Who said it where and when, who reports it where, and its address here: one line.

    What is not known of the source is left out.
    """
    source, event = quote.source, quote.event
    day = date_format(source.date_published) if source.date_published else ""
    printed = [
        _("“%(title)s”") % {"title": source.title} if source.title else str(source),
        _("no. %(number)s") % {"number": quote.number} if quote.number else "",
        *((source.author, source.publisher, day) if source.title else ()),
    ]
    comma = pgettext("between the parts of a citation", ", ")
    return _("%(said)s. As printed in %(printed)s. Summit Quotes, %(address)s") % {
        "said": comma.join(filter(None, (str(quote.speaker), str(event), event.days, event.place))),
        "printed": comma.join(filter(None, printed)),
        "address": settings.PUBLIC_URL + quote.get_absolute_url(),
    }
