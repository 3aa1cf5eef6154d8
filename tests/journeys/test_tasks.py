"""The office asks for something by a day; the patient does it, and the office sees that."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from dialog import rows
from dialog.conversations import actions
from dialog.conversations.models import Task
from dialog.demo.cast import Cast, find
from dialog.people import queries as people
from tests.browsing import DESK
from tests.conversations.tasked import given
from tests.journeys.walking import Walk
from tests.people.on_lists import uuid_of
from tests.pictures import png

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(site: str) -> Cast:
    return find()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_form_goes_out_and_comes_back_in_time(
    walks: Callable[..., Walk], cast: Cast, tmp_path: Path, scripts: bool
) -> None:
    siri = walks("Siri", "practice", width=DESK, scripts=scripts)
    siri.go(f"/kontor/pasient/{uuid_of(cast.kari)}/skriv")
    siri.press("Pasienten ringer eller står i skranken")
    siri.page.get_by_label("Hva gjelder det?").select_option("form")
    siri.write("Skriv til pasienten", "Vi trenger skjemaet før kontrollen din.")
    siri.press("Send").sees("Velg en frist for pasienten.")
    if scripts:
        siri.look("workspace-write-first-task-refused")
    day = people.today() + timedelta(days=5)
    siri.write("Hva skal pasienten gjøre?", "Fyll ut skjemaet og send det tilbake")
    siri.write("Frist for pasienten", day.isoformat()).press("Send")
    siri.sees("Dette skal pasienten gjøre", "Ikke gjort ennå")
    if scripts:
        siri.look("workspace-task-open")

    picture = tmp_path / "skjema.png"
    picture.write_bytes(png())
    kari = walks("Kari", scripts=scripts).go("/").sees("Dette skal du gjøre", "Gjør innen")
    if scripts:
        kari.look("portal-home-task")
    kari.press("Henvendelse: Skjema").sees("Gjør det innen")
    if scripts:
        kari.look("portal-task-open")
    kari.write("Vil du si noe til legekontoret?", "Her er det.")
    kari.page.set_input_files("#task_files", picture)
    kari.press("Jeg har gjort dette").sees("Dette har du gjort", "Her er det.", "skjema.png")
    if scripts:
        kari.look("portal-task-done")

    siri.go("/kontor/oppfolging").press("Se hva pasientene skal gjøre")
    siri.press("Gjort siste 30 dager").sees("Kari Nordmann")
    if scripts:
        siri.look("workspace-tasks-done")


def test_what_is_late_is_said_to_both_and_can_still_be_done(
    walks: Callable[..., Walk], cast: Cast
) -> None:
    asked = given(cast, days=0)
    _yesterday(cast, asked.id)
    with rows.seeing(practice=cast.siri.practice_id):
        actions.miss_task(conversation_id=asked.id)

    kari = walks("Kari").go("/").sees("Fristen var").look("portal-home-task-late")
    kari.press("Henvendelse: Skjema").sees("Du kan fortsatt gjøre det.").look("portal-task-late")
    siri = walks("Siri", "practice", width=DESK)
    siri.go("/kontor/oppgaver").sees("Over fristen").look("workspace-tasks-late")
    siri.go("/kontor/oppfolging").press("Nordmann").sees("Ikke gjort").look("workspace-not-done")
    siri.go(f"/kontor/sak/{asked.id}").sees("Gi ny frist").look("workspace-task-late")


def _yesterday(cast: Cast, conversation_id: object) -> None:
    with rows.seeing(practice=cast.siri.practice_id):
        Task.objects.filter(conversation_id=conversation_id).update(
            due_on=people.today() - timedelta(days=1), remind_at=None
        )
