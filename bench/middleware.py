"""How many queries an answer took, and by which process."""

import os
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

from quotes.search import memory


def costs(get_response: Callable) -> Callable:
    """Middleware that counts queries, and forgets what is remembered if asked to."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "x-forget" in request.headers:
            memory._remembered.clear()
        queries = 0

        def count(execute: Callable, *args) -> object:
            nonlocal queries
            queries += 1
            return execute(*args)

        with connection.execute_wrapper(count):
            response = get_response(request)
        response.headers["X-Queries"] = str(queries)
        response.headers["X-Pid"] = str(os.getpid())
        return response

    return middleware
