"""The portal that ``certify`` plays has the platform's settings, and means the same by them."""

from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    load_pem_private_key,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509 import load_pem_x509_certificate

from certify import settings
from dialog.cli import main
from dialog.errors import PortError
from epj.development import FOLDER, SETTINGS_FILE
from epj.refusal import Refusal
from epj.settings import BusPlace
from epj.settings import bus as bus_at
from tests.epj.numbers import KNOWN, LUND, PORTAL


def portal_env(path: Path, *more: str) -> Path:
    needed = [f"export {name}=8000001\n" for name in settings.NEEDED if name != "BUS_URL"]
    said = [f"export {one}\n" for one in ("BUS_URL=amqps://buss", *more)]
    path.write_text("".join([*needed, *said]))
    return path


def test_what_is_missing_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "portal.env"
    path.write_text("export HER_ID=8000001\n# export BUS_URL=x\n")

    with pytest.raises(Refusal, match="does not say HER_ENTERPRISE, ADDRESS_REGISTRY_DIR"):
        settings.place(path)


def test_a_bus_that_does_otherwise_is_spoken_to_as_the_platform_does(tmp_path: Path) -> None:
    usual = settings.place(portal_env(tmp_path / "usual.env")).bus
    rabbit = settings.place(
        portal_env(
            tmp_path / "rabbit.env",
            *("BUS_ADDRESS_FORM='/queue/{queue}'", "BUS_ONE_CONNECTION_PER_RECEIVER=1"),
            *("BUS_KNOWS_MODIFIED=0", "BUS_REPLY_QUEUE=8000001_syncreply"),
            "BUS_SYSTEM_IDENTIFIER=portal-1",
        )
    ).bus

    assert usual == BusPlace(url="amqps://buss")
    assert rabbit == BusPlace(
        url="amqps://buss",
        system_identifier="portal-1",
        address_form="/queue/{queue}",
        one_connection_per_receiver=True,
        knows_modified=False,
        reply_queue="8000001_syncreply",
    )
    assert bus_at(rabbit).system_identifier == "portal-1"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("BUS_ADDRESS_FORM=/queue/", "must have {queue} in it"),
        ("BUS_KNOWS_MODIFIED=maybe", "BUS_KNOWS_MODIFIED is 1 or 0"),
    ],
)
def test_a_senseless_setting_is_a_sentence(tmp_path: Path, said: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        settings.place(portal_env(tmp_path / "portal.env", said))


def test_keys_as_the_authority_hands_them_out_are_opened(tmp_path: Path) -> None:
    assert main(["epj", "--data", str(tmp_path), "init", "--development"]) == 0
    env = tmp_path / FOLDER / SETTINGS_FILE
    for path in (tmp_path / FOLDER / "portal-keys").glob("*.pem"):
        both = path.read_bytes()
        key, found = load_pem_private_key(both, None), load_pem_x509_certificate(both)
        said = serialize_key_and_certificates(
            None, key, found, None, BestAvailableEncryption(b"hemmelig")
        )
        path.with_suffix(".p12").write_bytes(said)
        path.unlink()

    with pytest.raises(PortError):
        closed(settings.place(env))
    env.write_text(env.read_text() + "export MESSAGE_KEYS_PASSWORD=hemmelig\n")
    where = settings.place(env)

    assert closed(where)
    assert "hemmelig" not in repr(where)


def closed(where: settings.Place) -> bytes:
    """Something signed with the portal's key."""
    _envelope, body = settings.post(where, KNOWN).closed(
        b"<a/>", sender=PORTAL, receiver=LUND, function="X", bus_id=uuid4()
    )
    return body
