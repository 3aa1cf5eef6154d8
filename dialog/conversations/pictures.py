"""Pictures drawn anew: turned the right way up, made smaller, with nothing in them but pixels."""

import struct
import zlib
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms

from dialog.conversations import heic_reader
from dialog.conversations.heic_reader import LONGEST_SIDE, MOST_PIXELS

QUALITY = 85

JPEG, PNG, HEIC = "image/jpeg", "image/png", "image/heif"
_OPENED_AS = {JPEG: "JPEG", PNG: "PNG", "image/webp": "WEBP", HEIC: "PNG"}
_TOO_LARGE = (
    Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError,
    heic_reader.TooLarge,
)  # fmt: skip
_NOT_SMOOTH = ("1", "P", "PA")  # cannot be made smaller as they are
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_QUARTERS = {
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}
# What the decoders say of a file that is cut, twisted, or made to break them.
_BROKEN = (
    OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, AttributeError, EOFError,
    ArithmeticError, RuntimeError, NotImplementedError, struct.error, zlib.error,
)  # fmt: skip


class NotDrawable(Exception):
    """A picture that cannot be used; the sentence says why."""


def drawn_anew(
    data: bytes, media_type: str, most_bytes: int, *, turned: int = 0
) -> tuple[str, bytes]:
    """A picture's kind and bytes, drawn from its pixels and from nothing else; turned so many
    quarters clockwise.

    A PNG stays one, because it is often a page of text; every other picture becomes a JPEG, which
    all record systems can show.
    """
    try:
        seen = heic_reader.as_png(data) if media_type == HEIC else data
        pixels = _turned(_pixels(seen, _OPENED_AS[media_type]), turned)
    except _TOO_LARGE as error:
        raise _too_large() from error
    except _BROKEN as error:
        raise NotDrawable(_("Bildet er skadet. Ta det på nytt, eller velg et annet.")) from error
    if media_type == PNG:
        encoded = _encoded(pixels, "PNG")
        if len(encoded) <= most_bytes:
            return PNG, encoded
    return JPEG, _encoded(_on_white(pixels), "JPEG", quality=QUALITY, optimize=True)


def _pixels(data: bytes, opened_as: str) -> Image.Image:
    with Image.open(BytesIO(data), formats=[opened_as]) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise _too_large()
        profile = picture.info.get("icc_profile")
        orientation = _orientation(picture)
        smooth = _in_plain_colours(picture, None) if picture.mode in _NOT_SMOOTH else picture
        smooth.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        coloured = _in_plain_colours(smooth, profile)
    bare = Image.new(coloured.mode, coloured.size)
    bare.paste(coloured)
    return bare.transpose(_TURNS[orientation]) if orientation in _TURNS else bare


def _turned(picture: Image.Image, quarters: int) -> Image.Image:
    turn = _QUARTERS.get(quarters % 4)
    return picture if turn is None else picture.transpose(turn)


def _orientation(picture: Image.Image) -> int:
    """How the phone was held; a phone that says it badly was held upright."""
    try:
        return int(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except _BROKEN:
        return 1


def _in_plain_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The same colours as numbers every screen reads alike; skin should look like skin."""
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I").point(lambda depth: depth / 256)
    transparent = picture.mode in ("LA", "PA", "RGBA", "RGBa") or "transparency" in picture.info
    if profile and picture.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            plain = ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(picture, source, plain, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            found = None  # a profile nobody can read is as good as none
        if found is not None:
            return found
    return picture.convert("RGBA" if transparent else "RGB")


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _encoded(picture: Image.Image, written_as: str, **options: object) -> bytes:
    written = BytesIO()
    picture.save(written, written_as, **options)
    return written.getvalue()


def _too_large() -> NotDrawable:
    sentence = _(
        "Bildet har for mange bildepunkter (mer enn %(number)d millioner). "
        "Velg en lavere oppløsning i kameraet, eller send et skjermbilde av det."
    )
    return NotDrawable(sentence % {"number": MOST_PIXELS // 1_000_000})
