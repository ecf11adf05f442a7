"""Former slugs: by which readers knew what has another slug now, or is gone."""

from collections.abc import Iterable

from django.apps import apps
from django.db import IntegrityError, models
from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from quotes.models.content import Slugged

RESERVED = _("Readers knew something else by this slug, so nothing can have it again.")


class RowKey(models.BigIntegerField):
    """Primary key of a row that may be gone; 0 for none. Dumps name the row by its natural key."""

    def value_from_object(self, obj: "FormerSlug") -> str | None:
        """The row as a dump names it: kind/natural/key; None for one that is gone."""
        model = obj.model_of(self.attname)
        row = model._base_manager.filter(pk=super().value_from_object(obj)).first()
        return "/".join((model._meta.model_name, *row.natural_key())) if row else None

    def to_python(self, value: int | str | None) -> int:
        """The key of a row that a dump names; raises DoesNotExist."""
        if isinstance(value, str) and "/" in value:
            kind, *key = value.split("/")
            return apps.get_model("quotes", kind).objects.get_by_natural_key(*key).pk
        return super().to_python(value) or 0


class FormerSlugQuerySet(models.QuerySet):
    """Query set of former slugs."""

    def get_by_natural_key(self, kind: str, within: int, slug: str) -> "FormerSlug":
        """The one of this kind and place; raises DoesNotExist."""
        return self.get(kind=kind, within=within, slug=slug)

    def of_kind(self, model: type[Slugged]) -> "FormerSlugQuerySet":
        """Those of things of one kind."""
        return self.filter(kind=model._meta.model_name)

    def beside(self, row: Slugged) -> "FormerSlugQuerySet":
        """Those that `row` must not have: of others of its kind, in its place."""
        return self.of_kind(type(row)).filter(within=row.slug_place).exclude(target=row.pk or 0)


class FormerSlug(models.Model):
    """That `slug` belongs to one thing for good, though it has another now or is gone.

    The thing is known by its primary key: so every former slug leads to its present one in one
    step, and a deleted thing that is brought back has its slug again.
    """

    kind = models.CharField(max_length=20)  # name of the model
    within = RowKey(default=0)  # of a section: the coverage, in which its slug is unique
    slug = models.SlugField(max_length=100, db_index=False)
    target = RowKey(default=0)

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "within", "slug"], name="former_slug_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"

    def natural_key(self) -> tuple[str, int, str]:
        """Kind, place and slug."""
        return self.kind, self.within, self.slug

    natural_key.dependencies = [
        f"quotes.{name}"
        for name in ("event", "speaker", "topic", "source", "coverage", "section", "quote")
    ]

    def model_of(self, field: str) -> type[models.Model]:
        """What kind of row the field has the key of."""
        return apps.get_model("quotes", "coverage" if field == "within" else self.kind)

    @classmethod
    def keep(cls, row: Slugged) -> None:
        """Remember the slug of a row as it is kept now, if readers may have known it."""
        if row.was_public():
            kind = row._meta.model_name
            place = {"kind": kind, "within": row.slug_place, "slug": row.slug}
            cls.objects.get_or_create(**place, defaults={"target": row.pk})


def present_slugs(rows: models.QuerySet, slugs: Iterable[str]) -> dict[str, str]:
    """Each of `slugs` by which one of `rows` was known formerly -> the slug it has now."""
    former = FormerSlug.objects.of_kind(rows.model).filter(slug__in=slugs)
    targets = dict(former.values_list("slug", "target"))
    present = dict(rows.filter(pk__in=targets.values()).values_list("pk", "slug"))
    return {slug: present[key] for slug, key in targets.items() if key in present}


@receiver(pre_save)
def keep_slug_of_changed(sender: type[models.Model], instance: models.Model, **kwargs) -> None:
    """Remember the slug that is given up."""
    if not isinstance(instance, Slugged) or not instance.pk:
        return
    before = sender._base_manager.filter(pk=instance.pk).first()
    if before and (before.slug_place, before.slug) != (instance.slug_place, instance.slug):
        FormerSlug.keep(before)


@receiver(post_save)
def take_slug(sender: type[models.Model], instance: models.Model, raw: bool, **kwargs) -> None:
    """Refuse a slug that belongs to something else with IntegrityError; take one's own back.

    After the row was written: so whoever gave the slug up meanwhile has remembered it. What a
    fixture calls by the slug of something that is gone is that, brought back.
    """
    if not isinstance(instance, Slugged):
        return
    same = FormerSlug.objects.of_kind(sender).filter(within=instance.slug_place, slug=instance.slug)
    for former in same:
        is_gone = not sender._base_manager.filter(pk=former.target).exists()
        if former.target != instance.pk and not (raw and is_gone):
            raise IntegrityError(f"former_slug_once: {former} belongs to something else.")
        former.delete()


@receiver(pre_delete)
def keep_slug_of_deleted(sender: type[models.Model], instance: models.Model, **kwargs) -> None:
    """Remember the slug of what is about to go."""
    before = isinstance(instance, Slugged) and sender._base_manager.filter(pk=instance.pk).first()
    if before:
        FormerSlug.keep(before)
