"""Following up the log as people see it: for everybody, on a phone and at a desk."""

import pytest
from django.urls import reverse

from dialog.demo.cast import find
from tests.browsing import DESK, follow, look
from tests.oversight.searched import looked
from tests.people.on_lists import uuid_of

pytestmark = pytest.mark.browser


def test_a_search_in_the_log_is_for_everybody(sign_in, own_database):
    cast = find()
    looked(cast.siri, cast.kari)
    page = sign_in("Ingrid Lund", width=DESK)
    page.goto(reverse("workspace:log_colleague", args=[cast.siri.account_uuid]))
    look(page, "log-purpose")

    follow(page.get_by_role("button", name="Søk"))
    look(page, "log-purpose-refused")

    page.get_by_label("Stikkprøve").check()
    page.get_by_label("Alt som er sett og gjort").check()
    follow(page.get_by_role("button", name="Søk"))
    look(page, "log-found")

    page.goto(reverse("workspace:log"))
    page.get_by_label("Navn, fødselsdato").fill("Kari")
    follow(page.get_by_role("button", name="Finn"))
    look(page, "log-whom")
    assert reverse("workspace:log_patient", args=[uuid_of(cast.kari)]) in page.content()


def test_and_so_is_ones_own(sign_in, own_database):
    cast = find()
    looked(cast.siri, cast.kari)
    page = sign_in("Siri Dahl", width=DESK)
    page.goto(reverse("workspace:own_log"))
    look(page, "log-own")


def test_a_patient_asks_about_a_look_and_is_answered(sign_in, own_database):
    cast = find()
    looked(cast.siri, cast.kari)
    patient = sign_in("Kari Nordmann")
    patient.goto(reverse("portal:access_log") + "?vis=sett")
    look(patient, "access-log")

    follow(patient.get_by_role("link", name="Spør om dette oppslaget").first)
    look(patient, "ask-look")
    patient.get_by_label("Vil du skrive noe mer?").fill("Jeg kjenner henne fra før.")
    follow(patient.get_by_role("button", name="Send spørsmålet"))
    look(patient, "ask-look-sent")

    doctor = sign_in("Ingrid Lund", width=DESK)
    doctor.goto(reverse("workspace:inbox") + "?liste=log-question")
    look(doctor, "log-questions")
    follow(doctor.get_by_role("link", name="Kari Nordmann").first)
    look(doctor, "log-question")
