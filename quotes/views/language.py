"""The language of a page is in its address, and nowhere else: no cookie, no Accept-Language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from quotes.models import Speaker
from quotes.models.protected_term import traditional_terms
from quotes.text.conversion import convert_page
from quotes.text.script import traditional

GetResponse = Callable[[HttpRequest], HttpResponse]


def language_of_the_path(get_response: GetResponse) -> GetResponse:
    """Middleware that answers in the language that the path starts with, or the site's own.

    Pages under /zh-hant/ are converted to Traditional characters as a whole: so none is forgotten.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            response = get_response(request)
            response.headers["Content-Language"] = language
            if language == "zh-hant" and response.headers["Content-Type"].startswith("text/html"):
                page = response.content.decode()
                is_preview = getattr(response, "is_preview", False)
                speakers = Speaker.objects.all() if is_preview else Speaker.objects.published()
                terms = traditional_terms(speakers)
                response.content = convert_page(page, traditional(terms)).encode()
                response.headers["Content-Length"] = str(len(response.content))
        return response

    return middleware
