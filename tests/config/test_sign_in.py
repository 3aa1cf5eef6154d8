"""A server does not start where anybody could be anybody, or where nobody could come in."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from dialog.config import sign_in

PICKING, REAL = "dialog.adapters.personas.Personas", "dialog.adapters.oidc.from_settings"
NAMED = {"idporten_client_id": "us"}


@pytest.fixture
def keys(tmp_path: Path) -> str:
    (tmp_path / "one.pem").write_text("a key")
    return str(tmp_path)


def check(keys: str, *, adapter: str = REAL, real: bool = True, **changed: str) -> None:
    site = changed.pop("site", "https://dialog.example.org")
    given = {**sign_in.providers(), **changed}
    sign_in.check(given, adapter=adapter, demonstration=not real, site=site, keys=keys)


def test_a_provider_and_a_key_are_enough(keys: str) -> None:
    check(keys, **NAMED)
    check(keys, helseid_client_id="us")


def test_a_demonstration_lets_people_be_picked(keys: str) -> None:
    check(keys, adapter=PICKING, real=False)


def test_a_demonstration_may_speak_with_a_provider_on_this_machine(keys: str) -> None:
    here = {"idporten_issuer": "http://127.0.0.1:3000", "site": "http://localhost:8000"}

    check(keys, real=False, **NAMED, **here)


@pytest.mark.parametrize(
    "wrong",
    [
        {"adapter": PICKING},
        {"adapter": PICKING, **NAMED},
        {"adapter": PICKING, "real": False, **NAMED},
        {},
        {**NAMED, "idporten_issuer": "http://127.0.0.1:3000"},
        {**NAMED, "idporten_issuer": "http://idporten.example", "real": False},
        {**NAMED, "idporten_issuer": ""},
        {**NAMED, "site": "http://dialog.example.org"},
        {**NAMED, "site": "http://127.0.0.1:8000"},
        {**NAMED, "idporten_levels": ""},
        {**NAMED, "idporten_levels": "idporten-loa-high,idporten-loa-substantial"},
        {**NAMED, "idporten_levels": "Level4, Level3"},
        {"helseid_client_id": "us", "helseid_levels": "4,3"},
    ],
)
def test_what_does_not_start(keys: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(ImproperlyConfigured):
        check(keys, **wrong)


def test_nor_without_a_key(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="no key to sign with"):
        check(str(tmp_path), **NAMED)


def test_a_process_that_signs_nobody_in_needs_none() -> None:
    check("", **NAMED)


def test_another_adapter_answers_for_itself(keys: str) -> None:
    check(keys, adapter="example.Provider")
