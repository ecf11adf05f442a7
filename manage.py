#!/usr/bin/env python
"""Django's command line for Summit Quotes."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summit.settings")
    if sys.argv[1:2] != ["runserver"]:
        os.environ.setdefault(
            "LOCK_WAIT", "600"
        )  # a command is in no hurry; see summit/settings.py
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"manage.py: {error}")
