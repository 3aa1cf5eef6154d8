"""What the cast has been prescribed: some used up, one with more to fetch, some habit-forming."""

from datetime import date, timedelta
from uuid import uuid4

from dialog import rows
from dialog.actor import Actor
from dialog.people import queries as people
from dialog.renewals import actions
from dialog.renewals.policy import Group
from dialog.renewals.ports import Medicine


def write_down(by: Actor, *, kari: Actor, per: Actor) -> None:
    """Let the office write down what Kari and Per use."""
    today = people.today()
    for patient, medicines in ((kari, _karis(today)), (per, _pers(today))):
        with rows.seeing(patient=patient.patient):
            uuid = people.patient_by_id(patient.patient).uuid
        for one in medicines:
            actions.enter_prescription(by=by, patient_uuid=uuid, medicine=one)


def _karis(today: date) -> list[Medicine]:
    return [
        Medicine(
            ref=uuid4(),
            name="Levaxin",
            form="tablett",
            strength="75 mikrog",
            dosage="1 tablett hver morgen",
            atc="H03AA01",
            repeats_left=0,
            valid_until=today - timedelta(days=12),
        ),
        Medicine(
            ref=uuid4(),
            name="Aerius",
            form="tablett",
            strength="5 mg",
            dosage="1 tablett daglig ved plager",
            atc="R06AX27",
            repeats_left=2,
            valid_until=today + timedelta(days=150),
        ),
        Medicine(
            ref=uuid4(),
            name="Imovane",
            form="tablett",
            strength="5 mg",
            dosage="1 tablett om kvelden ved behov",
            atc="N05CF01",
            group=Group.B,
            repeats_left=0,
            valid_until=today - timedelta(days=40),
        ),
    ]


def _pers(today: date) -> list[Medicine]:
    return [
        Medicine(
            ref=uuid4(),
            name="Metoprolol",
            form="depottablett",
            strength="50 mg",
            dosage="1 tablett hver morgen",
            atc="C07AB02",
            repeats_left=0,
            valid_until=today + timedelta(days=20),
        ),
        Medicine(
            ref=uuid4(),
            name="Atorvastatin",
            form="tablett",
            strength="20 mg",
            dosage="1 tablett om kvelden",
            atc="C10AA05",
            repeats_left=0,
            valid_until=today - timedelta(days=5),
            control_by=today - timedelta(days=30),
        ),
        Medicine(
            ref=uuid4(),
            name="Glukose teststrimler",
            dosage="2 ganger daglig",
            group=Group.NONE,
            repeats_left=1,
            valid_until=today + timedelta(days=90),
        ),
    ]
