"""The markup itself, read by html-validate."""

import pytest

from dialog import errors
from dialog.ui import gallery, middleware, views
from tests.markup import mistakes

pytestmark = pytest.mark.browser


def test_every_component_and_page_of_the_house_is_sound_markup(rf, tmp_path):
    words = {"text": "Tjue tegn eller flere enn det"}
    pages = {
        "patient": gallery.gallery(rf.get("/galleri")),
        "office": gallery.gallery(rf.get("/galleri?side=kontor")),
        "confirm": gallery.gallery(rf.get("/galleri?side=bekreft")),
        "accessibility": views.accessibility(rf.get("/")),
        "stale": views.csrf_failure(rf.post("/", words)),
        "refused": middleware.refusal_page(rf.get("/"), errors.ServiceOff()),
        "not-found": views.not_found(rf.get("/"), errors.NotFound()),
        "broken": views.broken(rf.get("/")),
    }

    found = mistakes({name: page.content.decode() for name, page in pages.items()}, tmp_path)

    assert found == []


def test_a_mistake_is_found(tmp_path):
    found = mistakes({"bad": "<!DOCTYPE html><html><body><p><div></p></body></html>"}, tmp_path)

    assert found and all(one.startswith("bad line") for one in found)
