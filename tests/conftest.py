"""What every test may use."""

import os

import pytest
from django.conf import settings
from django.core.management import call_command


def pytest_configure():
    """Passwords are hashed quickly: the slowness that keeps real ones safe is not tested."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where NO_SKIPS is set (.ci/run sets it), a test that cannot run has failed."""
    report = yield
    if report.skipped and os.environ.get("NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped: {report.longrepr[-1]}"
    return report


@pytest.fixture
def agi_next(db):
    """The first summit, as every new site has it."""
    call_command("loaddata", "agi_next_2026", verbosity=0)
