"""Admin of protected terms."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from quotes.admin.content import DeskAdmin
from quotes.admin.deleting import Deleting
from quotes.admin.locking import VersionedAdmin
from quotes.models import ProtectedTerm


@admin.register(ProtectedTerm)
class ProtectedTermAdmin(Deleting, VersionedAdmin, DeskAdmin):
    """Terms whose Traditional form is fixed."""

    empty_hint = _("Add a term that a conversion to Traditional characters would get wrong.")
    list_display = ["term", "traditional"]
    search_fields = ["term", "traditional"]
    fields = ["term", "traditional"]
