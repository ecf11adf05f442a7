"""`manage.py setup_site`: make an empty database one that can be worked with."""

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command
from django.utils.crypto import get_random_string

from quotes.models import Event

FIXTURE = "agi_next_2026"
ADMIN = "admin"


class Command(BaseCommand):
    """Migrate; load the first summit if there is none; make an admin account if there is none."""

    help = (
        "Brings the database up to date, loads the first summit if there is no event yet, and "
        "makes an admin account with a random password, shown once, if there is no such account."
    )

    def handle(self, **options) -> None:
        """Do what is still missing and say what that was."""
        call_command("migrate", verbosity=0)
        if not Event.objects.exists():
            call_command("loaddata", FIXTURE, verbosity=0)
            self.stdout.write(f"Loaded the first summit from fixtures/{FIXTURE}.yaml.")
        users = get_user_model().objects
        if not users.filter(is_superuser=True).exists():
            password = get_random_string(16)
            users.create_superuser(ADMIN, password=password)
            self.stdout.write(f"Admin account: {ADMIN}, password: {password} (shown only now).")
