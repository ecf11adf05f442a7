"""What every test may use."""

import os
import sqlite3
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection


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


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """The test database as several threads can use it: on SQLite, a copy of it in a file."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    file = tmp_path / "shared.sqlite3"
    with sqlite3.connect(file) as copy:
        in_memory.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = in_memory, name


@contextmanager
def lock_wait(seconds):
    """Within it, whoever uses the shared database waits so long for a lock, and not LOCK_WAIT."""
    options = connection.settings_dict["OPTIONS"]
    connection.settings_dict["OPTIONS"] = options | (
        {"timeout": seconds}
        if connection.vendor == "sqlite"
        else {"options": f"-c lock_timeout={int(1000 * seconds)}"}
    )
    connection.close()
    yield
    connection.close()
    connection.settings_dict["OPTIONS"] = options
