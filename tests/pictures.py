"""Pictures of every kind, sound, odd, broken and hostile; each is small and quickly made.

`SOUND` has the size at which a picture is kept at most 1,280 pixels wide; `REFUSED` why not.
"""

import os
import struct
import zlib
from io import BytesIO

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def picture(kind="PNG", size=(60, 40), mode="RGB", **options):
    """A picture whose left half is dark and whose right half is light, written by Pillow."""
    image = Image.linear_gradient("L").rotate(90).resize(size).convert(mode)
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def animated(kind, count=3):
    frames = [Image.new("RGB", (60, 40), (80 * n, 0, 0)) for n in range(count)]
    file = BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])
    return file.getvalue()


def turned(orientation, size=(60, 40), kind="JPEG"):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return picture(kind, size, exif=exif)


def chunk(name, data, crc=None):
    crc = zlib.crc32(name + data) if crc is None else crc
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)


def png(width, height, rows, *before, depth=8, colour=0, interlace=0, end=True):
    """A PNG by hand; `rows` are its bytes with their filters, `before` chunks before them."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    chunks = [chunk(b"IHDR", header), *before, chunk(b"IDAT", zlib.compress(rows))]
    return SIGNATURE + b"".join([*chunks, chunk(b"IEND", b"") if end else b""])


def grey(width, height):
    return (b"\0" + b"\x80" * width) * height


def with_header(data, at, layout, *values):
    """The file with other numbers at that place."""
    new = struct.pack(layout, *values)
    return data[:at] + new + data[at + len(new) :]


def with_size(data, width, height):
    """An AVIF or HEIC whose header tells that size."""
    return with_header(data, data.index(b"ispe") + 8, ">II", width, height)


def with_jpeg_size(data, width, height):
    return with_header(data, data.index(b"\xff\xc0") + 5, ">HH", height, width)


def scans(count):
    """A progressive JPEG of 1,000 × 1,000 that passes over all of it so often."""
    file = BytesIO()
    Image.new("L", (1000, 1000)).save(file, "JPEG", progressive=True)
    data = file.getvalue()
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * count + data[-2:]


def psd():
    return b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, 10, 10, 8, 3) + bytes(400)


JPEG, PNG, GIF, WEBP, AVIF, HEIC = map(picture, ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF"])
LARGE = {kind: picture(kind, (500, 300)) for kind in ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF"]}
BOMB = zlib.compress(bytes(50_000_000), 9)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n"
PLAIN = (60, 40)

SOUND = {
    "a.jpg": (JPEG, PLAIN),
    "a.png": (PNG, PLAIN),
    "a.gif": (GIF, PLAIN),
    "a.webp": (WEBP, PLAIN),
    "a.avif": (AVIF, PLAIN),
    "a.heic": (HEIC, PLAIN),
    "a PNG called.txt": (PNG, PLAIN),
    "a JPEG called.png": (JPEG, PLAIN),
    "no extension": (PNG, PLAIN),
    "长" * 300 + ".png": (PNG, PLAIN),
    "progressive.jpg": (picture("JPEG", (700, 500), progressive=True), (700, 500)),
    "cmyk.jpg": (picture("JPEG", mode="CMYK"), PLAIN),
    "grey.jpg": (picture("JPEG", mode="L"), PLAIN),
    "two pictures.mpo": (animated("MPO", 2), PLAIN),
    "bytes after.jpg": (JPEG + os.urandom(5000), PLAIN),
    "broken exif.jpg": (picture("JPEG", exif=b"Exif\0\0nothing that makes sense"), PLAIN),
    "half an exif.jpg": (picture("JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01"), PLAIN),
    "orientation 99.jpg": (turned(99), PLAIN),
    **{f"orientation {n}.jpg": (turned(n), PLAIN) for n in (2, 3, 4)},
    **{f"orientation {n}.jpg": (turned(n), PLAIN[::-1]) for n in (5, 6, 7, 8)},
    "turned.png": (turned(6, kind="PNG"), PLAIN[::-1]),
    "turned.webp": (turned(6, kind="WEBP"), PLAIN[::-1]),
    "turned and wide.jpg": (turned(6, (300, 2000)), (1280, 192)),
    "transparent.png": (picture(mode="LA"), PLAIN),
    "rgba.png": (picture(mode="RGBA"), PLAIN),
    "palette.png": (picture(mode="P", transparency=0), PLAIN),
    "colour key.png": (picture(transparency=(0, 0, 0)), PLAIN),
    "one bit.png": (picture(mode="1"), PLAIN),
    "16 bits.png": (png(2, 1, b"\0\x10\0\xf0\0", depth=16), (2, 1)),
    "16 bits, key.png": (png(2, 1, b"\0\x10\0\xf0\0", chunk(b"tRNS", b"\xf0\0"), depth=16), (2, 1)),
    "48 bits.png": (png(1, 1, b"\0" + b"\x80\0" * 3, depth=16, colour=2), (1, 1)),
    "one pixel.png": (picture(size=(1, 1)), (1, 1)),
    "interlaced.png": (png(1, 1, b"\0\x80", interlace=1), (1, 1)),
    "without end.png": (png(60, 40, grey(60, 40), end=False), PLAIN),
    "bytes after.png": (PNG + os.urandom(5000), PLAIN),
    "animated.png": (animated("PNG"), PLAIN),
    "animated.gif": (animated("GIF", 50), PLAIN),
    "animated.webp": (animated("WEBP"), PLAIN),
    "animated.avif": (animated("AVIF"), PLAIN),
    "lossless.webp": (picture("WEBP", mode="RGBA", lossless=True), PLAIN),
    "transparent.heic": (picture("HEIF", mode="RGBA"), PLAIN),
    "screenshot.png": (picture(size=(1080, 17000), mode="L"), (260, 4096)),
    "line.png": (png(1, 40_000, grey(1, 40_000)), (1, 4096)),
    "horizon.png": (png(40_000, 1, grey(40_000, 1)), (1280, 1)),
    "wide.jpg": (picture("JPEG", (2600, 1300)), (1280, 640)),
}

REFUSED = {
    "large.png": (PNG + bytes(20_000_000), "bytes"),
    **{
        f"a.{kind.lower()}": (picture(kind), "kind")
        for kind in ["TIFF", "BMP", "ICO", "PPM", "TGA", "PCX", "SGI", "ICNS", "JPEG2000", "DDS"]
    },
    "a.pdf": (picture("PDF"), "kind"),
    "a.psd": (psd(), "kind"),
    "a.eps": (EPS, "kind"),
    "EPS called.jpg": (EPS, "kind"),
    "TIFF called.png": (picture("TIFF"), "kind"),
    "a.svg": (SVG, "kind"),
    "page.png": (b"<!doctype html><script>alert(1)</script>", "kind"),
    "archive.jpg": (b"PK\x03\x04" + bytes(100), "kind"),
    "noise.jpg": (os.urandom(3000), "kind"),
    "zeros.png": (bytes(3000), "kind"),
    "beginning only.png": (SIGNATURE, "kind"),
    "no frame.webp": (b"RIFF\x04\0\0\0WEBP", "kind"),
    "sound.webp": (b"RIFF\x24\0\0\0WAVEfmt " + bytes(30), "kind"),
    "of no size.png": (png(0, 0, b""), "kind"),
    "of no size.jpg": (with_jpeg_size(JPEG, 0, 0), "kind"),
    "13,000 wide.png": (png(13_000, 13_000, b""), "pixels"),
    "all there is.png": (png(2**31 - 1, 2**31 - 1, b""), "pixels"),
    "one too many.png": (png(40_000_001, 1, b""), "pixels"),
    "60,000 wide.gif": (with_header(GIF, 6, "<HH", 60_000, 60_000), "pixels"),
    "60,000 wide.jpg": (with_jpeg_size(JPEG, 60_000, 60_000), "pixels"),
    "16,000 wide.avif": (with_size(AVIF, 16_000, 16_000), "pixels"),
    "16,000 wide.heic": (with_size(HEIC, 16_000, 16_000), "unreadable"),
    **{
        f"cut off.{kind.lower()}": (LARGE[kind][: len(LARGE[kind]) // 2], reason)
        for kind, reason in {
            "JPEG": "unreadable",
            "PNG": "unreadable",
            "GIF": "unreadable",
            "WEBP": "unreadable",
            "AVIF": "kind",
            "HEIF": "kind",
        }.items()
    },
    "header too small.png": (png(10, 10, grey(60, 40)), "unreadable"),
    "header too large.png": (png(600, 400, grey(60, 40)), "unreadable"),
    "header too small.heic": (with_size(LARGE["HEIF"], 8, 8), "unreadable"),
    "wrong sum.png": (SIGNATURE + chunk(b"IHDR", bytes(13), crc=1), "kind"),
    "text of 50 MB.png": (
        png(1, 1, b"\0\0", chunk(b"zTXt", b"Comment\0\0" + BOMB)),
        "unreadable",
    ),
    "profile of 50 MB.png": (
        png(1, 1, b"\0\0", chunk(b"iCCP", b"icc\0\0" + BOMB)),
        "unreadable",
    ),
    "no quantisation.jpg": (JPEG.replace(b"\xff\xdb", b"\xff\xfe"), "unreadable"),
    "frame of noise.webp": (WEBP[:20] + os.urandom(len(WEBP) - 20), "unreadable"),
    "rows of noise.png": (SIGNATURE + PNG[8:33] + chunk(b"IDAT", os.urandom(500)), "unreadable"),
    "no frame.gif": (GIF[:13] + b";", "kind"),
}
