"""The Content-Security-Policy, the same from every process."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse


class PolicyMiddleware(CSPMiddleware):
    """The policy, its directives by name: django-csp has them in the order of a set of strings."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The response with the policy."""
        response = super().process_response(request, response)
        if HEADER in response.headers:
            response.headers[HEADER] = "; ".join(sorted(response.headers[HEADER].split("; ")))
        return response
