"""A picture is seen before it is sent, turned the right way, or taken away again (R119)."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browsing import HEIGHT, KEPT, PHONE, faults, follow, too_wide
from tests.conversations.pictures import half_and_half, written
from tests.journeys.walking import Walk

pytestmark = pytest.mark.browser
SIZE = "one => [one.width, one.height]"


def file(name: str, data: bytes, kind: str = "image/jpeg") -> Any:
    return {"name": name, "mimeType": kind, "buffer": data}


def test_kari_turns_a_picture_takes_another_away_and_sends(walks: Callable[..., Walk]) -> None:
    kari = walks("Kari").go("/kontakt?gjelder=valgt")
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
    for way in ("venstre", "høyre", "høyre"):
        page.get_by_role("button", name=f"Roter til {way} utslett.jpg").click()

    assert (before, drawn.evaluate(SIZE)) == ([64, 48], [48, 64])
    kari.tick("Det haster ikke").page.get_by_role("radio").last.check()
    kari.write("Skriv til legekontoret", "Her er bildet.").press("Send til legekontoret")
    link = page.get_by_role("link", name="utslett").first
    sent = page.request.get(page.url.partition("/meldinger")[0] + str(link.get_attribute("href")))
    assert Image.open(BytesIO(sent.body())).size == (48, 64)


@pytest.fixture
def on_a_phone(chromium: Browser, site: str) -> Iterator[Callable[[bool], Page]]:
    """Kari's phone, where a finger points."""
    opened = []

    def sign_in(scripts: bool) -> Page:
        phone = chromium.new_context(
            base_url=site,
            viewport={"width": PHONE, "height": HEIGHT},
            has_touch=True,
            is_mobile=True,
            java_script_enabled=scripts,
        )
        opened.append(phone)
        page = phone.new_page()
        page.goto("/logg-inn")
        door = page.locator("form", has=page.locator("input[name=side][value=patient]"))
        follow(door.filter(has_text="Kari Nordmann").get_by_role("button").first)
        page.goto("/kontakt?gjelder=valgt")
        return page

    yield sign_in
    for phone in opened:
        phone.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_the_camera_is_one_press_away_and_adds_to_what_is_chosen(
    on_a_phone: Callable[[bool], Page], scripts: bool
) -> None:
    page, picture = on_a_phone(scripts), written(half_and_half(), "JPEG")
    camera = page.get_by_label("Ta bilde med kameraet")
    expect(camera).to_be_visible()
    assert camera.get_attribute("capture") == "environment"

    page.set_input_files("#id_files", [file("hel.jpg", picture)])
    camera.set_input_files([file("nær.jpg", picture)])
    if scripts:
        expect(page.get_by_role("img", name="nær.jpg")).to_be_visible()
        expect(page.get_by_role("img", name="hel.jpg")).to_be_visible()
        if KEPT:  # the whole page is drawn as for a mouse; this is what the finger meets
            page.locator(".field-files").screenshot(path=f"{KEPT}/portal-enquiry-camera-390.png")
        assert faults(page) == [] and not too_wide(page)
    page.get_by_label("Det haster ikke").check()
    page.get_by_role("radio").last.check()
    page.get_by_label("Skriv til legekontoret").fill("Her er bildene.")
    follow(page.get_by_role("button", name="Send til legekontoret"))

    for name in ("hel.jpg", "nær.jpg"):
        expect(page.get_by_role("link", name=name)).to_have_count(1)


def test_at_a_desk_there_is_one_picker(walks: Callable[..., Walk]) -> None:
    kari = walks("Kari").go("/kontakt?gjelder=valgt")

    expect(kari.page.locator("#id_files")).to_be_visible()
    expect(kari.page.locator("#id_files_camera")).to_be_hidden()


def test_without_scripts_a_picture_is_sent_as_it_is(walks: Callable[..., Walk]) -> None:
    kari = walks("Kari", scripts=False).go("/kontakt?gjelder=valgt")
    kari.page.set_input_files(
        "input[type=file]", [file("utslett.jpg", written(half_and_half(), "JPEG"))]
    )

    kari.tick("Det haster ikke").page.get_by_role("radio").last.check()
    kari.write("Skriv til legekontoret", "Her er bildet.").press("Send til legekontoret")

    kari.sees("Her er bildet.", "utslett")
