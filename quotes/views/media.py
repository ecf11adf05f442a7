"""Uploaded pictures, where the site serves them itself."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from quotes.models import Event, Speaker
from quotes.models.drafts import may_view

PICTURES = (Event.cover.field, Speaker.picture.field)
# For how long a picture may be shown by caches after its row was withdrawn; then they ask again.
PUBLIC = "public, max-age=600"


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture of a row that readers can see now, or, for editors who may see it, of another.

    Raises Http404 for all else, also for files of pictures that were replaced.
    """
    if "\x00" in path:
        raise Http404
    rows = _rows_of(path)
    is_public = any(shown for _kind, shown in rows)
    if not is_public and not _may_view(request.user, [kind for kind, _shown in rows]):
        raise Http404
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Cache-Control"] = PUBLIC if is_public else "private, no-store"
    return response


def _rows_of(path: str) -> QuerySet:
    """(kind, whether readers can see it now) of the rows that have this picture; one query."""
    parts = []
    for field in PICTURES:
        rows = field.model.objects.filter(**{f"{field.name}__in": field.names_of(path)})
        kind = Value(field.model._meta.model_name, output_field=CharField())
        public = field.model.objects.published().filter(pk=OuterRef("pk"))
        parts.append(rows.order_by().values_list(kind, Exists(public)))
    return parts[0].union(*parts[1:])


def _may_view(user: User | AnonymousUser, kinds: list[str]) -> bool:
    """Whether the user is at the desk and may see rows of any of `kinds` there."""
    return user.is_active and user.is_staff and any(may_view(user, kind) for kind in kinds)
