"""Uploaded pictures are served by the app."""

import pytest

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    return settings.MEDIA_ROOT


def test_a_picture_is_served_and_what_is_not_there_is_not_found(client, media):
    (media / "a.png").write_bytes(PIXEL)
    response = client.get("/media/a.png")
    assert b"".join(response.streaming_content) == PIXEL
    assert response.headers["Content-Type"] == "image/png"
    assert client.get("/media/b.png").status_code == 404


@pytest.mark.parametrize(
    "path", ["../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "/", "", "%00"]
)
def test_nothing_beside_the_folder_is_served(client, path):
    assert client.get(f"/media/{path}").status_code in (400, 404)
