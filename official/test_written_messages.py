"""Every message we write is valid by the official schemas, as far as there are any."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialog.interop.building import receipt_for
from dialog.interop.judging import judge
from dialog.interop.processes import Function
from dialog.interop.writing import write
from tests.interop.built import KNOWN, built, cases


@pytest.mark.parametrize(("function", "behalf"), list(cases()))
def test_a_message_of_every_function(function: Function, behalf: bool, schemas: Path) -> None:
    judged = judge(write(built(function, behalf=behalf)), schemas=schemas)

    assert judged.errors == ()
    assert judged.process is function.process


@pytest.mark.parametrize("errors", [[], ["E35", "T99"]])
def test_a_receipt_for_it(errors: list[str], schemas: Path) -> None:
    header = built(next(cases())[0]).header
    sent = datetime(2026, 5, 15, 8, 0, tzinfo=UTC)
    receipt = receipt_for(header, id="k", sent=sent, known=KNOWN, errors=errors)

    assert judge(write(receipt), schemas=schemas).errors == ()
