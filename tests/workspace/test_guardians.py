"""The page where an office registers who acts for a patient that cannot consent."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dialog.demo.cast import find
from dialog.demo.who import number
from dialog.people import queries
from tests.browsing import follow, look
from tests.doors import post, say_why
from tests.people.on_lists import uuid_of
from tests.people.test_guardians import GROUND, appoint, mandate, standing


@pytest.fixture(autouse=True)
def why(request):
    """Everybody at the office has a reason to open the page of each; the browser's test says it."""
    if "site" not in request.fixturenames:
        cast = request.getfixturevalue("cast")
        for by in (cast.lund, cast.siri, cast.nina):
            for patient in (cast.per, cast.kari):
                say_why(by, patient)


def page_of(patient):
    return reverse("workspace:guardians", args=[uuid_of(patient)])


def sent(client, patient, **more):
    said = {
        "identity_number": number("anne"),
        "family_name": "Moe",
        "basis": "guardian",
        "explanation": GROUND,
        "areas": ["renewal", "enquiry"],
        "last": (queries.today() + timedelta(days=90)).isoformat(),
    }
    return post(client, page_of(patient), **{**said, **more})


class TestGuardians:
    def test_a_doctor_registers_and_the_office_reads_it(self, as_lund, as_nina, cast):
        answer = sent(as_lund, cast.per)

        said = as_nina.get(page_of(cast.per)).content.decode()
        assert answer.status_code == 302
        assert "Anne Moe" in said and "Oppnevnt verge. Ingrid Lund bestemte det." in said
        assert GROUND in said

    def test_a_slip_loses_nothing(self, as_lund, cast):
        answer = sent(as_lund, cast.per, family_name="Aas")

        said = answer.content.decode()
        assert answer.status_code == 422
        assert "Vi finner ingen" in said and GROUND in said

    def test_only_doctors_have_the_form(self, as_siri, cast):
        said = as_siri.get(page_of(cast.per)).content.decode()

        assert "bestemmer en lege på kontoret" in said
        assert 'name="explanation"' not in said

    def test_the_patient_reads_it_under_mandates(self, as_lund, as_per, cast):
        sent(as_lund, cast.per, basis="next-of-kin")

        said = as_per.get(reverse("portal:mandates")).content.decode()

        assert "Nærmeste pårørende: " in said
        assert "Ingrid Lund har bestemt dette." in said and GROUND in said


class TestEndActing:
    def end(self, patient, right):
        return reverse("workspace:end_acting", args=[uuid_of(patient), right.uuid])

    def test_one_says_why_and_then_it_is_over(self, as_siri, as_per, cast):
        right = mandate(cast.per)

        listed = as_siri.get(page_of(cast.per)).content.decode()
        asked = as_siri.get(self.end(cast.per, right)).content.decode()
        silent = post(as_siri, self.end(cast.per, right))
        post(as_siri, self.end(cast.per, right), reason="asked")

        assert "Fullmakt. Pasienten har gitt den." in listed
        assert "Skal Anne Moe ikke lenger handle for Per Hansen?" in asked
        assert silent.status_code == 422 and "Velg ett av alternativene" in silent.content.decode()
        assert standing(cast.siri, cast.per) == []
        assert (
            "pasienten har bedt om det" in as_per.get(reverse("portal:access_log")).content.decode()
        )

    def test_another_patients_is_not_found(self, as_siri, cast):
        right = appoint(cast.lund, cast.per)

        assert as_siri.get(self.end(cast.kari, right)).status_code == 404


@pytest.mark.browser
def test_in_a_browser(sign_in, site):
    cast = find()
    appoint(cast.lund, cast.per)
    say_why(cast.lund, cast.per)
    page = sign_in("Ingrid Lund", "practice")
    page.goto(page_of(cast.per))
    look(page, "workspace-guardians")
    follow(page.get_by_role("button", name="Bestem og registrer"))
    look(page, "workspace-guardians-missing")
    page.goto(page_of(cast.per))
    follow(page.get_by_role("link", name="Avslutt"))
    look(page, "workspace-end-acting")
    follow(page.get_by_role("button", name="Ja, avslutt"))
    look(page, "workspace-end-acting-refused")
    page = sign_in("Per Hansen", "patient")
    page.goto("/fullmakter")
    look(page, "portal-mandates-guardian")
