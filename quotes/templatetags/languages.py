"""What the templates need to say everything in the right language and script."""

from django import template
from django.conf import settings
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from quotes.text.script import CHINESE, has_han, keep

TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}  # as HTML writes them
SHORT = {"zh-hans": "简", "zh-hant": "繁", "en": "EN"}

register = template.Library()


@register.simple_tag
def page_language() -> str:
    """Language tag of the page."""
    return TAGS[get_language()]


@register.simple_tag
def in_languages(path: str) -> list[dict[str, str]]:
    """`path` of the active language in each of the languages: code, tag, name, short, path."""
    # Without slashes of its own: after "/" they would lead to another host.
    rest = path.removeprefix(_prefix(get_language())).lstrip("/")
    return [
        {
            "code": code,
            "tag": TAGS[code],
            "name": name,
            "short": SHORT[code],
            "path": _prefix(code) + rest,
        }
        for code, name in settings.LANGUAGES
    ]


def _prefix(code: str) -> str:
    """What the paths of a language start with."""
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"


@register.simple_tag
def zh(text: object) -> SafeString:
    """The attribute `lang` where `text` is Chinese on a page that is not."""
    return mark_safe(' lang="zh"') if _is_foreign(text) else SafeString()


@register.filter
def marked_zh(text: object) -> SafeString:
    """`text`, to stand within a sentence, what is Chinese in it marked on a page that is not."""
    escaped = conditional_escape(text)
    if not _is_foreign(text):
        return escaped
    marked = CHINESE.sub(r'<span lang="zh">\g<0></span>', escaped)
    return mark_safe(marked)  # noqa: S308  escaped above


@register.filter
def in_page_language(text: object) -> str:
    """`text` in one line; "" where it is Chinese and the page is not."""
    return "" if _is_foreign(text) else " ".join(str(text).split())


@register.filter
def shown_language(tag: str) -> str:
    """Language tag of a passage as shown, from its own `tag` ("" if not known)."""
    return "zh-Hant" if get_language() == "zh-hant" and _is_converted(tag) else tag or "zh"


@register.filter
def in_script(text: str, tag: str) -> str:
    """`text` of language `tag`, kept as it is in /zh-hant/ unless it is Simplified Chinese."""
    return text if _is_converted(tag) else as_is(text)


@register.filter
def as_is(text: str) -> str:
    """`text`, safe or not as it was, to stay as it is in /zh-hant/."""
    if get_language() != "zh-hant":
        return text
    kept = keep(text)
    return mark_safe(kept) if isinstance(text, SafeString) else kept  # noqa: S308  as it was


def _is_foreign(text: object) -> bool:
    """Whether `text` is Chinese and the page is not."""
    return get_language() == "en" and has_han(str(text))


def _is_converted(tag: str) -> bool:
    """Whether /zh-hant/ converts the script of a passage of language `tag`."""
    language, *rest = (tag or "zh").lower().split("-")
    return language == "zh" and not {"hant", "tw", "hk", "mo"}.intersection(rest[:1])
