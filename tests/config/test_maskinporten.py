"""A server does not start where a register would never let us in, or a token would be seen."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from dialog.adapters.access import Access
from dialog.config import maskinporten

ONE = Access(url="https://register.example.org/gp", scope="some:scope")
HERE = "http://127.0.0.1:8600/"


def check(keys: Path, *, one: Access = ONE, real: bool = True, **changed: str) -> None:
    given = replace(maskinporten.maskinporten(), client_id="us", keys=str(keys))
    maskinporten.check(
        replace(given, **changed),
        {"GP": one, "CONTACT": Access(authorization="Basic x", url="http://register.example.org")},
        demonstration=not real,
        needs_keys=True,
    )


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    (tmp_path / "one.pem").write_text("a key")
    return tmp_path


def test_a_scope_a_client_and_a_key_are_enough(keys: Path) -> None:
    check(keys)
    check(keys, client_id="", one=replace(ONE, client_id="us"))
    check(keys, consumer_org="974760673")


def test_nothing_is_needed_where_no_register_wants_a_token(tmp_path: Path) -> None:
    check(tmp_path, one=Access(), client_id="", issuer="")


def test_a_demonstration_may_ask_on_this_machine(keys: Path) -> None:
    check(keys, real=False, one=replace(ONE, url=f"{HERE}gp"), issuer=HERE)


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ({"client_id": ""}, "MASKINPORTEN_CLIENT_ID"),
        ({"one": replace(ONE, authorization="Bearer x")}, "GP_REGISTER_AUTHORIZATION"),
        ({"one": replace(ONE, url="http://register.example.org")}, "GP_REGISTER_URL"),
        ({"one": replace(ONE, url="")}, "GP_REGISTER_URL"),
        ({"one": replace(ONE, url=f"{HERE}gp")}, "GP_REGISTER_URL"),
        ({"issuer": "http://maskinporten.no/"}, "MASKINPORTEN_ISSUER"),
        ({"issuer": HERE}, "MASKINPORTEN_ISSUER"),
        ({"consumer_org": "NO974760673"}, "MASKINPORTEN_CONSUMER_ORG"),
        ({"keys": "/nowhere"}, "MASKINPORTEN_KEYS_DIR"),
    ],
)
def test_what_does_not_start_says_which_setting(
    keys: Path, wrong: dict[str, Any], names: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=names):
        check(wrong.pop("keys", keys), **wrong)
