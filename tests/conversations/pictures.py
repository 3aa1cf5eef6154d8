"""Pictures as phones and programs write them, and what must be left of them."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image

from dialog.conversations.files import CleanFile, clean
from dialog.errors import InvalidInput

# A tiny picture in a phone's format, 64 by 48, held sideways, with a position (Oslo) inside: made
# once with an encoder, which is not among our dependencies.
HEIC = (Path(__file__).parent / "files" / "photo.heic").read_bytes()
RED, BLUE = (200, 30, 30), (30, 30, 200)
SECRET = b"59 grader nord"


def half_and_half(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    return picture.convert(mode)


def written(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    data = Image.Exif()
    data[ExifTags.Base.Make] = "Telefonmaker"
    data[ExifTags.Base.ImageDescription] = SECRET.decode()
    data[ExifTags.Base.Orientation] = orientation
    position = data.get_ifd(ExifTags.IFD.GPSInfo)
    position[ExifTags.GPS.GPSLatitudeRef] = "N"
    position[ExifTags.GPS.GPSLatitude] = (59.0, 54.0, 0.0)
    return data


def opened(file: CleanFile) -> Image.Image:
    return Image.open(BytesIO(file.data))


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        clean(name, data)
    assert refused.value.field == "files"
    return str(refused.value.sentence)


def png_chunk(kind: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)


def near(picture: Image.Image, at: tuple[int, int], colour: tuple[int, ...]) -> bool:
    found = picture.convert("RGB").crop((*at, at[0] + 1, at[1] + 1)).tobytes()
    return all(abs(a - b) < 25 for a, b in zip(found, colour, strict=True))


def assert_bare(file: CleanFile) -> None:
    picture = opened(file)
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
