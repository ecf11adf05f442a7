"""While somebody else's long save holds the database: a page that says so and keeps the form."""

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

CSRF_FIELD = "csrfmiddlewaretoken"  # the page has one of its own
RETRY_AFTER = 10  # seconds
# PostgreSQL's codes: lock_not_available (after lock_timeout) and deadlock_detected.
SQLSTATES = {"55P03", "40P01"}


class BusyMiddleware(SessionMiddleware):
    """Sessions, and the answer where the lock was not got in LOCK_WAIT seconds, a 503.

    Both in one, for a session is itself written on the way out, where no other middleware could
    catch what fails.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page, if a view could not write."""
        return busy(request) if is_busy(exception) else None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The response with its session; the page, if that cannot be written.

        What was posted is done by then, and is not said to be undone: that is answered as it was,
        at the cost of a message that did not fit its cookie. Who signed in is not signed in.
        """
        try:
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            if not is_busy(error):
                raise
            is_done = request.method == "POST" and not _has_password(request)
            return response if is_done else busy(request)


def is_busy(error: BaseException | None) -> bool:
    """Whether it came about because somebody else holds a lock of the database."""
    while error:
        sqlite = getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")
        if sqlite or getattr(error, "sqlstate", "") in SQLSTATES:
            return True
        error = error.__cause__ or error.__context__
    return False


def busy(request: HttpRequest) -> HttpResponse:
    """A page with all that was posted, to be posted again; one with a password is filled in anew.

    It asks nothing of the database, not even who is there.
    """
    has_password = _has_password(request)
    typed = [] if has_password else request.POST.lists()
    context = {
        "title": _("The desk is busy"),
        "site_header": admin.site.site_header,
        "site_title": admin.site.site_title,
        "user": AnonymousUser(),
        "messages": [],
        "is_popup": "_popup" in request.POST or "_popup" in request.GET,
        "has_password": has_password,
        "typed": [
            (name, value) for name, values in typed for value in values if name != CSRF_FIELD
        ],
        "files": [(name, file.name) for name, file in request.FILES.items()],
    }
    page = render(request, "admin/busy.html", context, status=503)
    page.headers["Retry-After"] = str(RETRY_AFTER)
    add_never_cache_headers(page)
    return page


def _has_password(request: HttpRequest) -> bool:
    """Whether one was posted."""
    return any("password" in name for name in request.POST)
