"""What the readers' templates need beyond Django's tags."""

import re
from collections.abc import Iterable

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from quotes.models import Wording
from quotes.models.wording import WORDING_NOTES
from quotes.text.markup import reading_minutes

LANGUAGE_NAMES = {
    "zh": _("Chinese"),
    "zh-Hans-CN": _("Simplified Chinese"),
    "zh-Hans-TW": _("Simplified characters, Taiwan's vocabulary"),
    "zh-Hant-TW": _("Traditional Chinese (Taiwan)"),
    "zh-Hant-HK": _("Traditional Chinese (Hong Kong)"),
}

register = template.Library()
register.filter(reading_minutes)


@register.simple_tag
def absolute_url(path: str) -> str:
    """`path` on the public address of the site."""
    return settings.PUBLIC_URL + iri_to_uri(path)


@register.simple_tag
def contact_email() -> str:
    """Where readers write to."""
    return settings.CONTACT_EMAIL


@register.filter
def language_name(tag: str) -> str:
    """What a reader calls the language of a tag; the tag itself where Django has no name."""
    try:
        return LANGUAGE_NAMES.get(tag) or get_language_info(tag.lower())["name_translated"]
    except KeyError:
        return tag


@register.filter
def language_note(tag: str) -> str:
    """On an English page, that words of language `tag` ("" if not known) are not English."""
    language = (tag or "zh").partition("-")[0]
    if get_language() != "en" or language == "en":
        return ""
    return gettext("in %(language)s") % {"language": language_name(language)}


@register.simple_tag
def wordings() -> list[Wording]:
    """How literal words can be, the most literal first."""
    return list(WORDING_NOTES)


@register.filter
def thousands(number: int) -> str:
    """`number` with separators from 1,000 on, the same in every language of the site."""
    return f"{number:,}"


@register.filter
def text_fragment(words: str) -> str:
    """What leads to `words` on the page of an address (WICG, scroll-to-text-fragment).

    Han characters stay readable, so that /zh-hant/ converts them as it does the words.
    """
    if not words:
        return ""
    return "#:~:text=" + re.sub(r"[^\w\u2e80-\uffef]", _percent_encoded, words)


def _percent_encoded(match: re.Match[str]) -> str:
    """A character as its bytes; unlike urllib's quote(), "-" too, which means something there."""
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


@register.filter
def share_of(count: int, most: int) -> int:
    """`count` in per cent of `most`, for a bar's length."""
    return round(100 * count / most) if most else 0


@register.filter
def clauses(words: str) -> SafeString:
    """`words` in pieces that end with punctuation, so that large type breaks only there."""
    pieces = re.findall(r"[^，。；：、！？]+[，。；：、！？…]*|.", words)
    return format_html_join("", '<span class="clause">{}</span>', ((piece,) for piece in pieces))


@register.filter
def page_numbers(page: Page) -> Iterable[int | str]:
    """Numbers of pages to link to around `page`, gaps as an ellipsis."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
