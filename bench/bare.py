"""Bare PostgreSQL beside the product: the same rows by ``pgbench``, with nothing around them."""

import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import psycopg

from bench.people import Free
from bench.scenarios import Measured
from bench.stage import Stage

CLIENTS = 8
SET_UP = """
CREATE TABLE bench_times AS SELECT row_number() OVER () AS place, slot.id, slot.schedule_id,
    slot.type_id, slot.period, slot.practice_id, schedule.practitioner_id, list.id AS list_id
FROM appointments_slot AS slot
JOIN appointments_schedule AS schedule ON schedule.id = slot.schedule_id
JOIN people_patientlist AS list ON list.practitioner_id = schedule.practitioner_id
WHERE slot.starts > now() + interval '1 day' AND slot.withdrawn_at IS NULL
AND NOT EXISTS (SELECT 1 FROM appointments_appointment AS taken
    WHERE taken.practitioner_id = schedule.practitioner_id AND taken.period && slot.period);
CREATE TABLE bench_people AS SELECT row_number() OVER () AS place, patient.id, account_id
FROM people_patient AS patient WHERE account_id IS NOT NULL;
CREATE UNIQUE INDEX ON bench_people (place);
CREATE SEQUENCE bench_next;
"""
LEFT = """
DELETE FROM bench_times WHERE id = ANY (%s::uuid[])
"""
READ = r"""
\set who random(1, 1000)
SELECT id, account_id FROM bench_people WHERE place = :who;
"""
BOOK = r"""
SELECT nextval('bench_next') AS place, quote_literal(gen_random_uuid()) AS matter,
    quote_literal(gen_random_uuid()) AS message, quote_literal(gen_random_uuid()) AS one \gset
BEGIN;
SELECT id, schedule_id FROM appointments_slot WHERE id = (
    SELECT id FROM bench_times WHERE place = :place) FOR SHARE;
INSERT INTO conversations_conversation (id, kind, status, outcome, topic, practice_id,
    patient_list_id, patient_id, started_side, started_by_id, started_at, changed_at, version,
    owner_role, due_at, patient_opened_at, reply_allowed, important, urgent, reserved,
    redirected_to, elsewhere)
SELECT :matter, 'appointment', 'resting', '', '', slot.practice_id, slot.list_id, who.id,
    'patient', who.account_id, now(), now(), 1, 'staff', now(), now(), true, false, false, false,
    '', false
FROM bench_times AS slot, bench_people AS who WHERE slot.place = :place AND who.place = :place;
INSERT INTO conversations_message (id, conversation_id, side, author_id, author_role, author_name,
    text, sent_at, hidden_because)
SELECT :message, :matter, 'patient', account_id, 'patient', 'Kari Nordmann', '\x00', now(), ''
FROM bench_people WHERE place = :place;
INSERT INTO appointments_appointment (id, conversation_id, practice_id, patient_id,
    practitioner_id, type_id, meeting, slot_id, period, status, version, made_side, made_at,
    overbooked, overbooked_reason, wished_weekdays, wished_parts, cancelled_side, late)
SELECT :one, :matter, slot.practice_id, who.id, slot.practitioner_id, slot.type_id,
    'in-person', slot.id, slot.period, 'booked', 1, 'patient', now(), false, '\x00', '{}', '{}',
    '', false
FROM bench_times AS slot, bench_people AS who WHERE slot.place = :place AND who.place = :place;
INSERT INTO ledger_entry (at, kind, account_id, role, patient_id, practice_id, conversation_id,
    details)
SELECT now(), kind, account_id, 'patient', id, 1, :matter, '{"side": "patient"}'
FROM bench_people, unnest(ARRAY['ConversationStarted', 'MessageSent', 'AppointmentBooked']) AS kind
WHERE place = :place;
COMMIT;
"""


def read_a_row(stage: Stage, many: int) -> Measured:
    """The least that can be asked of a database."""
    return _run(stage, "bare PostgreSQL: read a row", READ, many)


def book(stage: Stage, many: int) -> Measured:
    """The rows of a booking, in one transaction that is kept."""
    return _run(stage, "bare PostgreSQL: book", BOOK, many)


def set_up(stage: Stage, without: Iterable[Free]) -> int:
    """Other free times for it to take; how many there are."""
    with psycopg.connect(stage.database) as connection:
        connection.execute(SET_UP)
        connection.execute(LEFT, [[one.id for one in without]])
    ((many,),) = stage.rows("SELECT least(count(*), 1000) FROM bench_times")
    return int(str(many))


def _run(stage: Stage, name: str, script: str, many: int) -> Measured:
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        Path(file.name).chmod(0o644)
        command = [stage.programs / "pgbench", "-n", "-c", str(CLIENTS), "-j", "1", "-f", file.name]
        each = str(max(1, many // CLIENTS))
        before = stage.meter.read()
        done = subprocess.run(
            [*command, "-t", each, "-M", "simple", stage.database],
            capture_output=True,
            text=True,
            check=False,
        )
        used = stage.meter.read().since(before)
    if done.returncode or " 0 (0.000%)" not in done.stdout:
        raise RuntimeError(f"pgbench did not do it: {done.stderr.strip()[-300:]}")
    many = int(_said(r"number of transactions actually processed: (\d+)", done.stdout))
    latency = float(_said(r"latency average = ([\d.]+) ms", done.stdout))
    return Measured(
        name=name,
        many=many,
        rate=float(_said(r"tps = ([\d.]+)", done.stdout)),
        p50=latency,
        p99=0.0,
        server=0.0,
        database=1000 * used.database / many,
    )


def _said(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise RuntimeError("pgbench says things in another way now")
    return found[1]
