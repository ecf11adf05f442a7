"""The settings, each time in a process of its own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PRODUCTION = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "quotes.example.org"}
SHOW = """
import json, django
from django.conf import settings
django.setup()
print(json.dumps({name: getattr(settings, name, None) for name in %r}, default=str))
"""


def run(arguments, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "DATABASE_URL") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | {"DJANGO_SETTINGS_MODULE": "summit.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def settings(*names, **environment):
    result = run(["-c", SHOW % (names,)], **environment)
    assert result.returncode == 0, result.stderr
    values = json.loads(result.stdout)
    return [values[name] for name in names]


@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({}, "SECRET_KEY and ALLOWED_HOSTS"),
        ({"SECRET_KEY": "x"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "quotes.example.org"}, "SECRET_KEY"),
    ],
)
def test_production_refuses_to_start_without_its_secrets_and_says_so_in_a_line(
    environment, missing
):
    result = run(["manage.py", "check"], **environment)
    assert result.returncode != 0
    assert result.stderr.startswith(f"manage.py: Set {missing} in the environment")
    assert "Traceback" not in result.stderr


def test_production_is_the_default_and_serves_https_only():
    names = ["DEBUG", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE"]
    names += ["CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "PUBLIC_URL"]
    debug, redirect, hsts, *cookies, public = settings(*names, **PRODUCTION)
    assert (debug, redirect, hsts) == (False, True, 31536000)
    assert cookies == [True, True, "__Host-sessionid", "__Host-csrftoken"]
    assert public == "https://quotes.example.org"


def test_https_can_be_off_for_a_run_on_loopback():
    environment = PRODUCTION | {"ALLOWED_HOSTS": "127.0.0.1", "HTTPS_ONLY": "0", "PORT": "8123"}
    names = ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_NAME", "PUBLIC_URL"]
    assert settings(*names, **environment) == [
        False,
        False,
        "sessionid",
        "http://127.0.0.1:8123",
    ]


def test_static_files_are_hashed_and_compressed_in_production():
    (storages,) = settings("STORAGES", **PRODUCTION)
    assert storages["staticfiles"]["BACKEND"].endswith("CompressedManifestStaticFilesStorage")


def test_readers_write_to_the_address_that_is_set_or_to_the_editors_of_the_host():
    assert settings("CONTACT_EMAIL", **PRODUCTION) == ["editors@quotes.example.org"]
    assert settings("CONTACT_EMAIL", **PRODUCTION, CONTACT_EMAIL="a@b.example") == ["a@b.example"]


def test_pictures_of_another_host_are_allowed_only_from_there():
    url = "https://media.example.org/"
    (policy,) = settings("CONTENT_SECURITY_POLICY", **PRODUCTION, MEDIA_URL=url)
    assert policy["DIRECTIVES"]["img-src"] == ["'self'", url]


def test_proxies_are_addresses_and_networks_and_nothing_else():
    (networks,) = settings("TRUSTED_PROXIES", **PRODUCTION, TRUSTED_PROXIES="::1, 10.0.0.0/8")
    assert networks == ["::1/128", "10.0.0.0/8"]
    result = run(["manage.py", "check"], **PRODUCTION, TRUSTED_PROXIES="*")
    assert result.stderr.startswith("manage.py: TRUSTED_PROXIES: '*' does not appear to be")


def test_development_needs_no_secret():
    assert settings("DEBUG", "HTTPS_ONLY", DEBUG="1") == [True, False]


def test_sqlite_waits_for_its_lock_keeps_a_write_ahead_log_and_checks_foreign_keys(tmp_path):
    script = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "c = connection.cursor()\n"
        "print([c.execute(f'PRAGMA {p}').fetchone()[0] for p in "
        "('journal_mode', 'foreign_keys', 'busy_timeout', 'synchronous')], "
        "connection.transaction_mode)"
    )
    environment = {"DEBUG": "1", "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    result = run(["-c", script], **environment)
    assert result.stdout.strip() == "['wal', 1, 2000, 1] IMMEDIATE"
    result = run(["manage.py", "shell", "-c", script], **environment, SQLITE_SYNCHRONOUS="FULL")
    assert result.stdout.splitlines()[-1] == "['wal', 1, 600000, 2] IMMEDIATE"


def test_postgresql_waits_as_long_for_a_lock():
    environment = PRODUCTION | {"DATABASE_URL": "postgres:///summit"}
    (databases,) = settings("DATABASES", **environment)
    assert "lock_timeout=2000" in databases["default"]["OPTIONS"]["options"]
    (databases,) = settings("DATABASES", **environment, LOCK_WAIT="7")
    assert "lock_timeout=7000" in databases["default"]["OPTIONS"]["options"]


def test_all_page_caches_of_sqlite_together_stay_within_a_bound():
    script = """
import runpy, django
gunicorn = runpy.run_path("gunicorn.conf.py")
django.setup()
from django.conf import settings
command = settings.DATABASES["default"]["OPTIONS"]["init_command"]
print(gunicorn["worker_class"], gunicorn["workers"] * gunicorn["threads"], command)
"""
    for workers, threads in ((1, 1), (3, 4), (8, 16)):
        numbers = {"WEB_CONCURRENCY": str(workers), "THREADS": str(threads)}
        result = run(["-c", script], **PRODUCTION, DATABASE_URL="sqlite:///x", **numbers)
        kind, connections, command = result.stdout.split(maxsplit=2)
        assert (kind, int(connections)) == ("gthread", workers * threads)
        kilobytes = int(re.search(r"cache_size=-(\d+);", command)[1])
        assert 0 < int(connections) * kilobytes <= 192 * 1024
