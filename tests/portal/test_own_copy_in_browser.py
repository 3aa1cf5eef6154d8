"""Taking out a copy in a real browser: the page in each state, and the file itself, without
scripts.
"""

from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page

from dialog.demo.cast import find
from tests.browsing import DESK, follow, look
from tests.people.on_lists import enquiry

pytestmark = pytest.mark.browser


def test_nobody_is_shut_out_and_the_file_comes(sign_in: Callable[..., Page]) -> None:
    cast = find()
    one = enquiry(cast.kari)
    page = sign_in("Kari Nordmann")
    page.goto("/innsyn")
    follow(page.get_by_role("link", name="Ta ut en kopi av alt som ligger her"))
    look(page, "portal-own-copy")
    page.get_by_label("Bare én samtale").check()
    follow(page.get_by_role("button", name="Last ned kopien"))
    look(page, "portal-own-copy-refused")
    desk = sign_in("Kari Nordmann", width=DESK)
    desk.goto("/innsyn/kopi")
    look(desk, "portal-own-copy")

    page = sign_in("Kari Nordmann", scripts=False)
    page.goto("/innsyn/kopi")
    page.get_by_label("Bare én samtale").check()
    page.get_by_label("Hvilken samtale?").select_option(str(one.id))
    with page.expect_download() as coming:
        page.get_by_role("button", name="Last ned kopien").click()
    downloaded: Any = coming.value

    assert downloaded.suggested_filename.startswith("kopi-")
    with ZipFile(downloaded.path()) as opened:
        assert opened.namelist() == ["les-meg.txt", "kopi.pdf", "data.json"]
