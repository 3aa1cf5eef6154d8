"""What a crash leaves is put right or told, and nothing is sealed on top of what is not ours."""

from collections.abc import Iterable

import pytest
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from dialog.adapters import database_roles as roles
from dialog.adapters import seal_keys
from dialog.adapters.seal_heads import HeadFile
from dialog.ledger.faults import What
from dialog.ledger.ports import HeadsAbsent, SealFault
from dialog.ledger.seals import Head
from tests.database import connected_to
from tests.ledger.sealed import Ledger


class Breaks(HeadFile):
    """Writes nothing the first time, as when the power goes between commit and disk."""

    broken = False

    def append(self, heads: Iterable[Head]) -> None:
        if not self.broken:
            self.broken = True
            raise OSError("no power")
        super().append(heads)


def no_power(_connection: object) -> None:
    raise DatabaseError("no power")


class TestCrashes:
    def test_a_batch_whose_head_was_not_written_gets_it_from_the_next_turn(
        self,
        ledger: Ledger,
    ) -> None:
        ledger.write(1)
        with pytest.raises(OSError, match="no power"):
            ledger.seal(ledger.another(Breaks(ledger.heads.path)))
        assert ledger.heads.last() is None
        assert ledger.verify() == []

        ledger.seal(ledger.another())
        assert [one.number for one in ledger.heads.read()] == [1]  # type: ignore[union-attr]
        ledger.batches(2)
        assert ledger.verify() == []

    def test_a_batch_that_was_not_committed_leaves_nothing_behind(
        self,
        ledger: Ledger,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        ledger.batches(1)
        ledger.write(1)
        with monkeypatch.context() as broken, connected_to(ledger.database, roles.RELAY):
            broken.setattr(BaseDatabaseWrapper, "_commit", no_power)
            with pytest.raises(DatabaseError, match="no power"):
                ledger.sealer.turn()

        assert len(ledger.heads.path.read_bytes().splitlines()) == 1
        assert ledger.seal() == [1]
        assert ledger.verify() == []

    def test_a_head_whose_batch_the_database_lost_is_told_and_the_chain_goes_on(
        self,
        ledger: Ledger,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """As after a fail-over to a copy that lagged, or a backup that was put back."""
        ledger.batches(1, 1, 1)
        ledger.tamper("DELETE FROM ledger_seal WHERE number > 1")
        ledger.tamper("DELETE FROM ledger_entry WHERE id > 1")
        relay = ledger.another()
        assert ledger.seal(relay) == ledger.seal(relay) == []
        ledger.write(1)

        assert ledger.seal(relay) == [1]
        assert caplog.text.count("something is lost") == 1
        assert "ends with batch 1, and batch 3 was sealed" in caplog.text
        assert ledger.ask("SELECT max(number) FROM ledger_seal") == [(4,)]
        assert ledger.verify() == [(What.SEALS_LOST, (2, 3), None)]
        assert ledger.verify(since=4) == []

    def test_heads_that_are_some_batches_old_are_brought_up_to_date(self, ledger: Ledger) -> None:
        ledger.batches(1, 1, 1, 1)
        whole = ledger.heads.path.read_bytes()
        ledger.heads.path.write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))

        assert ledger.seal() == []
        assert ledger.heads.path.read_bytes() == whole
        ledger.heads.path.write_bytes(b"")
        assert ledger.seal(ledger.another()) == []
        assert ledger.heads.path.read_bytes() == whole

    def test_a_database_that_was_put_back_goes_on_with_as_many_heads_as_it_has_batches(
        self, ledger: Ledger
    ) -> None:
        ledger.batches(1, 1, 1)
        ledger.tamper("DELETE FROM ledger_seal WHERE number > 1")
        ledger.tamper("DELETE FROM ledger_entry WHERE id > 1")
        assert ledger.verify() == [(What.SEALS_LOST, (2, 3), None)]
        kept = ledger.heads.path.read_bytes().splitlines(keepends=True)[:1]
        ledger.heads.path.write_bytes(b"".join(kept))

        ledger.sealer = ledger.another()
        ledger.batches(1, 1)

        assert ledger.verify() == []
        assert ledger.ask("SELECT max(number) FROM ledger_seal") == [(3,)]

    def test_half_a_line_that_a_crash_left_is_written_over(
        self,
        ledger: Ledger,
    ) -> None:
        ledger.batches(1)
        whole = ledger.heads.path.read_bytes()
        ledger.heads.path.write_bytes(whole + whole[:40])
        assert ledger.verify() == []

        ledger.batches(1)

        assert ledger.heads.path.read_bytes().startswith(whole + b"2 ")
        assert ledger.verify() == []


class TestRefusing:
    """Nothing is built on what is not ours, or where the next crash could not be told apart."""

    def refuses(self, ledger: Ledger, words: str) -> None:
        ledger.write(1)
        before = ledger.ask("SELECT count(*) FROM ledger_seal")
        with pytest.raises(SealFault, match=words):
            ledger.seal(ledger.another())
        assert ledger.ask("SELECT count(*) FROM ledger_seal") == before

    def test_heads_that_are_gone(self, ledger: Ledger) -> None:
        ledger.batches(1)
        ledger.heads.path.unlink()

        self.refuses(ledger, "not there although batches are sealed")
        assert not ledger.heads.path.exists()
        with pytest.raises(HeadsAbsent):
            ledger.heads.last()

    def test_heads_that_are_not_ours(self, ledger: Ledger) -> None:
        ledger.batches(1)
        ledger.heads.path.write_text("something else\n")

        self.refuses(ledger, "not one of ours")

    def test_a_head_with_another_number(self, ledger: Ledger) -> None:
        ledger.batches(1)
        line = ledger.heads.path.read_text()
        ledger.heads.path.write_text("2" + line[1:])

        self.refuses(ledger, "signature of batch 2 is not its own")

    def test_a_batch_that_was_changed(self, ledger: Ledger) -> None:
        ledger.batches(1)
        ledger.tamper("UPDATE ledger_seal SET floor = 0")

        self.refuses(ledger, "Batch 1 in the database has been changed")

    def test_a_batch_in_the_place_of_another(self, ledger: Ledger) -> None:
        ledger.batches(1, 1)
        ledger.tamper("DELETE FROM ledger_seal WHERE number = 1")
        first = ledger.heads.path.read_bytes().splitlines(keepends=True)[0]
        ledger.heads.path.write_bytes(first)

        self.refuses(ledger, "Batch 1 is not the one whose head was written down")

    def test_a_chain_that_is_broken(self, ledger: Ledger) -> None:
        ledger.batches(1, 1, 1)
        ledger.tamper("DELETE FROM ledger_seal WHERE number = 2")
        first = ledger.heads.path.read_bytes().splitlines(keepends=True)[0]
        ledger.heads.path.write_bytes(first)

        self.refuses(ledger, "Batch 3 does not follow from 1")

    def test_a_key_that_is_another(self, ledger: Ledger) -> None:
        ledger.batches(1)
        ledger.keys.path.unlink()
        seal_keys.make(ledger.keys.path)

        self.refuses(ledger, "unknown here")


class TestKeys:
    def test_a_new_key_seals_and_the_old_one_is_believed(
        self,
        ledger: Ledger,
    ) -> None:
        ledger.batches(1)
        old = ledger.keys.current()
        new = seal_keys.renew(ledger.keys.path)
        ledger.batches(1)

        assert ledger.ask("SELECT key FROM ledger_seal ORDER BY number") == [(old,), (new,)]
        assert ledger.verify() == []
