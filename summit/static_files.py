"""Static files in production: hashed and compressed, the readers' styles in one small file."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from rcssmin import cssmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = "css/"
IMPORT = re.compile(rf'@import "{settings.STATIC_URL}([^"]+)";')


class MinifiedCompressedManifestStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's, with styles of ours minified, and in place of an import what it imports."""

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], dry_run: bool = False, **options
    ) -> Iterator[tuple[str, str, bool]]:
        """Hash and compress the files at `paths`: name -> (where it comes from, its path there)."""
        styles = InMemoryStorage()
        for name in [name for name in paths if name.startswith(OURS)]:
            styles.save(name, ContentFile(cssmin(_whole(*paths[name])).encode()))
            paths[name] = (styles, name)
        yield from super().post_process(paths, dry_run, **options)


def _whole(storage: Storage, path: str) -> str:
    """A style sheet with what it imports."""
    with storage.open(path) as file:
        text = file.read().decode()
    return IMPORT.sub(lambda found: _whole(storage, found[1]), text)
