"""What the operator reads about the ledger, in sentences."""

from argparse import ArgumentParser
from collections.abc import Callable

import pytest

from dialog.adapters import database_roles as roles
from dialog.cli import ledger as command
from dialog.cli.surroundings import Refusal
from dialog.ledger.faults import Fault, What
from tests.database import connected_to
from tests.ledger.conftest import ledger, nobody, sealed  # noqa: F401 - fixtures
from tests.ledger.sealed import Ledger

Verify = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def verify(
    sealed: Ledger,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Verify:
    """The exit code, and what was said."""
    monkeypatch.setattr(command, "seal_keys", lambda: sealed.keys)
    monkeypatch.setattr(command, "seal_heads", lambda: sealed.heads)

    def verified(*words: str) -> tuple[int, list[str]]:
        parser = ArgumentParser()
        command.arguments(parser)
        with connected_to(sealed.database, roles.OWNER):
            code = command.run(parser.parse_args(["verify", *words]))
        return code, capsys.readouterr().out.splitlines()

    return verified


def test_all_is_well(verify: Verify) -> None:
    assert verify() == (
        0,
        [
            "9 entries in 3 batches.",
            "Nothing waits to be sealed.",
            "Everything is as it was sealed.",
        ],
    )


def test_what_waits_is_no_fault_and_has_an_age(verify: Verify, sealed: Ledger) -> None:  # noqa: F811
    sealed.write(1)
    code, said = verify()
    assert code == 0
    assert said[1].startswith("1 entry waits to be sealed, the oldest for 0.")
    sealed.tamper("UPDATE ledger_entry SET at = at - interval '2 minutes' WHERE id = 10")

    code, said = verify()

    assert code == 0
    assert said[1].endswith(" s. That is too long: does the relay run?")


def test_what_is_wrong_is_named(verify: Verify, sealed: Ledger) -> None:  # noqa: F811
    sealed.tamper("UPDATE ledger_entry SET kind = '' WHERE id = 2")
    sealed.tamper("DELETE FROM ledger_entry WHERE id IN (5, 6)")
    sealed.tamper("DELETE FROM ledger_seal WHERE number = 3")

    code, said = verify()

    assert code == 1
    assert said == [
        "Entry 2 in batch 1: not what was sealed. It was changed.",
        "Entries 5 to 6 in batch 2: sealed, and no longer there. Removed.",
        "Batch 3: written down outside the database, and not in it. Removed, or the database is "
        "older than it was.",
        "5 entries in 2 batches.",
        said[4],
        "3 faults.",
    ]
    assert verify("--since", "2")[1][0] == said[1]


def test_a_key_that_is_not_there_is_a_sentence(verify: Verify, sealed: Ledger) -> None:  # noqa: F811
    sealed.keys.path.unlink()

    with pytest.raises(Refusal, match="Put the copy back"):
        verify()


@pytest.mark.parametrize("words", ["0", "-1", "two"])
def test_a_batch_has_a_number(verify: Verify, words: str) -> None:
    with pytest.raises(SystemExit):
        verify("--since", words)


@pytest.mark.parametrize("what", What)
def test_every_fault_has_its_sentence(what: What) -> None:
    fault = Fault(what=what, batches=(3, 3), entries=(7, 8), other=9, line=2, name="name")

    said = command.sentence(fault)

    assert said[0].isupper() and said.endswith(".")
    assert "None" not in said and "{" not in said
