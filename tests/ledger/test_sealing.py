"""Sealing: every entry once, whoever commits when, whoever seals."""

import threading
import time

import pytest

from dialog.adapters import database_roles as roles
from dialog.adapters.seal_heads import HeadFile
from dialog.ledger.ports import SealFault
from dialog.ledger.sealer import MOST_MOMENTS, Writers
from dialog.ledger.sealing import Sealing
from dialog.ledger.stretches import each, unflat
from tests.database import connected_to
from tests.ledger.sealed import Ledger, all_of, at_once, written

COVERED = "SELECT ids FROM ledger_seal ORDER BY number"
FLOORS = "SELECT floor FROM ledger_seal ORDER BY number"


def covered(ledger: Ledger) -> list[list[int]]:
    """Which entries are in each batch."""
    return [[*each(unflat(ids))] for (ids,) in ledger.ask(COVERED)]  # type: ignore[arg-type]


def floors(ledger: Ledger) -> list[int]:
    return [int(str(one)) for (one,) in ledger.ask(FLOORS)]


class TestTurn:
    def test_what_is_committed_is_sealed_once_in_batches(self, ledger: Ledger) -> None:
        ledger.write(10)

        assert ledger.seal() == [4, 4, 2]
        assert ledger.seal() == []
        assert covered(ledger) == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]
        assert floors(ledger) == [4, 8, 10]
        assert ledger.verify() == []

    def test_nothing_is_no_batch(self, ledger: Ledger) -> None:
        assert ledger.seal() == []
        assert ledger.verify() == []

    def test_another_relay_goes_on_where_the_first_left_off(
        self,
        ledger: Ledger,
    ) -> None:
        ledger.batches(2, 3)
        ledger.write(1)

        assert ledger.seal(ledger.another()) == [1]
        ledger.write(1)
        assert ledger.seal() == [1]
        assert covered(ledger) == [[1, 2], [3, 4, 5], [6], [7]]
        assert ledger.verify() == []

    def test_what_was_never_committed_is_in_no_batch_and_missed_by_nobody(
        self,
        ledger: Ledger,
    ) -> None:
        ledger.write(2)
        with ledger.slowly() as slow:
            written(slow, 3)
            slow.rollback()
        ledger.write(2)

        ledger.seal()

        assert covered(ledger) == [[1, 2, 6, 7]]
        assert ledger.verify() == []


class TestLateCommitters:
    def test_a_late_one_is_in_a_later_batch(self, ledger: Ledger) -> None:
        with ledger.slowly() as slow:
            written(slow, 1)
            ledger.write(2)
            ledger.seal()
            ledger.write(1)
            ledger.seal()
            assert ledger.verify() == []
            slow.commit()

        ledger.seal()

        assert covered(ledger) == [[2, 3], [4], [1]]
        assert ledger.verify() == []

    def test_the_floor_waits_for_it_and_for_nobody_who_came_after(
        self,
        ledger: Ledger,
    ) -> None:
        ledger.write(1)
        ledger.seal()
        with ledger.slowly() as first, ledger.slowly() as second:
            written(first, 1)
            ledger.write(1)
            ledger.seal()
            written(second, 1)
            first.commit()
            ledger.write(1)
            ledger.seal()
            second.commit()
        ledger.write(1)
        ledger.seal()

        assert covered(ledger) == [[1], [3], [2, 5], [4, 6]]
        assert floors(ledger) == [1, 1, 3, 6]
        assert ledger.verify() == []

    def test_a_relay_that_starts_meanwhile_finds_it_too(
        self,
        ledger: Ledger,
    ) -> None:
        with ledger.slowly() as slow:
            written(slow, 1)
            ledger.batches(4, 4)
            assert ledger.seal(ledger.another()) == []
            slow.commit()

        assert ledger.seal(ledger.another()) == [1]
        assert ledger.verify() == []

    def test_one_that_has_a_number_and_no_line_yet_is_waited_for(
        self,
        ledger: Ledger,
    ) -> None:
        """Between the two there is no trace of it but its lock."""
        with ledger.slowly() as slow:
            slow.execute("LOCK TABLE ledger_entry IN ROW EXCLUSIVE MODE")
            number = slow.execute("SELECT nextval('ledger_entry_id_seq')").fetchone()
            ledger.write(1)
            ledger.seal()
            slow.execute(
                "INSERT INTO ledger_entry (id, at, kind, role, details) "
                "OVERRIDING SYSTEM VALUE VALUES (%s, now(), '', '', '{}')",
                number,
            )
            slow.commit()
        ledger.seal()

        assert floors(ledger)[0] == 0
        assert covered(ledger) == [[2], [1]]
        assert ledger.verify() == []

    def test_moments_are_not_remembered_without_end(self, ledger: Ledger) -> None:
        writers = Writers()
        with ledger.slowly() as slow, connected_to(ledger.database, roles.RELAY):
            written(slow, 1)
            for _number in range(MOST_MOMENTS + 5):
                ledger.write(1)
                assert writers.look() == 0
            slow.commit()

            assert writers.look() == MOST_MOMENTS + 1
            assert writers.look() == MOST_MOMENTS + 6

    def test_the_first_number_is_not_over_before_it_is_given_out(self, ledger: Ledger) -> None:
        writers = Writers()
        with connected_to(ledger.database, roles.RELAY):
            assert writers.look() == 0
            ledger.write(1)
            assert writers.look() == 1

    def test_another_database_is_not_taken_for_the_one_before(
        self,
        ledger: Ledger,
    ) -> None:
        writers = Writers()
        ledger.write(5)
        with connected_to(ledger.database, roles.RELAY):
            assert writers.look() == 5
            ledger.tamper("SELECT setval('ledger_entry_id_seq', 2)")

            assert writers.look() == 2


class TestManyAtOnce:
    @pytest.mark.parametrize("apart", [False, True])
    def test_while_all_write_and_all_seal_each_entry_is_in_one_batch(
        self,
        ledger: Ledger,
        apart: bool,
    ) -> None:
        """On one machine, with one file; and on several, each with its own."""
        ledger.most = 50
        files = [HeadFile(ledger.folder / f"heads-{n * apart}") for n in range(3)]
        for one in files:
            one.begin()
        done = threading.Event()

        def write() -> None:
            with ledger.slowly() as through:
                for number in range(40):
                    written(through, 3)
                    if number % 7:
                        through.commit()
                    else:
                        through.rollback()

        def seal(heads: HeadFile) -> None:
            sealer = ledger.another(heads)
            while not done.is_set():
                sealer.turn()

        def all_write() -> None:
            at_once(write, write, write)
            done.set()

        with connected_to(ledger.database, roles.RELAY):
            at_once(all_write, *(lambda one=one: seal(one) for one in files))
            for one in files:
                all_of(ledger.another(one))
        ledger.heads = files[0]

        inside = sorted(one for batch in covered(ledger) for one in batch)
        assert inside == [id for (id,) in ledger.ask("SELECT id FROM ledger_entry ORDER BY id")]
        assert ledger.verify() == []
        assert len({one.path.read_bytes() for one in files}) == 1

    def test_who_writes_never_waits_for_who_seals(self, ledger: Ledger) -> None:
        ledger.write(1)
        with ledger.slowly() as sealing:
            sealing.execute("SELECT pg_advisory_xact_lock(hashtextextended('ledger.sealing', 0))")
            sealing.execute("SELECT * FROM ledger_entry")
            with connected_to(ledger.database, roles.RELAY):
                assert ledger.sealer.turn() is None
            ledger.admin.execute("SET lock_timeout = '1s'")

            assert ledger.write(1) == [2]


class TestSealingThread:
    def test_it_seals_beats_and_outlives_what_goes_wrong(
        self,
        ledger: Ledger,
        caplog: pytest.LogCaptureFixture,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("dialog.ledger.sealing.PAUSE", 0.05)
        stop = threading.Event()
        ledger.batches(1)
        hidden = ledger.heads.path.rename(ledger.folder / "elsewhere")
        with connected_to(ledger.database, roles.RELAY):
            sealing = Sealing(ledger.another(), stop)
            sealing.start()
            ledger.write(9)
            wait_for(lambda: "nothing is sealed: SEAL_HEADS_FILE names" in caplog.text)
            hidden.rename(ledger.heads.path)
            wait_for(lambda: ledger.ask("SELECT sum(lines) FROM ledger_seal") == [(10,)])
            wait_for(lambda: ledger.ask("SELECT process FROM ledger_heartbeat") == [("sealer",)])
            stop.set()
            sealing.join()

        assert caplog.text.count("nothing is sealed") == 1
        assert "sealing again" in caplog.text
        assert ledger.verify() == []

    def test_what_is_wrong_is_told_once_until_it_is_mended(
        self, ledger: Ledger, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        away = SealFault("the key is away")
        comes = iter([away, away, 4, 0, 0, None, ValueError("Kari Nordmann")])

        def turn() -> int | None:
            found = next(comes)
            if isinstance(found, Exception):
                raise found
            return found

        monkeypatch.setattr(ledger.sealer, "turn", turn)
        sealing = Sealing(ledger.sealer, threading.Event())
        with connected_to(ledger.database, roles.RELAY):
            more = [sealing.turn() for _ in range(7)]

        assert more == [False, False, True, False, False, False, False]
        assert [one.getMessage() for one in caplog.records] == [
            "nothing is sealed: the key is away",
            "sealing again",
            "nothing is sealed: ValueError",
        ]


def wait_for(happens: object) -> None:
    deadline = time.monotonic() + 60
    while not happens():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.02)
