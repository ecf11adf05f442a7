"""The app's configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class QuotesConfig(AppConfig):
    """Everything about quotes: models, pages and the editors' desk."""

    name = "quotes"
    verbose_name = _("content")

    def ready(self) -> None:
        """Keep the groups, and watch what is written by those who may not publish."""
        from quotes.admin.groups import keep_groups  # which need the models
        from quotes.models import drafts

        post_migrate.connect(keep_groups, sender=self)
        drafts.watch(self.get_models())
