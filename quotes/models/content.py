"""What every kind of content has: a natural key, and where it needs one a slug or a position."""

from collections.abc import Iterable
from functools import cache, reduce
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Max, Q
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import Signal, receiver
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from quotes.models.publication import When, live_at
from quotes.text.pinyin import numbered_slug, pinyin_slug

SLUG_ATTEMPTS = 5  # tries against editors who save under the same proposed slug at once


# Sent when `fields` of rows of the sender are written at once, which sends no signal of Django's:
# before it with those of the `rows` that are there, after it with the `pks` of all, and with what
# the receivers of the first signal answered as `before`.
rows_to_be_written = Signal()
rows_written = Signal()
# Sent before a row of the sender is saved or deleted, and before any receiver of Django's own
# signals writes: the first who are connected are the first who are told.
row_to_be_written = Signal()


class ContentQuerySet(models.QuerySet):
    """Query set of content, which fixtures find by its natural key."""

    def update(self, **values: object) -> int:
        """Update the rows, and say which; how many they are."""
        with transaction.atomic():
            before = rows_to_be_written.send(self.model, rows=self, fields=[*values])
            pks = list(self.values_list("pk", flat=True))
            count = super().update(**values)
            rows_written.send(self.model, pks=pks, fields=[*values], before=before)
        return count

    def bulk_create(self, objs: Iterable[models.Model], *args, **kwargs) -> list[models.Model]:
        """Create the rows, and say which; the rows."""
        fields = [field.name for field in self.model._meta.concrete_fields]
        with transaction.atomic():
            before = rows_to_be_written.send(self.model, rows=self.none(), fields=fields)
            rows = super().bulk_create(objs, *args, **kwargs)
            pks = [row.pk for row in rows]
            rows_written.send(self.model, pks=pks, fields=fields, before=before)
        return rows

    def ever_published(self) -> "ContentQuerySet":
        """Those that readers may see now, or may have seen, as they are kept now."""
        with live_at(When.EVER):
            return self.published()

    def get_by_natural_key(self, *key: str) -> models.Model:
        """The row with this natural key; raises DoesNotExist."""
        return self.get(**dict(zip(self.model.natural_key_fields, key, strict=True)))


class Content(models.Model):
    """A model that fixtures name by `natural_key_fields`, lookups from the model itself."""

    natural_key_fields: tuple[str, ...] = ("slug",)
    # Fields that a form may show but not change: constraints on them are checked all the same.
    fixed_fields: tuple[str, ...] = ()
    objects = ContentQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str, ...]:
        """The values of `natural_key_fields`."""
        return tuple(reduce(getattr, name.split("__"), self) for name in self.natural_key_fields)

    def validate_constraints(self, exclude: set[str] | None = None) -> None:
        """Check the constraints but for those on fields in `exclude`, fixed ones not counted."""
        fixed = {name for name in self.fixed_fields if self.serializable_value(name)}
        super().validate_constraints(set(exclude or ()) - fixed)

    def save(self, **kwargs) -> None:
        """Save, in one transaction with what follows from it."""
        with transaction.atomic():
            super().save(**kwargs)

    def is_public(self) -> bool:
        """Whether readers can see this row now; one query."""
        return type(self).objects.published().filter(pk=self.pk).exists()

    def was_public(self) -> bool:
        """Whether readers may ever have seen this row, as it is kept now; one query."""
        return type(self).objects.ever_published().filter(pk=self.pk).exists()


@receiver([pre_save, pre_delete])
def announce(sender: type[models.Model], **kwargs) -> None:
    """Tell of a row of content that is to be saved or deleted."""
    if issubclass(sender, Content):
        row_to_be_written.send(sender)


class Slugged(Content):
    """Content with an ASCII slug, proposed from its name when saved without one."""

    number_slug = staticmethod(numbered_slug)
    slug = models.SlugField(
        _("slug"),
        max_length=100,
        blank=True,
        db_index=False,
        help_text=_(
            "Part of the public address: Latin letters, digits and hyphens. "
            "Left empty, it is proposed for you. Fixed once it is public."
        ),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="%(class)s_slug_not_empty"),
        ]

    def get_absolute_url(self) -> str:
        """Address of its page in the active language."""
        start = _start_of_pages(type(self)._meta.model_name, get_language(), get_script_prefix())
        return f"{start}{self.slug}/"

    @property
    def slug_place(self) -> int:
        """Key of what the slug is unique in, 0 where that is all of its kind."""
        return 0

    def slug_scope(self) -> models.QuerySet:
        """The rows among which the slug has to be unique."""
        return type(self)._base_manager.all()

    def slug_base(self) -> str:
        """What a proposed slug starts with."""
        return pinyin_slug(str(self)) or type(self)._meta.model_name

    def taken_slugs(self, start: str) -> set[str]:
        """The slugs with that start which others have, or which belong to others for good."""
        from quotes.models.former_slug import FormerSlug  # which itself needs Slugged

        rows = (self.slug_scope().exclude(pk=self.pk), FormerSlug.objects.beside(self))
        starting = [
            row.filter(slug__startswith=start).values_list("slug", flat=True) for row in rows
        ]
        return {slug for slugs in starting for slug in slugs}

    def validate_constraints(self, exclude: set[str] | None = None) -> None:
        """Check the constraints; a slug that is still to be proposed breaks none.

        Nor may it be one that belongs to something else.
        """
        from quotes.models.former_slug import RESERVED, FormerSlug  # which itself needs Slugged

        shown = "slug" not in (exclude or ())
        super().validate_constraints({*(exclude or ()), *(() if self.slug else ("slug",))})
        if not self.slug or not (shown or "slug" in self.fixed_fields):
            return
        if FormerSlug.objects.beside(self).filter(slug=self.slug).exists():
            raise ValidationError({"slug": RESERVED} if shown else RESERVED)

    def save(self, **kwargs) -> None:
        """Save, with a proposed slug if there is none; the next one if that is taken meanwhile."""
        if self.slug:
            super().save(**kwargs)
            return
        for attempt in range(1, SLUG_ATTEMPTS + 1):
            base = self.slug_base()
            self.slug = self.number_slug(base, self.taken_slugs(base))
            try:
                super().save(**kwargs)
                return
            except IntegrityError:
                lost_race = self.slug in self.taken_slugs(self.slug)
                self.slug = ""
                if not lost_race or attempt == SLUG_ATTEMPTS:
                    raise


@cache
def _start_of_pages(kind: str, language: str, prefix: str) -> str:
    """What addresses of that kind's pages start with: a list has a hundred, each a reverse()."""
    return reverse(f"{kind}_detail", args=["slug"]).removesuffix("slug/")


class OrderedQuerySet(ContentQuerySet):
    """Query set of rows that have a position among their siblings."""

    def in_position(self) -> "OrderedQuerySet":
        """By position, ties by slug."""
        return self.order_by("position", self.model.tie_breaker)

    def renumber(self) -> None:
        """Give these siblings the positions 1, 2, 3 … in their present order, all or none."""
        with transaction.atomic():
            moved = []
            for position, row in enumerate(self.in_position(), start=1):
                if row.position != position:
                    row.position = position
                    moved.append(row)
            self.bulk_update(moved, ["position"])


class Ordered(Content):
    """Content with a position among the rows that share `ordered_within`."""

    ordered_within = ""
    tie_breaker = "slug"
    position = models.PositiveIntegerField(
        _("position"), blank=True, help_text=_("Left empty, it comes last.")
    )

    class Meta:
        abstract = True

    def siblings(self) -> OrderedQuerySet:
        """The rows that this one is ordered among, itself included."""
        parent = getattr(self, self.ordered_within)
        return type(self).objects.filter(**{self.ordered_within: parent})

    def save(self, **kwargs) -> None:
        """Save, after the last sibling if no position is given."""
        if self.position is None:
            last = self.siblings().aggregate(last=Max("position"))["last"]
            self.position = (last or 0) + 1
        super().save(**kwargs)


def require_alternative_text(instance: Content, picture: str) -> None:
    """Raise ValidationError beside the field if `picture` has no alternative text."""
    if getattr(instance, picture) and not getattr(instance, f"{picture}_alt"):
        raise ValidationError({f"{picture}_alt": _("A picture needs an alternative text.")})


def validate_links(text: str) -> None:
    """Raise ValidationError unless every line of `text` is a web address."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                URLValidator(schemes=["http", "https"])(line.strip())
            except ValidationError as error:
                raise ValidationError(
                    _("Line %(number)d is not a web address: %(line)s"),
                    code="invalid",
                    params={"number": number, "line": line.strip()},
                ) from error


def web_links(text: str) -> list[tuple[str, str]]:
    """(host, address) of every line of `text`, itself checked by `validate_links`."""
    return [(urlsplit(line).hostname, line) for line in text.split()]
