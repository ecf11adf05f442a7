"""Pictures are scaled when they are uploaded."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from quotes.models import Event
from tests.factories import EventFactory, SpeakerFactory


@pytest.fixture(autouse=True)
def media(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(width, height, kind="PNG", mode="RGB", **options):
    file = BytesIO()
    Image.new(mode, (width, height), "white").save(file, kind, **options)
    return ContentFile(file.getvalue())


def size_of(path):
    with Image.open(path) as kept:
        return kept.size


def test_a_large_picture_is_kept_at_its_widest_with_narrower_copies(media):
    event = EventFactory(cover_alt="会场")
    event.cover.save("hall.png", picture(4000, 2000))
    widths = event.cover.field.widths
    assert (event.cover_width, event.cover_height) == (widths[-1], widths[-1] // 2)
    kept = sorted(map(size_of, media.rglob("*.webp")))
    assert kept == [(width, width // 2) for width in widths]
    again = Event.objects.get(pk=event.pk)
    assert [entry.split()[1] for entry in again.cover.srcset.split(", ")] == [
        f"{w}w" for w in widths
    ]


def test_a_small_picture_is_not_enlarged(media):
    speaker = SpeakerFactory(picture_alt="肖像")
    speaker.picture.save("face.png", picture(80, 90))
    assert (speaker.picture_width, speaker.picture_height) == (80, 90)
    assert len(list(media.rglob("*.webp"))) == 1
    assert speaker.picture.srcset == f"{speaker.picture.url} 80w"


def test_a_turned_photograph_stands_upright_and_tells_nothing_of_its_camera():
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turned by 90 degrees
    exif[0x010F] = "Camera"
    event = EventFactory(cover_alt="会场")
    event.cover.save("hall.jpg", picture(200, 100, "JPEG", exif=exif))
    assert (event.cover_width, event.cover_height) == (100, 200)
    with Image.open(event.cover.path) as kept:
        assert kept.format == "WEBP"
        assert not kept.getexif()


def test_a_page_places_a_picture_before_it_is_there(client):
    event = EventFactory(cover_alt="会场全景")
    event.cover.save("hall.png", picture(3000, 1500))
    page = client.get(event.get_absolute_url()).content.decode()
    tag = page.split('<img class="cover"')[1].split(">")[0]
    assert f'width="{event.cover_width}" height="{event.cover_height}"' in tag
    assert 'alt="会场全景"' in tag
    assert "srcset=" in tag
