"""Pictures: scaled when they are uploaded, with what a page needs to place them at once."""

from io import BytesIO

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from PIL import Image, ImageOps

QUALITY = 82  # of WebP: beyond it files grow faster than anybody sees a difference


class PictureFile(ImageFieldFile):
    """An uploaded picture and its narrower copies."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Store `content` as WebP, upright, without metadata, at most as wide as the field says.

        A narrower copy is kept beside it for each width that it surpasses.
        """
        with Image.open(content) as original:
            upright = ImageOps.exif_transpose(original)
            picture = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        *narrower, widest = self.field.widths
        picture.thumbnail((widest, picture.height))
        setattr(self.instance, f"{self.field.name}_width", picture.width)
        setattr(self.instance, f"{self.field.name}_height", picture.height)
        super().save(f"{name.rpartition('.')[0] or name}.webp", _webp(picture), save)
        for width in reversed(narrower):
            if width < picture.width:
                picture.thumbnail((width, picture.height))
                self.storage.save(self._copy(width), _webp(picture))

    def _copy(self, width: int) -> str:
        """Name of the copy of that width."""
        return f"{self.name.removesuffix('.webp')}-{width}.webp"

    @property
    def srcset(self) -> str:
        """The copies and the picture with their widths, as HTML has them; "" if not measured."""
        width = getattr(self.instance, f"{self.field.name}_width")
        if width is None:
            return ""
        copies = [
            f"{self.storage.url(self._copy(narrower))} {narrower}w"
            for narrower in self.field.widths
            if narrower < width
        ]
        return ", ".join([*copies, f"{self.url} {width}w"])


class PictureField(models.ImageField):
    """A picture, kept in at most these `widths` (pixels, ascending).

    Its size is kept in two columns named after it: cover_width and cover_height for cover. They
    are filled on upload, so that loading rows or fixtures needs no file.
    """

    attr_class = PictureFile

    def __init__(self, *args, widths: tuple[int, ...] = (), **kwargs):
        self.widths = widths
        super().__init__(*args, **kwargs)


def _webp(picture: Image.Image) -> ContentFile:
    """`picture` as a WebP file."""
    file = BytesIO()
    picture.save(file, "WEBP", quality=QUALITY)
    return ContentFile(file.getvalue())
