"""Names that can be typed in a list: kept tidy, whichever way they come."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from quotes.text.folding import name_key
from quotes.text.names import BETWEEN_NAMES, tidy, tidy_names

LONGEST_NAME = 100  # characters
LONGEST_KEY = 200  # characters; folded, a few characters become many
MOST_NAMES = 100  # in one field


def validate_name(name: str) -> None:
    """Raise ValidationError for what cannot be one of several names in a field."""
    if set(BETWEEN_NAMES) & set(name):
        raise ValidationError(_("A name has no , ， 、 ; or ； in it: they stand between names."))
    if not name_key(name):
        raise ValidationError(_("A name needs a character that can be seen."))
    if len(name) > LONGEST_NAME or len(name_key(name)) > LONGEST_KEY:
        raise ValidationError(
            _("A name has at most %(limit)d characters: %(name)s"),
            params={"limit": LONGEST_NAME, "name": name},
        )


def validate_names(text: str) -> None:
    """Raise ValidationError for names of which one cannot be, or which are too many."""
    names = tidy_names(text)
    if len(names) > MOST_NAMES:
        raise ValidationError(_("At most %(limit)d names."), params={"limit": MOST_NAMES})
    for name in names:
        validate_name(name)


class _TidyField(models.Field):
    """A field of text that is kept as its `tidied` gives it."""

    def to_python(self, value: object) -> str | None:
        """The text, tidied."""
        value = super().to_python(value)
        return self.tidied(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        """What is saved, which the row then has."""
        setattr(model_instance, self.attname, self.to_python(getattr(model_instance, self.attname)))
        return getattr(model_instance, self.attname)


class NameField(_TidyField, models.CharField):
    """One name."""

    default_validators = [validate_name]
    tidied = staticmethod(tidy)

    def deconstruct(self) -> tuple:
        """As Django's own field: what is tidied is no matter of the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class NamesField(_TidyField, models.TextField):
    """Several names, a 、 between them."""

    default_validators = [validate_names]

    @staticmethod
    def tidied(text: str) -> str:
        """The names in `text`, each tidy and once."""
        return "、".join(tidy_names(text))

    def deconstruct(self) -> tuple:
        """As Django's own field."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
