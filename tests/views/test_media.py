"""Uploaded pictures are served by the app: those that readers can see to all, others to editors."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.admin.roles import client_of
from tests.factories import AppearanceFactory, EventFactory, SpeakerFactory
from tests.pictures import picture

pytestmark = pytest.mark.django_db

HIDDEN = [
    {"status": "draft", "published_at": None},
    {"status": "withdrawn"},
    {"published_at": datetime(2099, 1, 1, tzinfo=UTC)},
]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    return settings.MEDIA_ROOT


@pytest.fixture
def event():
    """A public event with a cover and a narrower copy."""
    event = EventFactory(cover_alt="会场")
    event.cover.save("hall.png", ContentFile(picture(size=(700, 70))))
    return event


def addresses(event):
    return [entry.split()[0] for entry in event.cover.srcset.split(", ")]


def hide(event, **values):
    for name, value in values.items():
        setattr(event, name, value)
    event.save()


def get(client, address, **options):
    """The answer, read to its end as `body`."""
    response = client.get(address, **options)
    response.body = response.getvalue()
    return response


def file_of(media, address):
    return (media / address.removeprefix("/media/")).read_bytes()


# Public ones


def test_the_picture_of_a_public_event_is_served_with_its_copies(client, media, event):
    assert len(addresses(event)) == 2
    for address in addresses(event):
        response = get(client, address)
        assert response.body == file_of(media, address)
        assert response.headers["Content-Type"] == "image/webp"


def test_caches_may_keep_it_for_a_while_whoever_asks(event):
    (address, _whole) = addresses(event)
    for client in (Client(), client_of("editor")):
        response = get(client, address)
        assert response.headers["Cache-Control"] == "public, max-age=600"
        assert not response.cookies
        assert response.headers.get("Vary", "") in ("", "Accept-Encoding")


def test_it_is_not_sent_again_if_it_did_not_change(client, event):
    (address, _whole) = addresses(event)
    modified = get(client, address).headers["Last-Modified"]
    response = get(client, address, headers={"if-modified-since": modified})
    assert response.status_code == 304
    assert response.headers["Cache-Control"] == "public, max-age=600"


def test_it_costs_one_query_however_many_rows_there_are(client, event):
    for number in (1, 30):
        EventFactory.create_batch(number, cover="events/other.webp", cover_alt="会场")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert get(client, event.cover.url).status_code == 200
        assert len(queries) == 1


def test_names_of_fixtures_are_served_with_what_would_be_their_copies(client, media):
    EventFactory(cover="hall.png", cover_alt="会场", cover_width=900)
    AppearanceFactory(speaker=SpeakerFactory(picture="a-640.webp", picture_alt="肖像"))
    for name in ("hall.png", "hall.png-640.webp", "a-640.webp"):
        (media / name).write_bytes(picture())
        assert get(client, f"/media/{name}").status_code == 200, name


def test_a_picture_that_a_public_row_shares_with_a_hidden_one_is_public(client, event):
    EventFactory(cover=event.cover.name, cover_alt="会场", **HIDDEN[0])
    assert get(client, event.cover.url).headers["Cache-Control"].startswith("public")


# Hidden ones


@pytest.mark.parametrize("values", HIDDEN)
def test_the_picture_of_a_hidden_event_goes_to_editors_only(media, event, values):
    hide(event, **values)
    for address in addresses(event):
        response = get(client_of("editor"), address)
        assert response.body == file_of(media, address)
        assert response.headers["Cache-Control"] == "private, no-store"
        for role in ("anonymous", "nobody"):
            assert get(client_of(role), address).status_code == 404


def test_a_speaker_without_a_public_event_is_hidden(client, media):
    speaker = SpeakerFactory(picture_alt="肖像")
    speaker.picture.save("face.png", ContentFile(picture()))
    appearance = AppearanceFactory(speaker=speaker, event__status="draft")
    assert get(client, speaker.picture.url).status_code == 404
    assert get(client_of("editor"), speaker.picture.url).status_code == 200
    hide(appearance.event, status="published")
    assert get(client, speaker.picture.url).status_code == 200


@pytest.mark.parametrize(
    ("permission", "values", "status"),
    [
        ("view_event", {}, 200),
        ("view_speaker", {}, 404),
        ("view_event", {"is_staff": False}, 404),
        ("view_event", {"is_active": False}, 404),
    ],
)
def test_who_may_see_the_row_at_the_desk_sees_its_picture(event, permission, values, status):
    hide(event, **HIDDEN[0])
    user = get_user_model().objects.create_user("someone", **{"is_staff": True} | values)
    user.user_permissions.add(Permission.objects.get(codename=permission))
    client = Client()
    client.force_login(user)
    assert get(client, event.cover.url).status_code == status


def test_a_stranger_cannot_tell_a_hidden_picture_from_none(client, event):
    hide(event, **HIDDEN[0])
    hidden, never = get(client, event.cover.url), get(client, "/media/events/never.webp")
    assert hidden.status_code == never.status_code == 404
    assert hidden.body == never.body
    assert hidden.headers == never.headers


def test_a_picture_that_was_replaced_or_whose_row_is_gone_is_served_to_nobody(media, event):
    replaced = addresses(event)
    event.cover.save("hall.png", ContentFile(picture(size=(700, 70))))
    gone = addresses(event)
    assert get(client_of("anonymous"), gone[0]).status_code == 200
    event.delete()
    for address in [*replaced, *gone]:
        assert file_of(media, address)
        assert get(client_of("anonymous"), address).status_code == 404
        assert get(client_of("editor"), address).status_code == 404


def test_a_preview_shows_the_picture_to_its_editor(event):
    hide(event, **HIDDEN[0])
    editor = client_of("editor")
    page = get(editor, f"/preview/events/{event.slug}/").body.decode()
    assert all(address in page for address in addresses(event))
    assert get(editor, addresses(event)[0]).status_code == 200


# What is none


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "/",
        "",
        "%00",
        "a%00.webp",
        "%ff",
        "-640.webp",
        "events/",
        "a" * 5000,
    ],
)
def test_nothing_beside_the_pictures_is_served(path):
    EventFactory()
    for role in ("anonymous", "superuser"):
        assert get(client_of(role), f"/media/{path}").status_code == 404


def test_a_row_that_names_a_file_beside_the_folder_shows_nothing(client):
    EventFactory(cover="../secret.txt", cover_alt="会场")
    assert get(client, "/media/../secret.txt").status_code in (400, 404)
    assert get(client, "/media/..%2fsecret.txt").status_code in (400, 404)


def test_pictures_are_only_read(client, event):
    assert client.post(event.cover.url).status_code == 405
