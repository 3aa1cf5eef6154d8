"""What the pages say of the GP register."""

import pytest
from django.urls import reverse

from dialog import rows
from dialog.people.models import PatientList
from tests.browsing import look
from tests.doors import post, say_why
from tests.people.gps_in_memory import follow
from tests.people.on_lists import list_of, uuid_of


@pytest.fixture
def list_uuid(cast):
    with rows.seeing(practice=cast.lund.practice_id):
        return PatientList.objects.get(id=list_of(cast.lund)).uuid


class TestLists:
    def test_a_list_bears_its_number_and_the_age_of_the_answers(self, as_siri, cast, gps):
        before = as_siri.get(reverse("workspace:lists")).content.decode()
        follow(cast.kari, "kari")
        after = as_siri.get(reverse("workspace:lists")).content.decode()

        assert "Avtale 1001 i fastlegeregisteret." in before
        assert "ikke spurt om 3 av dem ennå." in before and "Eldste svar" not in before
        assert "ikke spurt om 2 av dem ennå." in after and "Eldste svar" in after

    def test_an_office_without_the_register_reads_nothing_of_it(self, as_siri):
        assert "fastlegeregisteret" not in as_siri.get(reverse("workspace:lists")).content.decode()


class TestConnectList:
    def test_a_number_is_written_and_taken_away(self, as_siri, cast, gps, list_uuid):
        url = reverse("workspace:connect_list", args=[list_uuid])
        answers = [post(as_siri, url, register_number=one).status_code for one in ("3003", "")]

        assert answers == [302, 302]
        with rows.seeing(practice=cast.lund.practice_id):
            assert PatientList.objects.get(uuid=list_uuid).register_number == ""

    def test_a_slip_stays_in_the_field(self, as_siri, gps, list_uuid):
        answer = post(
            as_siri, reverse("workspace:connect_list", args=[list_uuid]), register_number="30O3"
        )

        said = answer.content.decode()
        assert answer.status_code == 422
        assert "Skriv bare tallene" in said and 'value="30O3"' in said


class TestPatientsList:
    def test_what_the_register_said_of_the_patient(self, as_siri, cast, gps):
        say_why(cast.siri, cast.kari)
        url = reverse("workspace:patients_list", args=[uuid_of(cast.kari)])
        before = as_siri.get(url).content.decode()
        follow(cast.kari, "kari")
        known = as_siri.get(url).content.decode()
        gps.known.clear()
        follow(cast.kari, "kari")
        unknown = as_siri.get(url).content.decode()

        assert "ikke spurt om pasienten ennå" in before
        assert "hvilken liste pasienten står på" in known
        assert "ikke kjenner noen liste" in unknown


@pytest.mark.browser
def test_in_a_browser(gps, sign_in, site):
    page = sign_in("Siri Dahl", "practice")
    page.goto("/kontor/innstillinger/lister")
    look(page, "workspace-lists-in-the-register")
    page.get_by_role("link", name="Fastlegeregisteret Ingrid Lund").click()
    look(page, "workspace-list-in-the-register")
