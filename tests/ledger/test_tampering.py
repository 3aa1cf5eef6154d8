"""Somebody with all power over the database, and none over key and heads: what they do is named."""

import pytest

from dialog.ledger.faults import What
from dialog.ledger.stretches import Stretch
from tests.ledger.sealed import Ledger


def swap(one: int, other: int) -> list[tuple[str, tuple[object, ...]]]:
    """Let two entries change places."""
    move = "UPDATE ledger_entry SET id = %s WHERE id = %s"
    return [(move, (-1, one)), (move, (one, other)), (move, (other, -1))]


class TestEntries:
    @pytest.mark.parametrize(
        "change",
        [
            "at = at + interval '1 microsecond'",
            "at = 'infinity'",
            "kind = 'MessageSent'",
            "role = 'doctor'",
            "account_id = 1",
            "patient_id = 1",
            "practice_id = 8",
            "practice_id = NULL",
            "conversation_id = gen_random_uuid()",
            "details = '{}'",
            'details = \'{"number": "2"}\'',
            "details = '{\"number\": 2.0}'",
            "details = 'null'",
        ],
    )
    def test_one_that_was_changed(self, sealed: Ledger, change: str) -> None:
        sealed.tamper(f"UPDATE ledger_entry SET {change} WHERE id = 5")  # noqa: S608 - ours

        assert sealed.verify() == [(What.CHANGED, (2, 2), (5, 5))]

    def test_one_that_was_removed(self, sealed: Ledger) -> None:
        sealed.tamper("DELETE FROM ledger_entry WHERE id = 5")

        assert sealed.verify() == [(What.REMOVED, (2, 2), (5, 5))]

    def test_all_that_were_removed(self, sealed: Ledger) -> None:
        sealed.admin.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ALL")
        sealed.admin.execute("TRUNCATE ledger_entry CASCADE")
        sealed.admin.execute("ALTER TABLE ledger_entry ENABLE TRIGGER ALL")

        assert sealed.verify() == [
            (What.REMOVED, (1, 1), (1, 3)),
            (What.REMOVED, (2, 2), (4, 7)),
            (What.REMOVED, (3, 3), (8, 9)),
        ]

    @pytest.mark.parametrize("id", [-5, 0, 8, 9])
    def test_one_that_was_put_in_where_everything_was_sealed(self, ledger: Ledger, id: int) -> None:
        ledger.batches(3, 4)
        ledger.admin.execute("ALTER SEQUENCE ledger_entry_id_seq RESTART WITH 10")
        ledger.batches(1)
        ledger.tamper(
            "INSERT INTO ledger_entry (id, at, kind, role, details) OVERRIDING SYSTEM VALUE "
            "VALUES (%s, now(), 'ConversationRead', 'staff', '{}')",
            id,
        )

        batch = 3 if id > 0 else 1
        assert ledger.verify() == [(What.INSERTED, (batch, batch), (id, id))]
        assert ledger.seal() == []

    def test_one_that_was_put_in_under_a_number_that_is_taken(self, sealed: Ledger) -> None:
        sealed.admin.execute("ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_pkey CASCADE")
        sealed.tamper(
            "INSERT INTO ledger_entry OVERRIDING SYSTEM VALUE SELECT * FROM ledger_entry "
            "WHERE id = 5"
        )

        assert sealed.verify() == [(What.INSERTED, (2, 2), (5, 5))]

    @pytest.mark.parametrize(
        ("places", "what"),
        [((4, 6), (What.MOVED, What.MOVED)), ((1, 6), (What.CHANGED, What.CHANGED))],
    )
    def test_two_that_changed_places(
        self, sealed: Ledger, places: Stretch, what: tuple[What, What]
    ) -> None:
        """Within a batch it is also said where they were; across batches, that both are wrong."""
        for statement, values in swap(*places):
            sealed.tamper(statement, *values)

        found = sealed.faults()

        assert tuple(one.what for one in found) == what
        assert [one.entries for one in found] == [(place, place) for place in places]
        moved = (6, 4) if what[0] is What.MOVED else (None, None)
        assert tuple(one.other for one in found) == moved

    def test_one_that_took_the_place_of_another(self, sealed: Ledger) -> None:
        sealed.tamper("DELETE FROM ledger_entry WHERE id = 6")
        sealed.tamper("UPDATE ledger_entry SET id = 6 WHERE id = 4")

        assert [(one.what, one.entries, one.other) for one in sealed.faults()] == [
            (What.REMOVED, (4, 4), None),
            (What.MOVED, (6, 6), 4),
        ]


class TestTheEnd:
    def test_the_last_batch_and_its_entries_removed(self, sealed: Ledger) -> None:
        sealed.tamper("DELETE FROM ledger_seal WHERE number = 3")
        sealed.tamper("DELETE FROM ledger_entry WHERE id > 7")

        assert sealed.verify() == [(What.SEALS_LOST, (3, 3), None)]

    def test_nothing_left_at_all(self, sealed: Ledger) -> None:
        sealed.tamper("DELETE FROM ledger_seal")
        sealed.tamper("DELETE FROM ledger_entry")

        assert sealed.verify() == [(What.SEALS_LOST, (1, 3), None)]

    def test_without_heads_it_is_said_that_it_cannot_be_known(self, sealed: Ledger) -> None:
        sealed.heads.path.unlink()
        sealed.tamper("DELETE FROM ledger_seal WHERE number = 3")
        sealed.tamper("DELETE FROM ledger_entry WHERE id > 7")

        assert sealed.verify() == [(What.HEADS_ABSENT, None, None)]

    def test_the_tail_is_what_is_not_sealed_and_its_age_that_of_the_oldest(
        self, sealed: Ledger
    ) -> None:
        sealed.verify()
        assert sealed.tail is not None and sealed.tail.lines == 0
        sealed.write(2)
        sealed.tamper("UPDATE ledger_entry SET at = now() - interval '1 hour' WHERE id = 11")

        assert sealed.verify() == []
        assert sealed.tail.lines == 2
        assert 3600 <= sealed.tail.age.total_seconds() < 3700

    @pytest.mark.parametrize("at", ["infinity", "-infinity"])
    def test_a_time_without_sense_stops_nobody(self, sealed: Ledger, at: str) -> None:
        sealed.write(1)
        sealed.tamper(f"UPDATE ledger_entry SET at = '{at}' WHERE id = 10")  # noqa: S608 - ours

        assert sealed.verify() == []
        assert sealed.tail is not None and sealed.tail.lines == 1
        assert sealed.seal() == [1]


class TestGuards:
    def test_a_trigger_that_is_off_is_told(self, sealed: Ledger) -> None:
        sealed.admin.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_is_forever")

        (fault,) = sealed.faults()
        assert (fault.what, fault.name) == (What.UNGUARDED, "ledger_entry_is_forever")


class TestSince:
    def test_what_is_wrong_before_was_told_before(self, sealed: Ledger) -> None:
        sealed.tamper("UPDATE ledger_entry SET kind = '' WHERE id IN (1, 9)")

        assert sealed.verify(since=2) == [(What.CHANGED, (3, 3), (9, 9))]

    def test_late_ones_are_not_taken_for_put_in(self, ledger: Ledger) -> None:
        with ledger.slowly() as slow:
            slow.execute("LOCK TABLE ledger_entry IN ROW EXCLUSIVE MODE")
            ledger.batches(2, 2)
            slow.commit()
        ledger.batches(1)

        assert ledger.verify(since=3) == []

    def test_the_batch_before_is_not_believed_blindly(self, sealed: Ledger) -> None:
        sealed.tamper("UPDATE ledger_seal SET floor = 1000 WHERE number = 1")

        assert (What.SEAL_CHANGED, (1, 1), None) in sealed.verify(since=2)


def test_every_way_is_a_single_one(sealed: Ledger) -> None:
    """Or what is found above might be found in what nobody touched."""
    assert sealed.verify() == []
    assert sealed.verify(since=2) == []
