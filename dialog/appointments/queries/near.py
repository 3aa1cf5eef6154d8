"""The days around today on which a patient meets the office."""

from datetime import date

from dialog.actor import Actor
from dialog.conversations.queries import seen_sql
from dialog.people import queries as people
from dialog.people.policy import Basis, near
from dialog.statements import ask

DAYS = """
SELECT day FROM (
    SELECT (a.starts AT TIME ZONE 'Europe/Oslo')::date AS day
    FROM conversations_conversation AS c
    JOIN appointments_appointment AS a ON a.conversation_id = c.id
    WHERE c.patient_id = %s AND a.status <> 'cancelled' AND ({seen})) AS met
WHERE day BETWEEN %s AND %s
"""


def days_near(by: Actor, patient_id: int) -> list[date]:
    """The days near today of the patient's times here that were not cancelled."""
    seen, values = seen_sql(by)
    found = ask(
        DAYS.format(seen=seen), patient_id, *values, *near(Basis.APPOINTMENT, people.today())
    )
    return [day for (day,) in found]
