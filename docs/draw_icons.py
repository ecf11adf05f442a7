"""Draw the site's icons, the corner marks on paper: writes icons/*.png and icons/favicon.ico.

    .venv/bin/python docs/draw_icons.py

The same marks as static/icon.svg, which most browsers take; run it again after a change there.
"""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent.parent / "icons"
PAPER, ZHU = "#fcfcfa", "#b5301b"
GRID = 32  # of the drawing, as in static/icon.svg
OPENING = [(4, 3, 18, 7), (4, 3, 8, 18)]
CLOSING = [(14, 25, 28, 29), (24, 14, 28, 29)]
PNGS = {"apple-touch-icon": 180, "icon-192": 192, "icon-512": 512}
ICO_SIZES = [(16, 16), (32, 32), (48, 48)]


def marks(size: int, margin: float) -> Image.Image:
    """The marks on a square of paper, `margin` of its side left free on each side."""
    icon = Image.new("RGB", (size, size), PAPER)
    draw = ImageDraw.Draw(icon)
    scale = size * (1 - 2 * margin) / GRID
    for box in OPENING + CLOSING:
        left, top, right, bottom = (round(size * margin + edge * scale) for edge in box)
        draw.rectangle((left, top, right - 1, bottom - 1), ZHU)
    return icon


for name, side in PNGS.items():
    marks(side, 0.16).save(FOLDER / f"{name}.png", optimize=True)
marks(96, 0).save(FOLDER / "favicon.ico", sizes=ICO_SIZES)
