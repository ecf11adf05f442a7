"""Public addresses that answer no more when rows are deleted."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse

from quotes.models import Appearance, Event, Quote, Section, Speaker, TaggedQuote, Topic
from quotes.models.former_slug import FormerSlug
from quotes.models.publication import live

Gone = dict[type[Model], list[int]]  # kind of row -> primary keys of what is deleted


def dying_addresses(gone: Gone) -> list[str]:
    """Addresses of the pages that readers see now and will not when the rows are gone.

    Of deleted things, and of what is public by them alone: a topic by its quotes, a section by its
    quotes, a speaker by appearances. Former addresses that lead to these are among them.
    """
    dying = [
        Event.objects.filter(pk__in=_of(gone, Event)),
        _without_rest(Section, "quotes", Quote.objects.filter(live()), gone, printed_empty=False),
        _without_rest(Speaker, "appearances", Appearance.objects.published(), gone),
        _without_rest(Topic, "tagged_quotes", TaggedQuote.objects.published(), gone),
        Quote.objects.filter(pk__in=_of(gone, Quote)),
    ]
    return [address for rows in dying for address in _addresses(rows.published())]


def _of(gone: Gone, model: type[Model]) -> list[int]:
    return gone.get(model, [])


def _without_rest(
    model: type[Model], relation: str, reasons: QuerySet, gone: Gone, **only: object
) -> QuerySet:
    """Rows that are gone, or that lose the last of the `reasons` for which they are public."""
    lost = _of(gone, reasons.model)
    rest = reasons.filter(**{model._meta.get_field(relation).field.name: OuterRef("pk")})
    loses = Q(pk__in=reasons.filter(pk__in=lost).values(model._meta.get_field(relation).field.name))
    is_left = ~Exists(rest.exclude(pk__in=lost))
    return model.objects.filter(Q(pk__in=_of(gone, model)) | loses & is_left & Q(**only))


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
