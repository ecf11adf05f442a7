"""Pictures are read whole and scaled when they are uploaded, or refused."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from quotes.models import Event
from quotes.models import picture as pictures
from tests.factories import EventFactory, SpeakerFactory
from tests.pictures import JPEG, PNG, REFUSED, SOUND, grey, picture, png, scans, turned

FIELD = Event.cover.field.formfield()


@pytest.fixture(autouse=True)
def media(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def cleaned(name, data):
    """The upload as the form field hands it on, or the error."""
    try:
        return FIELD.clean(SimpleUploadedFile(name, data))
    except ValidationError as error:
        return error


def cleaned_all(pictures):
    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda name: cleaned(name, pictures[name][0]), pictures)
        return dict(zip(pictures, answers, strict=True))


def size_of(path):
    with Image.open(path) as kept:
        kept.load()
        return kept.size


def shade(path_or_file, x, y):
    with Image.open(path_or_file) as kept:
        return kept.convert("L").getpixel((x, y))


# What is taken


def test_every_sound_picture_is_kept_whole_however_odd_it_is():
    for name, upload in cleaned_all(SOUND).items():
        size = SOUND[name][1]
        assert not isinstance(upload, ValidationError), name
        copies = pictures.copies(upload, FIELD.widths)
        assert copies[0][:2] == size, name
        assert [copy.width for copy in copies[1:]] == [640] * (size[0] > 640), name
        for copy in copies:
            with Image.open(BytesIO(copy.webp)) as kept:
                kept.load()
                assert (kept.format, kept.size) == ("WEBP", copy[:2]), name
                assert not kept.getexif(), name


def test_every_other_picture_is_refused_beside_the_field_for_its_own_reason():
    assert len(SOUND) + len(REFUSED) > 60
    for name, error in cleaned_all(REFUSED).items():
        assert isinstance(error, ValidationError), name
        assert error.code == REFUSED[name][1], name
        assert error.messages[0].endswith("。"), name


def test_a_refusal_tells_how_large_the_picture_is():
    assert "13000 × 13000" in cleaned("a.png", REFUSED["13,000 wide.png"][0]).messages[0]


@pytest.mark.parametrize(
    ("limit", "less", "data"),
    [
        ("MEMORY = 1_000_000_000", "MEMORY = 100_000_000", png(6000, 6000, grey(6000, 6000))),
        ("SECONDS = 20", "SECONDS = 3", scans(30_000)),
    ],
)
def test_what_takes_too_much_memory_or_time_is_refused(monkeypatch, tmp_path, limit, less, data):
    program = tmp_path / "program.py"
    source = pictures.PROGRAM.read_text()
    assert limit in source
    program.write_text(source.replace(limit, less))
    monkeypatch.setattr(pictures, "PROGRAM", program)
    assert not isinstance(cleaned("a.png", PNG), ValidationError)
    assert cleaned("bomb", data).code == "unreadable"


def test_a_program_that_perishes_refuses_the_picture(monkeypatch, tmp_path):
    program = tmp_path / "program.py"
    program.write_text("import os; os.abort()")
    monkeypatch.setattr(pictures, "PROGRAM", program)
    assert cleaned("a.png", PNG).code == "unreadable"


def test_a_picture_is_read_once_however_often_it_is_checked_and_saved(monkeypatch):
    upload = FIELD.clean(SimpleUploadedFile("a.png", PNG))
    refused = SimpleUploadedFile("a.tiff", picture("TIFF"))
    with pytest.raises(ValidationError):
        FIELD.clean(refused)
    monkeypatch.setattr(pictures.subprocess, "run", None)
    with pytest.raises(ValidationError):
        FIELD.clean(refused)
    event = EventFactory(cover=FIELD.clean(upload), cover_alt="会场")
    assert size_of(event.cover.path) == (event.cover_width, event.cover_height) == (60, 40)


def test_outside_the_desk_a_picture_is_checked_as_well(media):
    event = EventFactory(cover_alt="会场")
    with pytest.raises(ValidationError):
        event.cover.save("a.tiff", ContentFile(picture("TIFF")))
    with pytest.raises(ValidationError):
        EventFactory(cover=ContentFile(JPEG[:-100], "a.jpg"), cover_alt="会场")
    assert not list(media.rglob("*.*"))
    assert not Event.objects.get(pk=event.pk).cover


# What is kept


def test_a_large_picture_is_kept_at_its_widest_with_narrower_copies(media):
    event = EventFactory(cover_alt="会场")
    event.cover.save("hall.png", ContentFile(picture(size=(4000, 2000))))
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
    speaker.picture.save("face.png", ContentFile(picture(size=(80, 90))))
    assert (speaker.picture_width, speaker.picture_height) == (80, 90)
    assert len(list(media.rglob("*.webp"))) == 1
    assert speaker.picture.srcset == f"{speaker.picture.url} 80w"


def test_a_turned_photograph_stands_upright_and_tells_nothing_of_its_camera():
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turned by 90 degrees
    exif[0x010F] = "Camera"
    event = EventFactory(cover_alt="会场")
    event.cover.save("hall.jpg", ContentFile(picture("JPEG", (200, 100), exif=exif)))
    assert (event.cover_width, event.cover_height) == (100, 200)
    with Image.open(event.cover.path) as kept:
        assert kept.format == "WEBP"
        assert not kept.getexif()
    assert shade(event.cover.path, 50, 5) < 30  # what was left is above
    assert shade(event.cover.path, 50, 195) > 220


def test_a_picture_that_is_turned_by_half_is_turned_back():
    upload = cleaned("a.jpg", turned(3))
    webp = BytesIO(pictures.copies(upload, FIELD.widths)[0].webp)
    assert shade(webp, 2, 20) > 220


def test_sixteen_bits_are_not_made_white():
    upload = cleaned("a.png", SOUND["16 bits.png"][0])
    webp = BytesIO(pictures.copies(upload, FIELD.widths)[0].webp)
    assert shade(webp, 0, 0) < 50
    assert shade(webp, 1, 0) > 200


def test_a_page_places_a_picture_before_it_is_there(client):
    event = EventFactory(cover_alt="会场全景")
    event.cover.save("hall.png", ContentFile(picture(size=(3000, 1500))))
    page = client.get(event.get_absolute_url()).content.decode()
    tag = page.split('<img class="cover"')[1].split(">")[0]
    assert f'width="{event.cover_width}" height="{event.cover_height}"' in tag
    assert 'alt="会场全景"' in tag
    assert "srcset=" in tag


# Names


def paths_of(event, media):
    """The files that a page names for its cover."""
    return [media / entry.split()[0].removeprefix("/media/") for entry in
            event.cover.srcset.split(", ")]  # fmt: skip


def test_no_event_shows_another_ones_picture(media):
    dark, light = (
        ContentFile(png(700, 7, (b"\0" + shade * 700) * 7)) for shade in (b"\x10", b"\xf0")
    )
    other, event = (EventFactory(cover_alt="会场") for _ in range(2))
    other.cover.save("hall-640.png", dark)
    event.cover.save("hall.png", light)
    assert [shade(path, 5, 5) > 200 for path in paths_of(event, media)] == [True, True]
    assert [shade(path, 5, 5) > 200 for path in paths_of(other, media)] == [False, False]


def test_copies_follow_the_name_that_the_storage_gave(media, monkeypatch):
    class Renaming(FileSystemStorage):
        def get_available_name(self, name, max_length=None):
            return name if "-640" in name else f"{name.removesuffix('.webp')}_2.webp"

    monkeypatch.setattr(Event.cover.field, "storage", Renaming())
    event = EventFactory(cover_alt="会场")
    event.cover.save("hall.png", ContentFile(picture(size=(700, 7))))
    assert event.cover.name.endswith("_2.webp")
    assert [size_of(path) for path in paths_of(event, media)] == [(640, 6), (700, 7)]


def test_a_name_cannot_be_guessed():
    names = set()
    for _ in range(2):
        event = EventFactory(cover_alt="会场")
        event.cover.save("hall.png", ContentFile(PNG))
        names.add(event.cover.name)
        assert "hall" not in event.cover.name
        assert len(event.cover.name) > len("events/.webp") + 30
    assert len(names) == 2


def test_a_name_from_a_fixture_stays_as_it_is():
    event = EventFactory(cover="events/old.webp", cover_alt="会场", cover_width=1280)
    event.save()
    assert Event.objects.get(pk=event.pk).cover.srcset == (
        "/media/events/old-640.webp 640w, /media/events/old.webp 1280w"
    )


def test_a_picture_that_is_deleted_takes_its_copies_along_and_one_that_is_replaced_stays(media):
    event = EventFactory(cover_alt="会场")
    event.cover.save("hall.png", ContentFile(picture(size=(700, 7))))
    event.cover.save("hall.png", ContentFile(picture(size=(700, 7))))
    assert len(list(media.rglob("*.webp"))) == 4  # the history can bring back the first
    event.cover.delete()
    assert len(list(media.rglob("*.webp"))) == 2
