"""Copies of one's own, as several tests take and open them."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from dialog.conversations import actions
from dialog.portal.own_copy import turns
from tests.conversations.pictures import half_and_half, written
from tests.doors import post
from tests.people.on_lists import enquiry

PAGE = "/innsyn/kopi"
SENSITIVE = "klamydia.png"


@pytest.fixture
def nobody_has_taken_any() -> Iterator[None]:
    """Each test begins with the hour and the places free."""
    turns._allowance.cache_clear()
    turns._places.cache_clear()
    yield
    turns._allowance.cache_clear()
    turns._places.cache_clear()


class Copy:
    """A copy as it was sent, opened with the standard library's own reader."""

    def __init__(self, answer: HttpResponse) -> None:
        assert answer.headers["Content-Type"] == "application/zip", answer.status_code
        self.data = b"".join(answer)  # type: ignore[arg-type]  # streamed in pieces
        with ZipFile(BytesIO(self.data)) as opened:
            assert opened.testzip() is None
            self.names = opened.namelist()
            self.files = {name: opened.read(name) for name in self.names}
        self.exact: dict[str, Any] = json.loads(self.files["data.json"])

    @property
    def conversations(self) -> list[dict[str, Any]]:
        return list(self.exact.get("conversations", []))

    @property
    def paper(self) -> str:
        said = ""
        for name in self.names:
            if name.endswith(".pdf") and "/" not in name:
                pages = PdfReader(BytesIO(self.files[name])).pages
                said += " ".join(page.extract_text() for page in pages)
        return re.sub(r"\s+", " ", said)


def taken(client: Client, what: str = "alt", **more: object) -> Copy:
    return Copy(post(client, PAGE, what=what, **more))


def with_a_picture(by: Any, name: str = SENSITIVE) -> Any:
    data = written(half_and_half(), "PNG")
    return enquiry(by, files=[actions.keep_file(by=by, name=name, data=data).id])
