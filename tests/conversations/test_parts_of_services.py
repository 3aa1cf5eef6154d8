"""What a doctor switches beside the services: files, the young, and answers to the office."""

import pytest

from dialog import rows
from dialog.conversations import actions, queries
from dialog.conversations.policy import SERVICES, Feature, Kind
from dialog.conversations.switches import FILES_IN, PART_OF, SWITCHES, YOUTH_IN, wanted
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed, NotFound, ServiceOff
from dialog.people import queries as people
from tests.people.on_lists import enquiry, kinds, list_of, uuid_of, young_patient
from tests.pictures import png


def switch(cast: Cast, feature: Feature, *, on: bool = False, who: str = "lund") -> None:
    actions.switch_service(
        by=getattr(cast, who), list_id=list_of(cast.lund), feature=feature, on=on
    )


def picture(by: object) -> list[object]:
    return [actions.keep_file(by=by, name="bilde.png", data=png()).id]


class TestTheTables:
    def test_every_switch_is_a_service_a_part_of_one_or_about_the_office(self) -> None:
        known = {Feature(kind) for kind in SERVICES} | set(PART_OF) | {Feature.OFFICE_REPLY}

        assert known == set(Feature)
        assert set(SWITCHES) - set(PART_OF) == {Feature(kind) for kind in SERVICES}

    def test_every_service_has_a_switch_for_the_young(self) -> None:
        assert set(YOUTH_IN) == set(SERVICES)

    @pytest.mark.parametrize("kind", SERVICES)
    def test_the_young_need_their_part_as_well(self, kind: Kind) -> None:
        assert wanted(kind) == (Feature(kind),)
        assert wanted(kind, young=True) == (Feature(kind), YOUTH_IN[kind])


class TestFiles:
    def test_a_matter_with_files_is_refused_at_its_field_while_they_are_off(
        self, cast: Cast
    ) -> None:
        files = picture(cast.kari)
        switch(cast, Feature.ENQUIRY_FILES)

        with pytest.raises(InvalidInput) as refusal:
            enquiry(cast.kari, files=files)

        assert refusal.value.field == "files"
        with rows.seeing(patient=cast.kari.patient_id):
            assert queries.my_matters(cast.kari) == []

    def test_the_same_words_without_files_are_sent(self, cast: Cast) -> None:
        switch(cast, Feature.ENQUIRY_FILES)

        assert enquiry(cast.kari).kind == Kind.ENQUIRY

    def test_an_answer_in_an_open_thread_goes_without_files(self, cast: Cast) -> None:
        asked = enquiry(cast.kari)
        files = picture(cast.kari)
        switch(cast, Feature.ENQUIRY_FILES)

        with pytest.raises(InvalidInput):
            actions.reply(by=cast.kari, conversation_id=asked.id, text="Her.", files=files)
        actions.reply(by=cast.kari, conversation_id=asked.id, text="Her, uten bilde.")

        read = actions.read(by=cast.kari, conversation_id=asked.id)
        assert [one.text for one in read.messages] == ["Når åpner dere?", "Her, uten bilde."]
        assert not read.attachments_allowed

    def test_what_was_sent_before_is_still_there(self, cast: Cast) -> None:
        asked = enquiry(cast.kari, files=picture(cast.kari))
        switch(cast, Feature.ENQUIRY_FILES)

        read = actions.read(by=cast.kari, conversation_id=asked.id)

        file = read.messages[0].files[0]
        view, parts = actions.open_file(by=cast.kari, attachment_id=file.id)
        assert view.name == "bilde.png" and b"".join(parts)

    def test_the_office_still_sends_files(self, cast: Cast) -> None:
        asked = enquiry(cast.kari)
        switch(cast, Feature.ENQUIRY_FILES)

        read = actions.read(by=cast.siri, conversation_id=asked.id)
        actions.reply(
            by=cast.siri, conversation_id=asked.id, text="Se her.", files=picture(cast.siri)
        )

        assert read.attachments_allowed

    def test_the_other_service_takes_files_as_before(self, cast: Cast) -> None:
        switch(cast, Feature.ECONSULTATION_FILES)

        assert enquiry(cast.kari, files=picture(cast.kari)).kind == Kind.ENQUIRY

    def test_a_pause_of_files_is_as_off(self, cast: Cast) -> None:
        asked = enquiry(cast.kari)
        files = picture(cast.kari)
        actions.plan_pause(
            by=cast.lund,
            list_id=list_of(cast.lund),
            feature=Feature.ENQUIRY_FILES,
            starts=asked.started_at,
            ends=None,
        )

        with pytest.raises(InvalidInput):
            actions.reply(by=cast.kari, conversation_id=asked.id, text="Her.", files=files)
        assert not actions.read(by=cast.kari, conversation_id=asked.id).attachments_allowed

    @pytest.mark.parametrize("feature", FILES_IN.values())
    def test_switching_is_written_down_as_for_a_service(self, cast: Cast, feature: Feature) -> None:
        switch(cast, feature)

        assert kinds(practice=cast.lund.practice_id)[-1] == "ServiceSwitched"

    def test_only_whoever_has_the_list_decides(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            switch(cast, Feature.ENQUIRY_FILES, who="siri")

    def test_a_stranger_does_not_find_it(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            switch(cast, Feature.ENQUIRY_FILES, who="berg")


class TestTheYoung:
    @pytest.mark.parametrize(("years", "young"), [(13, True), (15, True), (16, False)])
    def test_young_is_until_the_sixteenth_birthday(
        self, cast: Cast, years: int, young: bool
    ) -> None:
        assert young_patient(cast, years=years).young is young

    def test_a_parent_who_acts_for_a_child_is_not_young(self, cast: Cast) -> None:
        assert not cast.kari_for_ola.young

    def test_the_service_is_off_to_them_and_says_what_to_do(self, cast: Cast) -> None:
        ung = young_patient(cast)
        switch(cast, Feature.ENQUIRY_YOUTH)

        with pytest.raises(ServiceOff) as refusal:
            enquiry(ung)

        assert "under 16" in str(refusal.value.sentence)

    def test_it_is_on_until_the_doctor_says_otherwise(self, cast: Cast) -> None:
        assert enquiry(young_patient(cast)).kind == Kind.ENQUIRY

    def test_what_they_are_shown_says_the_same(self, cast: Cast) -> None:
        ung = young_patient(cast)
        switch(cast, Feature.RENEWAL_YOUTH)

        with rows.seeing(patient=ung.patient_id):
            shown = queries.services_for(ung, list_of(cast.lund))
        assert not shown[Feature.RENEWAL].on and "forelder" in shown[Feature.RENEWAL].reason
        assert shown[Feature.ENQUIRY].on

    def test_a_parent_and_the_grown_use_it_as_before(self, cast: Cast) -> None:
        switch(cast, Feature.ENQUIRY_YOUTH)

        assert enquiry(cast.kari_for_ola).kind == Kind.ENQUIRY
        assert enquiry(cast.kari).kind == Kind.ENQUIRY

    def test_an_open_thread_goes_on(self, cast: Cast) -> None:
        ung = young_patient(cast)
        asked = enquiry(ung)
        switch(cast, Feature.ENQUIRY_YOUTH)

        actions.reply(by=ung, conversation_id=asked.id, text="En ting til.")

        assert len(actions.read(by=ung, conversation_id=asked.id).messages) == 2

    def test_a_service_that_is_off_to_all_is_told_as_such(self, cast: Cast) -> None:
        ung = young_patient(cast)
        switch(cast, Feature.ENQUIRY)
        switch(cast, Feature.ENQUIRY_YOUTH)

        with pytest.raises(ServiceOff) as refusal:
            enquiry(ung)

        assert "under 16" not in str(refusal.value.sentence)


class TestAnswersToTheOffice:
    def usually(self, cast: Cast) -> bool:
        with rows.seeing(practice=cast.siri.practice_id):
            return queries.usually_answered(cast.siri, uuid_of(cast.kari))

    def test_a_patient_may_answer_when_nothing_else_is_said(self, cast: Cast) -> None:
        assert self.usually(cast)

    def test_the_doctor_says_otherwise_for_the_list(self, cast: Cast) -> None:
        switch(cast, Feature.OFFICE_REPLY)

        assert not self.usually(cast)

    def test_another_office_does_not_find_the_patient(self, cast: Cast) -> None:
        kari = uuid_of(cast.kari)

        with rows.seeing(practice=cast.berg.practice_id), pytest.raises(NotFound):
            queries.usually_answered(cast.berg, kari)

    def test_threads_that_were_begun_with_an_answer_keep_it(self, cast: Cast) -> None:
        with rows.seeing(practice=cast.siri.practice_id):
            kari = people.patient_for(cast.siri, uuid_of(cast.kari)).id
        first = actions.start(by=cast.siri, kind=Kind.ENQUIRY, patient_id=kari, text="Hei!")
        switch(cast, Feature.OFFICE_REPLY)

        actions.reply(by=cast.kari, conversation_id=first.id, text="Hei selv.")
