"""Pictures at the desk: taken, or refused beside their field with everything else kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import html

from quotes.models import Event, Speaker
from quotes.models.picture import ACCEPT
from tests.admin.forms import opened
from tests.factories import SpeakerFactory
from tests.pictures import HEIC, PNG, REFUSED, SOUND

AGAIN = "请重新选择图片"
ADD_EVENT = reverse("admin:quotes_event_add")
ADD_SPEAKER = reverse("admin:quotes_speaker_add")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def post(client, address, picture, **values):
    """What the form answers when it is posted with that file; `picture`: (field, name, data)."""
    field, *file = picture
    kept = opened(client.get(address))
    files = {field: SimpleUploadedFile(*file), f"{field}_alt": "全景"}
    return client.post(address, kept | files | values)


def beside(response, field):
    """What the page says beside that field."""
    page = html.fromstring(response.content.decode())
    (row,) = page.xpath(f"//div[contains(concat(@class, ' '), ' field-{field} ')]")
    return "".join(row.xpath(".//ul[contains(@class, 'errorlist')]//text()"))


def event_post(client, name, data, **values):
    values = {"name": "峰会", "start_date": "2026-01-10"} | values
    return post(client, ADD_EVENT, ("cover", name, data), **values)


@pytest.mark.parametrize(
    "name",
    ["13,000 wide.png", "cut off.jpeg", "cut off.gif", "a.eps", "EPS called.jpg", "a.tiff", "a.bmp",
     "header too small.png", "text of 50 MB.png", "large.png", "60,000 wide.jpg"],
)  # fmt: skip
def test_what_is_no_sound_picture_is_refused_beside_the_field(admin_client, media, name):
    response = event_post(admin_client, name, REFUSED[name][0])
    assert response.status_code == 200
    assert beside(response, "cover").endswith("。")
    assert AGAIN not in beside(response, "cover")
    assert opened(response)["name"] == "峰会"
    assert not Event.objects.exists()
    assert not list(media.rglob("*.*"))


@pytest.mark.parametrize("name", ["a.heic", "screenshot.png", "a PNG called.txt", "cmyk.jpg"])
def test_a_sound_picture_is_taken(admin_client, name):
    assert event_post(admin_client, name, SOUND[name][0]).status_code == 302
    event = Event.objects.get()
    assert (event.cover_width, event.cover_height) == SOUND[name][1]
    assert event.cover.storage.exists(event.cover.name)


def test_no_file_and_an_empty_one_are_refused_in_words_that_everybody_knows(admin_client):
    assert "空" in beside(event_post(admin_client, "a.png", b""), "cover")


@pytest.mark.parametrize(
    "error",
    [
        {"start_date": ""},
        {"cover_alt": ""},
        {"coverages-0-source": "x", "coverages-TOTAL_FORMS": "1"},
    ],
)
def test_a_form_with_errors_says_that_the_picture_has_to_be_chosen_again(
    admin_client, media, error
):
    response = event_post(admin_client, "a.png", PNG, **error)
    assert response.status_code == 200
    assert AGAIN in beside(response, "cover")
    assert not list(media.rglob("*.*"))


def test_a_form_without_a_new_picture_says_nothing_of_it(admin_client):
    speaker = SpeakerFactory(picture="speakers/a.webp", picture_alt="甲")
    address = reverse("admin:quotes_speaker_change", args=[speaker.pk])
    page = admin_client.get(address)
    assert beside(page, "picture") == ""
    assert ACCEPT in page.content.decode()
    response = admin_client.post(address, opened(page) | {"name": ""})
    assert "必填" in beside(response, "name")
    assert beside(response, "picture") == ""


def test_a_speaker_gets_a_picture_and_loses_it_again(admin_client):
    values, picture = {"name": "嘉宾", "slug": "guest"}, ("picture", "a.heic", HEIC)
    assert post(admin_client, ADD_SPEAKER, picture, **values).status_code == 302
    speaker = Speaker.objects.get()
    address = reverse("admin:quotes_speaker_change", args=[speaker.pk])
    form = opened(admin_client.get(address)) | {"picture-clear": "on", "picture_alt": ""}
    assert admin_client.post(address, form).status_code == 302
    assert not Speaker.objects.get().picture
    assert speaker.picture.storage.exists(speaker.picture.name)  # the history can bring it back


def test_a_picture_and_the_wish_to_have_none_contradict(admin_client):
    speaker = SpeakerFactory(picture="speakers/a.webp", picture_alt="甲")
    address = reverse("admin:quotes_speaker_change", args=[speaker.pk])
    response = post(admin_client, address, ("picture", "a.png", PNG), **{"picture-clear": "on"})
    assert response.status_code == 200
    assert beside(response, "picture")
    assert Speaker.objects.get().picture == "speakers/a.webp"
