"""A picture of any kind that is taken -> upright WebP copies, as a program of its own.

    python webp_copies.py WIDTH … < picture > answer.json

What a picture costs is known only when it has been decoded: an AVIF's header may tell a smaller
size than its frame has, and a JPEG of 20 MB may pass 300,000 times over its 40 megapixels. So it
is decoded in a process of its own whose memory and time the system bounds, and which takes nobody
along when a decoder fails. Nothing of the site is imported here.
"""

import json
import resource
import signal
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import BinaryIO

import pillow_heif
from PIL import AvifImagePlugin, Image, ImageOps, UnidentifiedImageError

FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF"]
MAX_PIXELS = 40_000_000  # beyond what nearly all telephones and cameras take
TALLEST = 4096  # pixels: some screens; WebP itself ends at 16,383
QUALITY = 82  # of WebP: beyond it files grow faster than anybody sees a difference
MEMORY = 1_000_000_000  # bytes: the dearest, a WebP of MAX_PIXELS, takes 780 million
SECONDS = 20  # the dearest takes 3; gunicorn ends a worker after 30


def answer(file: BinaryIO, widths: list[int]) -> dict:
    """The copies of a picture, or why there are none.

    {"copies": [[width, height, WebP in base64], …]}, the widest first, or {"refused": "kind",
    "pixels" (with "width" and "height") or "unreadable"}.
    """
    Image.MAX_IMAGE_PIXELS = None  # asked here, for less
    try:
        with Image.open(file, formats=FORMATS) as original:
            width, height = original.size
            if width * height > MAX_PIXELS:
                return {"refused": "pixels", "width": width, "height": height}
            return {"copies": list(_copies(_upright(original), widths))}
    except UnidentifiedImageError:
        return {"refused": "kind"}
    except Exception:  # whatever a decoder makes of broken or hostile bytes
        return {"refused": "unreadable"}


def _upright(original: Image.Image) -> Image.Image:
    """The picture, or the first of several, at most TALLEST either way, as it is to be seen."""
    original.load()
    if original.mode.startswith("I;16"):  # converting it as it is makes nearly everything white
        original = original.point(lambda value: value * (1 / 256), "L")
    mode = "RGBA" if original.has_transparency_data else "RGB"
    picture = original if original.mode == mode else original.convert(mode)
    picture.thumbnail((TALLEST, TALLEST))
    with suppress(Exception):  # broken notes of a camera make no broken picture
        ImageOps.exif_transpose(picture, in_place=True)
    return picture


def _copies(picture: Image.Image, widths: list[int]) -> Iterator[tuple[int, int, str]]:
    """The picture at most as wide as the last of `widths`, and at each of them that it surpasses.

    It is scaled down on the way.
    """
    *narrower, widest = widths
    for width in [widest, *reversed(narrower)]:
        if width < picture.width or width == widest:
            picture.thumbnail((width, TALLEST))
            webp = BytesIO()
            picture.save(webp, "WEBP", quality=QUALITY)
            yield *picture.size, b64encode(webp.getvalue()).decode()


def main() -> None:
    """Answer for the picture on standard input."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    signal.alarm(SECONDS)  # ends this process, also in the midst of a decoder
    # Decoders would make a thread for each core, with a stack that counts.
    AvifImagePlugin.DEFAULT_MAX_THREADS = pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener()
    widths = [int(width) for width in sys.argv[1:]]
    json.dump(answer(BytesIO(sys.stdin.buffer.read()), widths), sys.stdout)


if __name__ == "__main__":
    main()
