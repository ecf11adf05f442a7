"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuotesConfig(AppConfig):
    """Everything about quotes: models, pages and the editors' desk."""

    name = "quotes"
    verbose_name = _("content")
