"""What a request costs, said in its answer."""

from collections.abc import Callable
from time import process_time

from django.db import connection
from django.http import HttpRequest, HttpResponse

from quotes.search import memory


def costs(get_response: Callable) -> Callable:
    """Middleware that counts queries and CPU time, and forgets what is remembered if asked to."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "x-forget" in request.headers:
            memory._remembered.clear()
        queries = 0

        def count(execute: Callable, *args) -> object:
            nonlocal queries
            queries += 1
            return execute(*args)

        start = process_time()
        with connection.execute_wrapper(count):
            response = get_response(request)
        response.headers["X-Queries"] = str(queries)
        response.headers["X-Cpu-Ms"] = f"{1000 * (process_time() - start):.3f}"
        return response

    return middleware
