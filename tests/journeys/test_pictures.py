"""A picture is seen before it is sent, turned the right way, or taken away again (R119)."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.conversations.pictures import half_and_half, written
from tests.journeys.walking import Walk

pytestmark = pytest.mark.browser
SIZE = "one => [one.width, one.height]"


def file(name: str, data: bytes, kind: str = "image/jpeg") -> Any:
    return {"name": name, "mimeType": kind, "buffer": data}


def test_kari_turns_a_picture_takes_another_away_and_sends(walks: Callable[..., Walk]) -> None:
    kari = walks("Kari").go("/kontakt")
    page, picture = kari.page, written(half_and_half(), "JPEG")
    page.set_input_files(
        "input[type=file]",
        [
            file("utslett.jpg", picture),
            file("feil.jpg", picture),
            file("stor.pdf", b"%PDF-1.4" + b"x" * 11 * 1024 * 1024, "application/pdf"),
        ],
    )
    drawn = page.get_by_role("img", name="utslett.jpg")
    expect(drawn).to_be_visible()
    kari.sees("stor.pdf", "For stor. Velg en mindre.").look("portal-enquiry-pictures")

    page.get_by_role("button", name="Ta bort stor.pdf").click()
    page.get_by_role("button", name="Ta bort feil.jpg").click()
    kari.does_not_see("feil.jpg", "stor.pdf")
    before = drawn.evaluate(SIZE)
    page.get_by_role("button", name="Roter utslett.jpg").click()

    assert (before, drawn.evaluate(SIZE)) == ([64, 48], [48, 64])
    kari.tick("Det haster ikke").page.get_by_role("radio").last.check()
    kari.write("Skriv til legekontoret", "Her er bildet.").press("Send til legekontoret")
    link = page.get_by_role("link", name="utslett").first
    sent = page.request.get(page.url.partition("/meldinger")[0] + str(link.get_attribute("href")))
    assert Image.open(BytesIO(sent.body())).size == (48, 64)


def test_without_scripts_a_picture_is_sent_as_it_is(walks: Callable[..., Walk]) -> None:
    kari = walks("Kari", scripts=False).go("/kontakt")
    kari.page.set_input_files(
        "input[type=file]", [file("utslett.jpg", written(half_and_half(), "JPEG"))]
    )

    kari.tick("Det haster ikke").page.get_by_role("radio").last.check()
    kari.write("Skriv til legekontoret", "Her er bildet.").press("Send til legekontoret")

    kari.sees("Her er bildet.", "utslett")
