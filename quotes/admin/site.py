"""The editors' desk: Django's admin under this site's name."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class Desk(admin.AdminSite):
    """The admin site."""

    site_header = _("Summit Quotes: editors' desk")
    site_title = _("Editors' desk")
    index_title = _("What we keep")
