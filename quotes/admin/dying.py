"""Public addresses that answer no more when rows are deleted."""

from collections.abc import Iterable, Iterator

from django.db import router, transaction
from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from quotes.models import Appearance, Event, Quote, Section, Speaker, TaggedQuote, Topic
from quotes.models.former_slug import FormerSlug

Gone = dict[type[Model], list[int]]  # kind of row -> primary keys of what is deleted
# What is public by other rows, by which of its relations, and so may die with them.
HELD_BY = {
    Event: {},
    Section: {"quotes": Quote},
    Speaker: {"appearances": Appearance, "quotes": Quote, "moderated_sections": Section},
    Topic: {"tagged_quotes": TaggedQuote},
    Quote: {},
}


def dying_addresses(gone: Gone) -> list[str]:
    """Addresses of the pages that readers see now and will not when the rows are gone.

    Of deleted things, and of what is public by them alone: a topic by its quotes, a section by its
    quotes, a speaker by appearances and what was said there. Former addresses that lead to these
    are among them. Found by trial: the rows are deleted, and put back.
    """
    before = {model: _public_keys(model, gone) for model in HELD_BY}
    with transaction.atomic():
        for model, keys in gone.items():
            # Without a signal: nobody hears of what is put back.
            model._base_manager.filter(pk__in=keys)._raw_delete(router.db_for_write(model))
        dying = {
            model: keys - set(_keys(model.objects.published().filter(pk__in=keys)))
            for model, keys in before.items()
        }
        transaction.set_rollback(True)
    rows = (model.objects.filter(pk__in=keys) for model, keys in dying.items())
    return [address for found in rows for address in _addresses(found)]


def _public_keys(model: type[Model], gone: Gone) -> set[int]:
    """Those that readers see of what is deleted, or may die with it."""
    reached = Q(pk__in=gone.get(model, []))
    for relation, kind in HELD_BY[model].items():
        reached |= Q(**{f"{relation}__in": gone.get(kind, [])})
    return set(_keys(model.objects.published().filter(reached)))


def _keys(rows: QuerySet) -> QuerySet:
    return rows.values_list("pk", flat=True)


def _addresses(rows: QuerySet) -> Iterator[str]:
    """Their present addresses, and the former ones of those that have them."""
    if rows.model is Section:
        found = rows.select_related("coverage__event", "coverage__source")
        yield from sorted(row.get_page_url() for row in found)
        return
    page = f"{rows.model._meta.model_name}_detail"
    former = FormerSlug.objects.of_kind(rows.model).filter(target__in=rows.values("pk"))
    for slugs in (rows, former):
        yield from _pages(page, slugs.order_by("slug").values_list("slug", flat=True))


def _pages(name: str, slugs: Iterable[str]) -> Iterator[str]:
    return (reverse(name, args=[slug]) for slug in slugs)
