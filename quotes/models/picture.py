"""Pictures: read whole and scaled when they are uploaded, with what a page needs to place them."""

import json
import secrets
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _

PROGRAM = Path(__file__).with_name("webp_copies.py")
MAX_BYTES = 20_000_000  # of a file: a photograph of 40 megapixels in the best quality has less
ACCEPT = "image/jpeg,image/png,image/webp,image/gif,image/avif,image/heic"
TAKEN = _("JPEG, PNG, WebP, GIF, AVIF or HEIC, at most 20 MB and 40 megapixels.")
CHOOSE_AGAIN = _("Choose the picture again: it is not kept while the form has errors.")
REFUSALS = {
    "bytes": _("This file is larger than 20 MB. Make it smaller and choose it again."),
    "kind": _(
        "This is no JPEG, PNG, WebP, GIF, AVIF or HEIC, or its beginning is damaged. "
        "Export the picture as JPEG and choose that."
    ),
    "pixels": _(
        "This picture has %(width)d × %(height)d pixels, more than 40 million in all. "
        "Make it smaller and choose it again."
    ),
    "unreadable": _(
        "This picture cannot be read to its end: it is damaged, cut off, or takes too long. "
        "Export it anew as JPEG and choose that."
    ),
}


class Copy(NamedTuple):
    """A picture at one width."""

    width: int
    height: int
    webp: bytes


def copies(content: File, widths: tuple[int, ...]) -> list[Copy]:
    """WebP copies of an uploaded picture, the widest first; see webp_copies.py.

    They are made once and kept on `content`. Raises ValidationError if it is not taken.
    """
    if not hasattr(content, "picture"):
        content.picture = _read(content, widths)
    if refused := content.picture.get("refused"):
        raise ValidationError(REFUSALS[refused], code=refused, params=content.picture)
    return content.picture["copies"]


def _read(content: File, widths: tuple[int, ...]) -> dict:
    """What webp_copies.py answers; a picture that it perished of is unreadable."""
    if content.size > MAX_BYTES:
        return {"refused": "bytes"}
    content.open()
    run = subprocess.run(  # noqa: S603 - our own program; of the upload it gets only the content
        [sys.executable, "-I", "-W", "ignore", PROGRAM, *map(str, widths)],
        input=content.read(),
        stdout=subprocess.PIPE,
        check=False,
    )
    if run.returncode:
        return {"refused": "unreadable"}
    answer = json.loads(run.stdout)
    made = [
        Copy(width, height, b64decode(webp)) for width, height, webp in answer.get("copies", ())
    ]
    return answer | {"copies": made}


class PictureFile(ImageFieldFile):
    """An uploaded picture and its narrower copies."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Store the copies of `content` under a name that nobody can guess; `name` is not used.

        Raises ValidationError if it is not taken.
        """
        widest, *narrower = copies(content, self.field.widths)
        setattr(self.instance, f"{self.field.name}_width", widest.width)
        setattr(self.instance, f"{self.field.name}_height", widest.height)
        super().save(f"{secrets.token_hex(16)}.webp", ContentFile(widest.webp), save=False)
        for copy in narrower:
            self.storage.save(self._copy(copy.width), ContentFile(copy.webp))
        if save:
            self.instance.save()

    def delete(self, save: bool = True) -> None:
        """Remove the picture and its copies."""
        for width in self._narrower():
            self.storage.delete(self._copy(width))
        super().delete(save)

    def _copy(self, width: int) -> str:
        """Name of the copy of that width."""
        return f"{self.name.removesuffix('.webp')}-{width}.webp"

    def _narrower(self) -> list[int]:
        """The widths of its narrower copies; none if it was not measured."""
        width = getattr(self.instance, f"{self.field.name}_width") or 0
        return [narrower for narrower in self.field.widths if narrower < width]

    @property
    def srcset(self) -> str:
        """The copies and the picture with their widths, as HTML has them; "" if not measured."""
        width = getattr(self.instance, f"{self.field.name}_width")
        if width is None:
            return ""
        narrower = [f"{self.storage.url(self._copy(w))} {w}w" for w in self._narrower()]
        return ", ".join([*narrower, f"{self.url} {width}w"])


class BoundPicture(forms.BoundField):
    """A picture field of a form."""

    @property
    def errors(self) -> ErrorList:
        """What is wrong with it; in a form that comes back also that browsers keep no file."""
        errors = super().errors
        if errors or not (self.form.is_bound and self.data):
            return errors
        return self.form.error_class([CHOOSE_AGAIN], renderer=self.form.renderer)


class PictureFormField(forms.FileField):
    """An upload of a picture, told by its content and not by its name."""

    bound_field_class = BoundPicture

    def __init__(self, *, widths: tuple[int, ...], **kwargs):
        self.widths = widths
        super().__init__(**kwargs)

    def to_python(self, data: File | None) -> File | None:
        """The upload with its copies made; raises ValidationError if it is not taken."""
        upload = super().to_python(data)
        if upload:
            copies(upload, self.widths)
        return upload

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        """Also what the browser offers to choose."""
        return super().widget_attrs(widget) | {"accept": ACCEPT}


class PictureField(models.ImageField):
    """A picture, kept in at most these `widths` (pixels, ascending).

    Its size is kept in two columns named after it: cover_width and cover_height for cover. They
    are filled on upload, so that loading rows or fixtures needs no file.
    """

    attr_class = PictureFile

    def __init__(self, *args, widths: tuple[int, ...] = (), **kwargs):
        self.widths = widths
        super().__init__(*args, **kwargs)

    def names_of(self, path: str) -> list[str]:
        """What a picture can be called, of which a file of that name is the whole or a copy."""
        stems = [path.removesuffix(f"-{width}.webp") for width in self.widths]
        return [path, *(name for s in stems if s not in ("", path) for name in (s, f"{s}.webp"))]

    def formfield(self, **kwargs) -> forms.Field:
        """A field that takes pictures; names may be of any length, for they are not kept."""
        ours = {"form_class": PictureFormField, "widths": self.widths}
        return super().formfield(**ours | {"help_text": TAKEN, "max_length": None} | kwargs)
