"""Pictures drawn anew: what comes through, what is left behind, and which are refused."""

import struct
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from dialog.conversations import files, heic_reader
from dialog.conversations.files import clean
from dialog.errors import InvalidInput
from tests.conversations.pictures import (
    BLUE,
    HEIC,
    RED,
    SECRET,
    assert_bare,
    exif,
    half_and_half,
    near,
    opened,
    png_chunk,
    refusal,
    written,
)


class TestPictures:
    @pytest.mark.parametrize(
        ("kind", "media_type", "name"),
        [
            ("JPEG", "image/jpeg", "utslett.jpg"),
            ("PNG", "image/png", "utslett.png"),
            ("WEBP", "image/jpeg", "utslett.jpg"),
        ],
    )
    def test_each_kind_comes_through_as_one_that_all_can_show(
        self, kind: str, media_type: str, name: str
    ) -> None:
        found = clean("utslett.xyz", written(half_and_half(), kind))

        assert (found.name, found.media_type) == (name, media_type)
        assert opened(found).size == (64, 48)

    def test_a_phones_own_format_becomes_an_upright_jpeg(self) -> None:
        found = clean("IMG_0001.HEIC", HEIC)

        picture = opened(found)
        assert (found.name, found.media_type) == ("IMG_0001.jpg", "image/jpeg")
        assert picture.size == (48, 64)
        assert near(picture, (24, 8), RED)
        assert near(picture, (24, 56), BLUE)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_nothing_but_pixels_is_left(self, kind: str) -> None:
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", SECRET.decode())
        options = {"exif": exif(), "xmp": b"<x>" + SECRET + b"</x>", "comment": SECRET}
        data = written(half_and_half(), kind, pnginfo=notes, **options) + SECRET

        found = clean("bilde", data)

        assert SECRET in data
        assert SECRET not in found.data
        assert_bare(found)

    def test_the_position_in_a_phones_own_format_is_gone(self) -> None:
        assert b"Maker" in HEIC

        found = clean("bilde", HEIC)

        assert b"Maker" not in found.data
        assert_bare(found)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_it_is_turned_as_the_phone_was_held(self, kind: str, orientation: int) -> None:
        data = written(half_and_half(), kind, exif=exif(orientation), quality=95)

        picture = opened(clean("bilde", data))

        sideways = orientation >= 5
        first, last = ((24, 8), (24, 56)) if sideways else ((8, 24), (56, 24))
        if orientation in (2, 3, 7, 8):
            first, last = last, first
        assert picture.size == ((48, 64) if sideways else (64, 48))
        assert near(picture, first, RED)
        assert near(picture, last, BLUE)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_a_large_picture_is_made_smaller_and_keeps_its_shape(self, kind: str) -> None:
        found = clean("bilde", written(half_and_half(size=(4000, 1000)), kind))

        assert opened(found).size == (2500, 625)

    def test_a_small_picture_is_not_made_larger(self) -> None:
        assert opened(clean("bilde", written(half_and_half(size=(3, 2)), "PNG"))).size == (3, 2)

    @pytest.mark.parametrize(
        ("kind", "mode"),
        [
            *[("JPEG", mode) for mode in ("1", "L", "RGB", "CMYK", "YCbCr")],
            *[("PNG", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")],
            *[("WEBP", mode) for mode in ("L", "RGB", "RGBA")],
        ],
    )
    def test_every_way_to_write_colours_is_read(self, kind: str, mode: str) -> None:
        found = clean("bilde", written(Image.new(mode, (20, 10)), kind))

        assert opened(found).mode in ("RGB", "RGBA")

    def test_sixteen_bits_of_grey_keep_their_brightness(self) -> None:
        data = written(Image.new("I;16", (20, 10), 0x8000), "PNG")

        assert near(opened(clean("bilde", data)), (5, 5), (128, 128, 128))

    def test_what_is_transparent_becomes_white_in_a_jpeg(self) -> None:
        data = written(Image.new("RGBA", (20, 10), (0, 0, 0, 0)), "WEBP", lossless=True)

        assert near(opened(clean("bilde", data)), (5, 5), (255, 255, 255))

    def test_colours_of_another_profile_are_told_in_the_common_one(self) -> None:
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
        same = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        data = [written(half_and_half(), "PNG", icc_profile=each) for each in (lab, same, b"x")]

        found = [opened(clean("bilde", each)) for each in data]

        assert all(near(picture, (8, 24), RED) for picture in found)

    def test_a_png_that_would_grow_too_large_becomes_a_jpeg(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        noise = Image.effect_noise((300, 300), 90).quantize(4)
        data = written(noise, "PNG")
        monkeypatch.setattr(files, "MOST_BYTES", len(data))
        noise.putpixel((0, 0), 0)

        found = clean("bilde.png", data)

        assert len(written(noise.convert("RGB"), "PNG")) > len(data)
        assert (found.name, found.media_type) == ("bilde.jpg", "image/jpeg")


class TestRefusedPictures:
    def test_more_pixels_than_we_draw_are_refused_by_the_header_alone(self) -> None:
        header = struct.pack(">IIBBBBB", 5001, 5000, 8, 2, 0, 0, 0)
        data = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", b"not pixels")

        assert "for mange bildepunkter (mer enn 25 millioner)" in refusal("bilde.png", data)

    def test_a_picture_that_would_fill_the_memory_is_refused(self) -> None:
        header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
        body = zlib.compress(bytes(1_000_000))
        data = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", body)

        assert "for mange bildepunkter" in refusal("bilde.png", data)

    def test_a_jpeg_that_says_it_is_enormous_is_refused(self) -> None:
        data = written(half_and_half(), "JPEG")
        real, said = struct.pack(">HH", 48, 64), struct.pack(">HH", 65_000, 65_000)

        assert "for mange bildepunkter" in refusal("bilde.jpg", data.replace(real, said, 1))

    def test_a_phone_picture_that_says_it_is_enormous_is_refused(self) -> None:
        coded = b"ispe" + bytes(4)
        real, said = struct.pack(">II", 64, 64), struct.pack(">II", 30_000, 30_000)
        without_crop = HEIC.replace(b"clap", b"free")
        assert coded + real in HEIC

        sentence = refusal("bilde.heic", without_crop.replace(coded + real, coded + said))

        assert "for mange bildepunkter" in sentence

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_a_cut_picture_is_refused(self, kind: str) -> None:
        data = written(Image.effect_noise((80, 80), 90).convert("RGB"), kind)

        assert "Bildet er skadet" in refusal("bilde", data[: len(data) // 2])

    def test_a_cut_phone_picture_is_refused(self) -> None:
        assert "Bildet er skadet" in refusal("bilde", HEIC[:-60])

    @pytest.mark.parametrize(("at", "byte"), [(196, 0x8B), (222, 0xFC), (228, 0xD3), (234, 0xDD)])
    def test_a_phone_picture_that_kills_its_reader_is_only_refused(
        self, at: int, byte: int
    ) -> None:
        killing = HEIC[:at] + bytes([byte]) + HEIC[at + 1 :]

        assert "Bildet er skadet" in refusal("bilde.heic", killing)

    def test_the_server_itself_never_loads_the_reader_of_phone_pictures(self) -> None:
        clean("bilde.heic", HEIC)

        assert "pi_heif" not in sys.modules

    @pytest.mark.parametrize("answer", [b"", b"not a picture"])
    def test_whatever_the_reader_says_is_checked_again(
        self, answer: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(heic_reader, "as_png", lambda data: answer)

        assert "Bildet er skadet" in refusal("bilde.heic", HEIC)

    @pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # of notes in the file that are twisted
    @given(
        kind=st.sampled_from(["JPEG", "PNG", "WEBP"]),
        at=st.integers(16, 800),
        noise=st.binary(min_size=1, max_size=8),
    )
    def test_a_twisted_picture_is_drawn_or_refused_and_never_worse(
        self, kind: str, at: int, noise: bytes
    ) -> None:
        data = written(half_and_half(), kind, exif=exif(6))

        try:
            found = clean("bilde", data[:at] + noise + data[at + len(noise) :])
        except InvalidInput as refused:
            assert refused.sentence
        else:
            assert_bare(found)
