"""Signing in: where a request comes from, and what those are told who failed too often."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

HOUSEHOLD = 64  # bits of an IPv6 address that one customer cannot change


def client_address(request: HttpRequest) -> str | None:
    """Where the request came from, as the last proxy that we trust saw it; None if nobody says.

    A client writes into X-Forwarded-For what it likes, and each proxy adds whom it heard at the
    end: so it is read from there, only as far as each speaker is one of TRUSTED_PROXIES. Of an
    IPv6 address it is the network, for a client has as many addresses in it as it wants.
    """
    claimed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    found = None
    for text in (request.META.get("REMOTE_ADDR", ""), *reversed(claimed)):
        address = _address(text)
        if address is None:
            break
        found = address
        if not _is_trusted(address):
            break
    if isinstance(found, IPv6Address):
        found = ip_network((found, HOUSEHOLD), strict=False).network_address
    return str(found) if found else None


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address that `text` is; None if it is none."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is one of TRUSTED_PROXIES."""
    return any(address in network for network in settings.TRUSTED_PROXIES)


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict) -> HttpResponse:
    """Instead of `response`: that there were too many failures, and when to try again."""
    (attempts,) = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    cool_off = get_cool_off(request)
    last = attempts.aggregate(last=Max("attempt_time"))["last"]
    until = (last or request.axes_attempt_time) + cool_off
    page = render(request, "429.html", {"until": until}, status=429)
    page.headers["Retry-After"] = str(int((until - request.axes_attempt_time).total_seconds()))
    return page
