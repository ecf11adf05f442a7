"""The site's settings, with two plain views beside it to compare with."""

from summit.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
