"""Static files in production, and what browsers ask for at the root."""

import io
import json
import re
from pathlib import Path

import pytest
from django.conf import settings as project
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from PIL import Image

STYLES = project.BASE_DIR / "static" / "css"


@pytest.fixture
def collect(settings, tmp_path):
    """A function that collects the static files of a folder as in production: styles by name."""
    storage = "summit.static_files.MinifiedCompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": storage}}
    settings.STATIC_ROOT = tmp_path / "collected"

    def collect(folder):
        settings.STATICFILES_DIRS = [folder]
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
        return lambda name: (
            settings.STATIC_ROOT / staticfiles_storage.stored_name(name)
        ).read_text()

    return collect


def test_the_readers_styles_are_one_small_file(collect):
    css = collect(project.BASE_DIR / "static")("css/site.css")
    assert "@import" not in css
    assert "/*" not in css
    assert css.index("@layer tokens") < css.index("--paper:") < css.index(".facet")
    assert len(css) < sum(file.stat().st_size for file in STYLES.glob("[bpt]a*.css"))


def test_a_change_of_an_imported_file_reaches_the_next_collection(collect, tmp_path):
    styles = tmp_path / "static" / "css"
    styles.mkdir(parents=True)
    (styles / "site.css").write_text('@import "/static/css/base.css";\np { margin: 0; }')
    (styles / "base.css").write_text("a { color: red; }")
    assert collect(styles.parent)("css/site.css") == "a{color:red}p{margin:0}"
    (styles / "base.css").write_text("a { color: blue; }")
    assert collect(styles.parent)("css/site.css") == "a{color:blue}p{margin:0}"


def test_weights_are_those_that_chinese_system_fonts_have():
    for file in STYLES.glob("*.css"):
        weights = re.findall(r"(?:weight:|font:|--\w+:) (\d00)\b", file.read_text())
        assert set(weights) <= {"300", "400", "600"}, file.name


def test_browsers_find_icons_and_the_manifest_at_the_root(client):
    def get(path):
        response = client.get(path)
        assert response.status_code == 200, path
        return response, b"".join(response)

    manifest = json.loads(get("/manifest.json")[1])
    assert manifest["name"]
    icons = [(icon["src"], icon["sizes"]) for icon in manifest["icons"]]
    for path, size in [*icons, ("/apple-touch-icon.png", "180x180"), ("/favicon.ico", "48x48")]:
        response, body = get(path)
        assert response.headers["Content-Type"].startswith("image/")
        image = Image.open(io.BytesIO(body))
        assert f"{image.width}x{image.height}" == size
        assert len(image.convert("RGB").getcolors(10_000)) > 1


def test_pages_name_the_icons_and_the_policy_lets_them_load(client, db):
    response = client.get("/about/")
    page = response.content.decode()
    for link in ('rel="icon"', 'rel="apple-touch-icon"', 'rel="manifest"'):
        path = re.search(rf'<link {link} href="([^"]+)"', page)[1]
        assert path.startswith("/")
        file = path.removeprefix("/static/") if path.startswith("/static/") else path[1:]
        assert (Path(project.BASE_DIR / "static" / file)).exists() or (
            project.WHITENOISE_ROOT / file
        ).exists()
    policy = response.headers["Content-Security-Policy"]
    assert "manifest-src 'self'" in policy
    assert "img-src 'self'" in policy
