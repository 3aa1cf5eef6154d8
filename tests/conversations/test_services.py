"""The doctor's switches: at once, for a planned while, and in the doctor's own words."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from dialog import rows
from dialog.conversations import actions, queries
from dialog.conversations.policy import Feature, Kind
from dialog.conversations.switches import SWITCHES
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed, NotFound, ServiceOff
from dialog.ledger.models import Entry
from dialog.people import actions as people_actions
from dialog.people import queries as people
from tests.people.on_lists import enquiry, kinds, list_of


def lunds(cast: Cast) -> int:
    with rows.seeing(patient=cast.kari.patient_id):
        owner = people.list_of(cast.kari.patient)
    assert owner is not None
    return owner.list_id


def state(cast: Cast, feature: Feature = Feature.ENQUIRY) -> queries.ServiceState:
    with rows.seeing(patient=cast.kari.patient_id):
        return queries.service_state(lunds(cast), feature)


def switch(cast: Cast, *, on: bool, who: str = "lund") -> None:
    actions.switch_service(
        by=getattr(cast, who), list_id=lunds(cast), feature=Feature.ENQUIRY, on=on
    )


class TestSwitchService:
    def test_off_is_off_for_the_very_next_patient(self, cast: Cast) -> None:
        switch(cast, on=False)

        with pytest.raises(ServiceOff):
            enquiry(cast.kari)

    def test_and_on_is_on_again(self, cast: Cast) -> None:
        switch(cast, on=False)
        switch(cast, on=True)

        assert enquiry(cast.kari).kind == Kind.ENQUIRY

    def test_what_is_under_way_goes_on(self, cast: Cast) -> None:
        conversation = enquiry(cast.kari)
        switch(cast, on=False)

        actions.reply(by=cast.siri, conversation_id=conversation.id, text="Klokka åtte.")
        actions.reply(by=cast.kari, conversation_id=conversation.id, text="Takk!")

    def test_the_other_services_are_untouched(self, cast: Cast) -> None:
        switch(cast, on=False)

        assert state(cast, Feature.RENEWAL).on

    def test_another_doctors_list_is_untouched(self, cast: Cast) -> None:
        switch(cast, on=False)

        assert enquiry(cast.bjarne).practice_id == cast.berg.practice_id

    def test_it_is_written_down_once(self, cast: Cast) -> None:
        for _time in range(2):
            switch(cast, on=False)

        with rows.seeing(practice=cast.lund.practice_id):
            last = Entry.objects.filter(account_id=cast.lund.account_id, kind="ServiceSwitched")
            assert [one.details["on"] for one in last] == [False]

    @pytest.mark.parametrize("who", ["siri", "nina"])
    def test_only_whoever_has_the_list_decides(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            switch(cast, on=False, who=who)

    @pytest.mark.parametrize("who", ["berg", "kari"])
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotFound):
            switch(cast, on=False, who=who)


class TestWordService:
    def word(self, cast: Cast, *, who: str = "lund", days: int | None = 3) -> None:
        actions.word_service(
            by=getattr(cast, who),
            list_id=lunds(cast),
            feature=Feature.ENQUIRY,
            notice="Vi svarer etter lunsj.",
            answer_days=days,
        )

    def test_patients_read_it_and_are_promised_the_days(self, cast: Cast) -> None:
        self.word(cast)

        said = state(cast)
        assert (said.notice, said.answer_days) == ("Vi svarer etter lunsj.", 3)
        assert kinds(practice=cast.lund.practice_id)[-1] == "ServicePlanned"

    @pytest.mark.parametrize("days", [-1, 31])
    def test_a_promise_nobody_would_make_is_refused_at_its_field(
        self, cast: Cast, days: int
    ) -> None:
        with pytest.raises(InvalidInput) as refusal:
            self.word(cast, days=days)

        assert refusal.value.field == "answer_days"

    def test_only_whoever_has_the_list_words_it(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            self.word(cast, who="siri")

    def test_a_stranger_does_not_find_it(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            self.word(cast, who="berg")


def pause(
    cast: Cast, *, starts: datetime, ends: datetime | None, who: str = "lund"
) -> queries.PauseView:
    planned = actions.plan_pause(
        by=getattr(cast, who),
        list_id=lunds(cast),
        feature=Feature.ENQUIRY,
        starts=starts,
        ends=ends,
        reason="Jeg har ferie.",
    )
    return next(one for one in pauses(cast) if one.uuid == planned.uuid)


def pauses(cast: Cast) -> list[queries.PauseView]:
    with rows.seeing(practice=cast.lund.practice_id):
        return queries.planned_pauses(cast.lund, lunds(cast))


class TestPlanPause:
    def test_it_is_off_from_then_and_comes_back_by_itself(self, cast: Cast, time_machine) -> None:
        starts = timezone.now() + timedelta(days=2)
        pause(cast, starts=starts, ends=starts + timedelta(days=7))
        before = state(cast).on

        time_machine.move_to(starts + timedelta(days=1))
        during = state(cast)
        time_machine.move_to(starts + timedelta(days=8))

        assert (before, during.on, during.reason, state(cast).on) == (
            True,
            False,
            "Jeg har ferie.",
            True,
        )

    def test_a_patient_is_told_until_when(self, cast: Cast) -> None:
        ends = timezone.now() + timedelta(days=2)
        pause(cast, starts=timezone.now() - timedelta(minutes=1), ends=ends)

        assert state(cast).until == ends
        with pytest.raises(ServiceOff):
            enquiry(cast.kari)

    @pytest.mark.parametrize("longest_first", [True, False])
    def test_of_two_at_once_it_is_the_one_that_lasts_longest(
        self, cast: Cast, longest_first: bool
    ) -> None:
        now = timezone.now()
        ends = [now + timedelta(days=9), now + timedelta(days=2)]
        for one in ends if longest_first else reversed(ends):
            pause(cast, starts=now - timedelta(minutes=1), ends=one)

        assert state(cast).until == ends[0]

    def test_of_two_at_once_one_without_an_end_is_the_longest(self, cast: Cast) -> None:
        now = timezone.now()
        for ends in (None, now + timedelta(days=2)):
            pause(cast, starts=now - timedelta(minutes=1), ends=ends)

        assert state(cast).until is None

    def test_one_without_an_end_lasts(self, cast: Cast, time_machine) -> None:
        pause(cast, starts=timezone.now(), ends=None)

        time_machine.move_to(timezone.now() + timedelta(days=400))

        assert not state(cast).on

    def test_an_end_that_is_over_is_refused_at_its_field(self, cast: Cast) -> None:
        now = timezone.now()

        with pytest.raises(InvalidInput) as refusal:
            pause(cast, starts=now - timedelta(days=3), ends=now - timedelta(days=1))

        assert refusal.value.field == "ends"

    def test_only_whoever_has_the_list_plans(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            pause(cast, starts=timezone.now(), ends=None, who="siri")

    def test_a_stranger_does_not_find_it(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            pause(cast, starts=timezone.now(), ends=None, who="berg")


class TestPlanPauses:
    def test_each_chosen_service_has_the_same(self, cast: Cast) -> None:
        ends = timezone.now() + timedelta(days=2)

        actions.plan_pauses(
            by=cast.lund,
            list_id=lunds(cast),
            features={Feature.ENQUIRY, Feature.RENEWAL},
            starts=timezone.now() - timedelta(minutes=1),
            ends=ends,
            reason="Kurs",
        )

        off = {one for one in Feature if not state(cast, one).on}
        assert off == {Feature.ENQUIRY, Feature.RENEWAL}


class TestCallOffPause:
    def test_the_service_is_back_at_once(self, cast: Cast) -> None:
        planned = pause(cast, starts=timezone.now() - timedelta(minutes=1), ends=None)
        during = state(cast).on

        actions.call_off_pause(by=cast.lund, pause_uuid=planned.uuid)

        assert not during
        assert state(cast).on
        assert pauses(cast) == []

    def test_once(self, cast: Cast) -> None:
        planned = pause(cast, starts=timezone.now(), ends=None)
        actions.call_off_pause(by=cast.lund, pause_uuid=planned.uuid)

        with pytest.raises(NotFound):
            actions.call_off_pause(by=cast.lund, pause_uuid=planned.uuid)

    def test_only_whoever_has_the_list_calls_it_off(self, cast: Cast) -> None:
        planned = pause(cast, starts=timezone.now(), ends=None)

        with pytest.raises(NotAllowed):
            actions.call_off_pause(by=cast.siri, pause_uuid=planned.uuid)

    def test_a_stranger_does_not_find_it(self, cast: Cast) -> None:
        planned = pause(cast, starts=timezone.now(), ends=None)

        with pytest.raises(NotFound):
            actions.call_off_pause(by=cast.berg, pause_uuid=planned.uuid)


class TestOpenServices:
    def test_a_new_list_has_every_service_off_and_all_that_refines_them_on(
        self, cast: Cast
    ) -> None:
        team = [cast.lund.practitioner_id or 0]

        made = actions.open_list(by=cast.siri, name="Ny fellesliste", team=team)

        with rows.seeing(practice=cast.siri.practice_id):
            states = queries.services_of(made)
        assert {one for one, state in states.items() if not state.on} == set(SWITCHES)
        assert kinds(practice=cast.siri.practice_id).count("ServiceSwitched") >= len(Feature)

    def test_what_has_been_switched_stays_as_it_is(self, cast: Cast) -> None:
        switch(cast, on=False)

        actions.open_services(by=cast.lund, list_id=lunds(cast), on=True)

        assert not state(cast).on

    def test_a_nurse_may_not(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.open_services(by=cast.nina, list_id=lunds(cast))

    def test_another_offices_list_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.open_services(by=cast.siri, list_id=list_of(cast.berg))


class TestList:
    def test_whoever_moves_is_met_by_the_new_lists_services(self, cast: Cast) -> None:
        team = [cast.lund.practitioner_id or 0]
        made = actions.open_list(by=cast.siri, name="Ny fellesliste", team=team)

        people_actions.assign_gp(by=cast.siri, patient_id=cast.kari.patient, list_id=made)

        with pytest.raises(ServiceOff):
            enquiry(cast.kari)
