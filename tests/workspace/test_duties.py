"""Who does what at the office, over HTTP."""

import pytest
from django.urls import reverse

from dialog import rows
from dialog.actor import Duty, Role
from dialog.people import queries as people
from tests.doors import post


@pytest.fixture
def at_storgata(cast):
    with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
        yield


class TestDuties:
    def test_a_doctor_hands_them_out_and_takes_them_back(self, as_lund, cast, at_storgata):
        log = {"reviewers": [str(cast.lund.account_uuid)]}
        post(as_lund, reverse("workspace:duties"), staff=["prepare-renewals"], **log)
        handed = people.delegations(cast.lund)
        post(as_lund, reverse("workspace:duties"), nurse=["prepare-renewals"], **log)

        assert handed == {Role.STAFF: {Duty.PREPARE_RENEWALS}}
        assert people.delegations(cast.lund) == {Role.NURSE: {Duty.PREPARE_RENEWALS}}

    def test_a_doctor_chooses_who_follows_up_the_log(self, as_lund, cast, at_storgata):
        post(as_lund, reverse("workspace:duties"), reviewers=[str(cast.siri.account_uuid)])

        chosen = [one.name for one in people.colleagues(cast.lund) if one.reviews_access]
        assert chosen == [cast.siri.name]

    def test_somebody_must_follow_up_the_log_and_the_rest_is_not_lost(self, as_lund):
        answer = post(as_lund, reverse("workspace:duties"), nurse=["prepare-renewals"])

        page = answer.content.decode()
        assert answer.status_code == 422 and "Velg minst én som følger opp loggen." in page
        assert page.count(" checked") == 1

    def test_staff_see_and_do_not_decide(self, as_siri, cast):
        page = as_siri.get(reverse("workspace:duties")).content.decode()
        refused = post(
            as_siri,
            reverse("workspace:duties"),
            nurse=["see-econsultations"],
            reviewers=[str(cast.siri.account_uuid)],
        )

        assert "Bare legene kan endre" in page and cast.lund.name in page
        assert refused.status_code == 403
