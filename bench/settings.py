"""The site's settings, with plain views to compare with, and queries counted."""

from summit.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
MIDDLEWARE = ["bench.middleware.costs", *MIDDLEWARE]  # noqa: F405
