"""Files made to harm whoever keeps or opens them; all are made here, and none of them does harm."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.conversations.pictures import exif, half_and_half, png_chunk, written

# The test file that every scanner knows; in two pieces, so that none takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert(document.cookie)</script>"
HTML = b"<!doctype html><html><body onload=alert(1)>" + SCRIPT + b"</body></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT
SVG += b"</svg>"


def archive(name: str = "faktura.exe", content: bytes = b"MZ" + SCRIPT) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return out.getvalue()


def archive_bomb() -> bytes:
    """Twenty million noughts in twenty thousand bytes, twice over."""
    return archive("inni.zip", archive("bombe", bytes(20_000_000)))


def jpeg() -> bytes:
    return written(half_and_half(), "JPEG")


def png() -> bytes:
    return written(half_and_half(), "PNG")


def jpeg_with(comment: bytes) -> bytes:
    """With a comment right after its first two bytes, where those who guess a type look."""
    picture = jpeg()
    return picture[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + picture[2:]


def png_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SCRIPT.decode())
    words.add_text("Long", SCRIPT.decode() * 100, zip=True)
    return written(half_and_half(), "PNG", pnginfo=words)


def png_bomb(side: int) -> bytes:
    """So many points each way, all alike: a few kilobytes."""
    return written(Image.new("1", (side, side)), "PNG", optimize=True)


def png_words_bomb() -> bytes:
    """A picture of eight points with fifty million letters to go with it."""
    words = png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(50_000_000), 9))
    head = written(Image.new("RGB", (8, 8)), "PNG")
    return head[:33] + words + head[33:]


def png_lying() -> bytes:
    """Says eight points, and brings a hundred million."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
    points = png_chunk(b"IDAT", zlib.compress(bytes(100_000_000), 9))
    return b"\x89PNG\r\n\x1a\n" + head + points + png_chunk(b"IEND", b"")


def pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_with(javascript: str) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject(javascript),
        }
    )
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_carrying(name: str, content: bytes) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_attachment(name, content)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_that_is_a_page() -> bytes:
    """Begins as a PDF for one reader and as a web page for another."""
    whole = pdf()
    line = whole.index(b"\n") + 1
    return whole[:line] + b"%" + HTML + b"\n" + whole[line:]


Make = Callable[[], bytes]  # made when a test asks, for some of it is large

WRONG_KIND = "Send et bilde (JPEG, PNG, HEIC) eller en PDF"
ACTIVE = "skript eller andre filer"
TOO_MANY_POINTS = "for mange bildepunkter"
DAMAGED = "Bildet er skadet"

REFUSED: Mapping[str, tuple[str, Make, str]] = {
    "the test virus": ("eicar.com", lambda: EICAR, WRONG_KIND),
    "the test virus named as a picture": ("bilde.jpg", lambda: EICAR, WRONG_KIND),
    "an archive": ("bilder.zip", lambda: archive(), WRONG_KIND),
    "an archive bomb": ("bilder.zip", lambda: archive_bomb(), WRONG_KIND),
    "a document that is an archive": (
        "brev.docx",
        lambda: archive("word/document.xml"),
        WRONG_KIND,
    ),
    "a web page": ("brev.html", lambda: HTML, WRONG_KIND),
    "a web page named as a PDF": ("brev.pdf", lambda: HTML, WRONG_KIND),
    "a drawing that runs": ("tegning.svg", lambda: SVG, WRONG_KIND),
    "a drawing that runs named as a picture": ("tegning.png", lambda: SVG, WRONG_KIND),
    "a drawing after a byte mark": ("tegning.svg", lambda: b"\xef\xbb\xbf" + SVG, WRONG_KIND),
    "a program": ("bilde.jpg.exe", lambda: b"MZ" + bytes(500), WRONG_KIND),
    "a program for other machines": ("bilde", lambda: b"\x7fELF" + bytes(500), WRONG_KIND),
    "a script": ("bilde.png", lambda: b"#!/bin/sh\nrm -rf /\n", WRONG_KIND),
    "a page that begins as a moving picture": ("a.gif", lambda: b"GIF89a/*" + HTML, WRONG_KIND),
    "the first bytes of a picture and no more": ("a.jpg", lambda: jpeg()[:20] + HTML, DAMAGED),
    "the first bytes of a PNG and a page": ("a.png", lambda: png()[:8] + HTML, DAMAGED),
    "a picture of ten thousand points each way": (
        "a.png",
        lambda: png_bomb(10_000),
        TOO_MANY_POINTS,
    ),
    "a picture with a book in it": ("a.png", lambda: png_words_bomb(), DAMAGED),
    "a PDF with a script": ("brev.pdf", lambda: pdf_with("app.alert(1)"), ACTIVE),
    "a PDF with a file in it": ("brev.pdf", lambda: pdf_carrying("a.exe", b"MZ"), ACTIVE),
    "a PDF with an archive bomb in it": (
        "a.pdf",
        lambda: pdf_carrying("a", archive_bomb()),
        ACTIVE,
    ),
    "a PDF that is an archive too": (
        "a.pdf",
        lambda: pdf() + archive("META-INF/MANIFEST.MF"),
        ACTIVE,
    ),
    "a PDF that is a web page too": ("a.pdf", lambda: pdf_that_is_a_page(), ACTIVE),
    "a PDF after something else": ("a.pdf", lambda: b"MZ" + bytes(30) + pdf(), WRONG_KIND),
    "a picture with a PDF's first bytes": (
        "a.pdf",
        lambda: b"%PDF-1.4\n" + jpeg(),
        "PDF-en er skadet",
    ),
}
# Taken, for there is a picture in it; of the rest nothing may be left.
DRAWN_ANEW: Mapping[str, tuple[str, Make]] = {
    "a picture with a place in it": (
        "tur.jpg",
        lambda: written(half_and_half(), "JPEG", exif=exif()),
    ),
    "a picture with an archive behind it": ("a.jpg", lambda: jpeg() + archive()),
    "a picture with a program behind it": ("a.png", lambda: png() + b"MZ" + SCRIPT),
    "a picture with a page in its comment": ("a.jpg", lambda: jpeg_with(HTML)),
    "a picture with a page in its words": ("a.png", lambda: png_with_words()),
    "a picture with the test virus in it": ("a.jpg", lambda: jpeg_with(EICAR)),
    "a picture that brings more points than it says": ("a.png", lambda: png_lying()),
    "a picture named as a page": ("a.jpg.html", lambda: jpeg()),
    "a picture named backwards": ("a\u202egpj.exe", lambda: jpeg()),
    "a picture named with a break": ('a"\r\nSet-Cookie: b=c.png', lambda: png()),
}
