"""National messages: what the whole way in costs, free times asked for, and memory.

Measured in a process of its own, as the relay; the other end of the bus is in it too.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bench.memory import Memory
from bench.parties import PORTS
from bench.scenarios import Measured
from bench.stage import CHECKOUT, Stage
from dialog.adapters import database_roles as roles
from dialog.people.identity_number import synthetic

PATIENTS = 200
# The doctor with the longest list.
DOCTOR = """
SELECT doctor.practice_id, doctor.id, list.id FROM people_patientlist AS list
JOIN people_practitioner AS doctor ON doctor.id = list.practitioner_id
ORDER BY (SELECT count(*) FROM people_gpassignment AS stay WHERE stay.patient_list_id = list.id)
    DESC LIMIT 1
"""
ON_THE_LIST = """
SELECT patient_id FROM people_gpassignment
WHERE patient_list_id = %s AND period @> current_date ORDER BY patient_id LIMIT %s
"""
# Different days, for what is asked already is not asked twice.
QUESTIONS = """
INSERT INTO appointments_timesasked (id, practice_id, practitioner_id, days, asked_at)
SELECT gen_random_uuid(), %s, %s, daterange(current_date, current_date + 28 + place), now()
FROM generate_series(1, %s) AS place RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Office:
    """Whose record system it is, and whom the doctor writes to."""

    practice: int
    practitioner: int
    patients: tuple[int, ...]


def connected(on: Stage) -> Office:
    """Let the largest office work in its own record system from now on."""
    ((practice, practitioner, list_id),) = on.rows(DOCTOR)
    patients = tuple(int(str(one)) for (one,) in on.rows(ON_THE_LIST, list_id, PATIENTS))
    office = Office(int(str(practice)), int(str(practitioner)), patients)
    told = {"practice": office.practice, "practitioner": office.practitioner}
    list(_run(on, roles.OWNER, {"connect": told}))
    return office


def messages(
    on: Stage, office: Office, *, seconds: float, many: int, warm_up: int
) -> Iterator[Measured]:
    """Decoding and encoding, beside bare primitives; the doctor writes, and answers, the first ones
    not measured; and what is free, asked while a patient waits.
    """
    most = max(4, many // 4)
    questions = [
        str(one) for (one,) in on.rows(QUESTIONS, office.practice, office.practitioner, most)
    ]
    database = on.meter.database
    tasks = {
        "codec": {"number": synthetic(date(1985, 3, 14)), "seconds": seconds},
        "way_in": {
            "practice": office.practice,
            "patients": office.patients,
            "many": many,
            "warm_up": warm_up,
            "database": database,
        },
        "ask": {"questions": questions, "practice": office.practice, "database": database},
    }
    for one in _run(on, roles.RELAY, tasks):
        yield Measured(**one)


def memory(on: Stage, office: Office, seconds: float, batch: int) -> Memory:
    """How much a process grows that takes messages for so long."""
    said = {
        "practice": office.practice,
        "patients": office.patients,
        "seconds": seconds,
        "batch": batch,
    }
    (found,) = _run(on, roles.RELAY, {"memory": said})
    return Memory(**found)


def _run(on: Stage, role: str, tasks: Mapping[str, object]) -> Iterator[dict[str, float]]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.listening"],
        input=json.dumps(tasks),
        capture_output=True,
        text=True,
        check=False,
        env={**on.environment(role), **PORTS, "DJANGO_SETTINGS_MODULE": "dialog.config.settings"},
        cwd=CHECKOUT,
    )
    if done.returncode:
        raise RuntimeError(f"bench.listening {' '.join(tasks)}: {done.stderr.strip()[-2000:]}")
    return (json.loads(line) for line in done.stdout.splitlines())
