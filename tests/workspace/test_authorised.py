"""What the pages say of somebody's authorisation."""

import pytest
from django.urls import reverse

from dialog.demo.who import number
from tests.doors import post
from tests.people.personnel_in_memory import note

NOT_CONFIRMED = "HPR bekrefter ikke autorisasjonen din"


def page(client, name):
    return client.get(reverse(name)).content.decode()


class TestStaff:
    def test_each_bears_what_the_register_has_said(self, as_siri, cast, personnel):
        note(cast.lund)
        note(cast.nina)

        said = page(as_siri, "workspace:staff")

        assert "HPR-nummer 9000001." in said
        assert said.count("Autorisert") == 1  # Dr Lund; nobody has asked for Siri
        assert said.count("Ikke autorisert") == 1

    def test_an_office_without_a_register_reads_so(self, as_siri):
        said = page(as_siri, "workspace:staff")

        assert "ikke koblet til Helsepersonellregisteret" in said
        assert "HPR-nummer" not in said

    @pytest.mark.parametrize(
        ("away", "why"),
        [(True, "Vi får ikke svar fra Helsepersonellregisteret"), (False, "autorisasjon som lege")],
    )
    def test_a_refusal_keeps_what_was_written(self, as_lund, cast, personnel, away, why):
        note(cast.lund)
        personnel.away = away

        answer = post(
            as_lund,
            reverse("workspace:staff"),
            name="Bjarne Aas",
            identity_number=number("bjarne"),
            role="practitioner",
        )

        said = answer.content.decode()
        assert answer.status_code == 422
        assert why in said and 'value="Bjarne Aas"' in said


class TestAtWork:
    def test_whoever_is_not_confirmed_reads_why(self, as_lund, as_siri, cast, personnel):
        before = page(as_lund, "workspace:inbox")
        note(cast.lund)

        assert NOT_CONFIRMED in before
        assert NOT_CONFIRMED not in page(as_lund, "workspace:inbox")
        assert NOT_CONFIRMED not in page(as_siri, "workspace:inbox")
