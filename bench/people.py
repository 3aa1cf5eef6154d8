"""Signs people in over HTTP, as a browser would, and finds what they can look at and take."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from bench.load import Browser, one, several
from bench.stage import Stage

SIGN_IN = "/logg-inn"

# Free times further ahead than any rule asks for, in the timebook of the first doctor.
FREE = """
SELECT slot.id, book.uuid, kind.uuid FROM appointments_slot AS slot
JOIN appointments_schedule AS schedule ON schedule.id = slot.schedule_id
JOIN people_practitioner AS book ON book.id = schedule.practitioner_id
JOIN appointments_appointmenttype AS kind ON kind.id = slot.type_id
WHERE schedule.practitioner_id = %s AND slot.withdrawn_at IS NULL
AND slot.starts > now() + interval '1 day' AND slot.starts < now() + interval '55 days'
AND NOT EXISTS (SELECT 1 FROM appointments_appointment AS taken
    WHERE taken.practitioner_id = schedule.practitioner_id AND taken.period && slot.period
    AND taken.status IN ('pending', 'offered', 'booked', 'fulfilled'))
ORDER BY slot.starts
"""
DOCTOR = """
SELECT list.id, list.practitioner_id, account.uuid FROM people_patientlist AS list
JOIN people_practitioner AS doctor ON doctor.id = list.practitioner_id
JOIN people_account AS account ON account.id = doctor.account_id
ORDER BY (SELECT count(*) FROM people_gpassignment AS stay WHERE stay.patient_list_id = list.id)
    DESC LIMIT 1
"""
PATIENTS = """
SELECT account.uuid, patient.id FROM people_patient AS patient
JOIN people_account AS account ON account.id = patient.account_id
JOIN people_gpassignment AS stay ON stay.patient_id = patient.id
WHERE stay.patient_list_id = %s ORDER BY patient.id LIMIT %s
"""
# A matter of each patient's own that they may write in.
THREADS = """
SELECT DISTINCT ON (patient_id) patient_id, id FROM conversations_conversation
WHERE patient_id = ANY (%s) AND kind = 'enquiry' AND status <> 'closed' AND reply_allowed
ORDER BY patient_id, started_at DESC
"""
WAITING = """
SELECT id FROM conversations_conversation WHERE status = 'with-practice'
AND kind = 'enquiry' AND opened_at IS NULL ORDER BY due_at LIMIT %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Free:
    """A free time, and how its page is addressed."""

    id: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One doctor's list: who has signed in, and what is free."""

    doctor: Browser
    patients: tuple[Browser, ...]
    own_threads: tuple[tuple[Browser, str], ...]
    waiting: tuple[str, ...]
    free: tuple[Free, ...]


def gather(stage: Stage, many: int) -> Office:
    """Sign in the doctor with the longest list and so many patients on it."""
    ((list_id, practitioner_id, doctor),) = stage.rows(DOCTOR)
    accounts = stage.rows(PATIENTS, list_id, many)
    patients = signed_in(stage, [str(account) for account, _patient in accounts], "patient")
    by_patient = dict(zip((key for _account, key in accounts), patients, strict=True))
    threads = stage.rows(THREADS, list(by_patient))
    (at_work,) = signed_in(stage, [str(doctor)], "practice")
    return Office(
        doctor=at_work,
        patients=tuple(patients),
        own_threads=tuple((by_patient[key], f"/meldinger/{one}") for key, one in threads),
        waiting=tuple(f"/kontor/sak/{one}" for (one,) in stage.rows(WAITING, 500)),
        free=tuple(
            Free(id=str(slot), page=f"/time?hos={whose}&hva={kind}")
            for slot, whose, kind in stage.rows(FREE, practitioner_id)
        ),
    )


def signed_in(stage: Stage, people: Sequence[str], side: str) -> list[Browser]:
    """Everybody at the door, each with a session of their own."""
    token = _cookies(one(stage.port, Browser({}).get(SIGN_IN)).header("set-cookie"))
    stranger = Browser(token)
    clicks = [
        stranger.post(SIGN_IN, person=person, side=side, request_key=str(uuid4()))
        for person in people
    ]
    found = []
    for answer in several(stage.port, clicks, at_once=4):
        if answer.status != 302:
            raise RuntimeError(f"Somebody was not let in: {answer.status}.")
        found.append(Browser({**token, **_cookies(answer.header("set-cookie"))}))
    return found


def _cookies(lines: Sequence[str]) -> dict[str, str]:
    pairs = (line.split(";", 1)[0].split("=", 1) for line in lines)
    return dict(pairs)
