"""Seals and heads that somebody has changed, removed or put in are named, whatever they know."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from dialog.adapters import seal_keys
from dialog.ledger.faults import What
from tests.ledger.sealed import Ledger

LEAVES = "overlay(leaves PLACING substring(leaves FROM 33 FOR 32) FROM 1)"


class TestSeals:
    @pytest.mark.parametrize(
        "change",
        [
            "root = previous",
            "lines = 3",
            "ids = '{4,6}'",
            "ids = '{4}'",
            "ids = '{}'",
            "ids = '{1,9000000000000}'",
            "last_id = 8",
            "floor = 6",
            "sealed_at = sealed_at - interval '1 day'",
            "sealed_at = '-infinity'",
            f"leaves = {LEAVES}",
            "leaves = ''",
            "key = 'another'",
        ],
    )
    def test_one_that_was_changed(self, sealed: Ledger, change: str) -> None:
        sealed.tamper(f"UPDATE ledger_seal SET {change} WHERE number = 2")  # noqa: S608 - ours

        found = sealed.verify()

        assert (What.SEAL_CHANGED, (2, 2), None) in found
        assert {what for what, _, entries in found if entries} <= {
            What.UNACCOUNTED,
            What.UNVERIFIABLE,
        }

    def test_leaves_that_were_changed_blame_no_entry(self, sealed: Ledger) -> None:
        sealed.tamper(f"UPDATE ledger_seal SET leaves = {LEAVES} WHERE number = 2")  # noqa: S608

        assert sealed.verify() == [(What.SEAL_CHANGED, (2, 2), None)]

    def test_leaves_and_an_entry_that_were_changed_blame_no_single_one(
        self, sealed: Ledger
    ) -> None:
        sealed.tamper("UPDATE ledger_entry SET kind = '' WHERE id = 5")
        sealed.tamper("UPDATE ledger_seal SET leaves = '' WHERE number = 2")

        assert sealed.verify() == [
            (What.SEAL_CHANGED, (2, 2), None),
            (What.UNVERIFIABLE, (2, 2), (4, 7)),
        ]

    def test_a_signature_that_was_changed(self, sealed: Ledger) -> None:
        sealed.tamper("UPDATE ledger_seal SET signature = head WHERE number = 2")

        assert sealed.verify() == [
            (What.HEAD_DIFFERS, (2, 2), None),
            (What.SEAL_FORGED, (2, 2), None),
        ]

    def test_one_that_was_made_with_a_key_of_ones_own(self, sealed: Ledger) -> None:
        """The whole chain anew, over changed entries: only the key cannot be had."""
        sealed.tamper("UPDATE ledger_entry SET kind = 'MessageSent'")
        sealed.tamper("DELETE FROM ledger_seal")
        seal_keys.make(sealed.folder / "own.pem")
        theirs = Ledger.__new__(Ledger)
        theirs.__dict__.update(sealed.__dict__)
        theirs.keys = type(sealed.keys)(sealed.folder / "own.pem")
        theirs.heads = type(sealed.heads)(sealed.folder / "own-heads")
        theirs.most = 9
        assert theirs.seal(theirs.another()) == [9]
        assert theirs.verify() == []

        assert sealed.verify() == [
            (What.HEAD_DIFFERS, (1, 1), None),
            (What.UNKNOWN_KEY, (1, 1), None),
            (What.UNVERIFIABLE, (1, 1), (1, 9)),
            (What.SEALS_LOST, (2, 3), None),
        ]

    def test_one_in_the_middle_that_was_removed(self, sealed: Ledger) -> None:
        sealed.tamper("DELETE FROM ledger_seal WHERE number = 2")

        assert sealed.verify() == [
            (What.SEALS_LOST, (2, 2), None),
            (What.UNACCOUNTED, (3, 3), (4, 7)),
        ]

    def test_and_without_heads_too(self, sealed: Ledger) -> None:
        sealed.heads.path.unlink()
        sealed.tamper("DELETE FROM ledger_seal WHERE number = 2")

        assert sealed.verify() == [
            (What.SEALS_MISSING, (2, 2), None),
            (What.UNACCOUNTED, (3, 3), (4, 7)),
            (What.HEADS_ABSENT, None, None),
        ]

    def test_two_that_changed_places(self, sealed: Ledger) -> None:
        for one, other in ((-1, 2), (2, 3), (3, -1)):
            sealed.tamper("UPDATE ledger_seal SET number = %s WHERE number = %s", one, other)

        found = sealed.verify()

        for number in (2, 3):
            assert (What.SEAL_CHANGED, (number, number), None) in found
            assert (What.HEAD_DIFFERS, (number, number), None) in found
            assert (What.CHAIN_BROKEN, (number, number), None) in found

    def test_one_that_was_put_before_the_first(self, sealed: Ledger) -> None:
        sealed.tamper(
            "INSERT INTO ledger_seal SELECT 0, previous, root, lines, ids, last_id, 1000, "
            "sealed_at, key, head, signature, leaves FROM ledger_seal WHERE number = 1"
        )

        assert (What.SEAL_CHANGED, (0, 0), None) in sealed.verify()


class TestHeads:
    def lines(self, ledger: Ledger) -> list[bytes]:
        return ledger.heads.path.read_bytes().splitlines(keepends=True)

    def replace(self, ledger: Ledger, *lines: bytes) -> None:
        ledger.heads.path.write_bytes(b"".join(lines))

    def test_those_of_another_installation(self, sealed: Ledger) -> None:
        seal_keys.make(sealed.folder / "own.pem")
        keys = type(sealed.keys)(sealed.folder / "own.pem")
        found = []
        for head in sealed.heads.read():
            words = head.signed()  # type: ignore[union-attr]
            name = keys.current()
            found.append(
                f"{head.number} {head.sealed_at} {head.head.hex()} {name} "  # type: ignore[union-attr]
                f"{keys.sign(name, words).hex()}\n".encode()
            )
        self.replace(sealed, *found)

        assert [what for what, _, _ in sealed.verify()] == [What.HEAD_FORGED] * 3

    def test_one_line_that_was_removed(self, sealed: Ledger) -> None:
        first, _second, third = self.lines(sealed)
        self.replace(sealed, first, third)

        assert sealed.verify() == [(What.HEAD_MISSING, (2, 2), None)]

    def test_one_line_that_was_changed(self, sealed: Ledger) -> None:
        first, second, third = self.lines(sealed)
        self.replace(sealed, first, b"9" + second[1:], third)

        assert sealed.verify() == [
            (What.HEAD_FORGED, (9, 9), None),
            (What.HEAD_MISSING, (2, 2), None),
        ]

    def test_lines_that_changed_places(self, sealed: Ledger) -> None:
        first, second, third = self.lines(sealed)
        self.replace(sealed, first, third, second)

        assert (What.HEAD_DISORDERED, (2, 2), None) in sealed.verify()

    def test_lines_that_are_none(self, sealed: Ledger) -> None:
        self.replace(sealed, *self.lines(sealed), b"\xff\n", b"x" * 3000 + b"\n")

        assert {what for what, _, _ in sealed.verify()} == {What.NOT_A_HEAD}

    def test_what_is_lost_is_told_without_what_is_not(self, sealed: Ledger) -> None:
        sealed.batches(1, 1)
        sealed.tamper("DELETE FROM ledger_seal WHERE number > 2")
        first, second, third, _fourth, fifth = self.lines(sealed)
        self.replace(sealed, first, second, third, fifth)

        assert sealed.verify() == [
            (What.SEALS_LOST, (3, 3), None),
            (What.SEALS_LOST, (5, 5), None),
        ]

    def test_a_batch_without_a_head_and_a_time_without_sense(self, sealed: Ledger) -> None:
        self.replace(sealed, *self.lines(sealed)[:2])
        sealed.tamper("UPDATE ledger_seal SET sealed_at = '-infinity' WHERE number = 3")

        assert (What.HEADS_BEHIND, (3, 3), None) in sealed.verify()

    def test_the_end_cut_off(self, sealed: Ledger) -> None:
        """As if batches had just been committed; but that was long ago."""
        self.replace(sealed, self.lines(sealed)[0])
        assert sealed.verify() == []
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2)):
            assert sealed.verify() == [(What.HEADS_BEHIND, (2, 3), None)]


class TestKeys:
    def test_an_old_key_that_seals_after_a_new_one(self, sealed: Ledger) -> None:
        old = sealed.keys.path.read_bytes()
        seal_keys.renew(sealed.keys.path)
        sealed.batches(1)
        stolen = sealed.folder / "stolen.pem"
        stolen.touch(mode=0o600)
        public = sealed.keys.path.read_bytes()
        stolen.write_bytes(old + seal_keys.public_half(sealed.keys.path).encode())
        sealed.write(1)
        assert public != old
        assert sealed.seal(type(sealed.sealer)(type(sealed.keys)(stolen), sealed.heads)) == [1]

        found = sealed.verify()

        assert found == [(What.OLD_KEY, (5, 5), None)]

    def test_public_keys_are_enough(self, sealed: Ledger) -> None:
        half = sealed.folder / "public.pem"
        half.write_text(seal_keys.public_half(sealed.keys.path))
        sealed.keys = type(sealed.keys)(half)

        assert sealed.verify() == []
