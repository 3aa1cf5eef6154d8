"""Whoever sees a list of prescriptions is on the log, once for each look."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from dialog import rows
from dialog.actor import Actor
from dialog.demo.cast import Cast
from dialog.errors import NotAllowed
from dialog.ledger import queries as ledger
from dialog.renewals import actions

from .prescribed import prescribe

LOOKED = "PrescriptionsRead"


def looks(by: Actor) -> list[tuple[str, int | None]]:
    with rows.seeing(**rows.view_of(by)._asdict()):
        lines = ledger.access_log(by)
        return [(str(one.role), one.account_id) for one in lines if one.kind == LOOKED]


class TestSeePrescriptions:
    def test_a_parents_look_is_on_the_childs_log(self, cast: Cast) -> None:
        prescribe(cast, cast.kari_for_ola, "Zyrtec")

        seen = actions.see_prescriptions(by=cast.kari_for_ola)

        assert [one.medicine.name for one in seen] == ["Zyrtec"]
        assert looks(cast.kari_for_ola) == [("proxy", cast.kari.account_id)]

    def test_a_reload_is_the_same_look_and_later_is_another(self, cast: Cast) -> None:
        prescribe(cast, cast.anne, "Metoprolol")
        now = timezone.now()

        for minutes in (0, 1, 4, 10):
            with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
                actions.see_prescriptions(by=cast.anne)

        assert len(looks(cast.anne)) == 2

    def test_a_reload_that_shows_something_new_is_another(self, cast: Cast) -> None:
        prescribe(cast, cast.anne, "Metoprolol")
        actions.see_prescriptions(by=cast.anne)
        prescribe(cast, cast.anne, "Zyrtec")

        actions.see_prescriptions(by=cast.anne)
        actions.see_prescriptions(by=cast.anne)

        assert len(looks(cast.anne)) == 2

    def test_a_list_with_nothing_on_it_is_no_look(self, cast: Cast) -> None:
        assert actions.see_prescriptions(by=cast.anne) == []

        assert looks(cast.anne) == []

    def test_the_office_looks_at_the_patients_page_instead(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.see_prescriptions(by=cast.siri)
