"""Spør om dette oppslaget: who may ask, who reads it, and who does not."""

import pytest
from django.db import connection

from dialog import rows
from dialog.actor import Area
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind, Status, Topic
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from dialog.oversight import actions, queries
from dialog.people import actions as people
from dialog.people.policy import Channel, ProxyKind
from dialog.people.queries import patient_actor
from tests.oversight.searched import asked_about as ask
from tests.oversight.searched import last_look, looked, seen
from tests.people.on_lists import asked as asked_by_berg
from tests.people.on_lists import kinds, list_of, uuid_of, young_patient


@pytest.fixture
def look(cast):
    return looked(cast.siri, cast.kari)


class TestQuestionLook:
    def test_it_is_a_conversation_that_waits_for_those_who_follow_up_the_log(self, cast, look):
        asked = ask(cast.kari, words="Kjenner jeg henne?")

        assert (asked.kind, asked.status) == (Kind.LOG_QUESTION, Status.WITH_PRACTICE)
        assert asked.practice_id == cast.lund.practice_id and asked.due_at is not None
        thread = conversations.read(by=cast.lund, conversation_id=asked.id)
        (message,) = thread.messages
        assert message.text.startswith(
            "Jeg lurer på dette oppslaget:\nLeste samtalen (Henvendelse)"
        )
        assert "Siri Dahl, helsesekretær, Storgata legesenter" in message.text
        assert message.text.endswith("\n\nKjenner jeg henne?")

    def test_the_line_says_itself_what_it_is_about(self, cast, look):
        asked = ask(cast.kari)

        thread = conversations.read(by=cast.kari, conversation_id=asked.id)
        assert thread.messages[0].text.count("\n") == 3

    def test_it_is_on_the_log_and_owed_to_nobody_outside(self, cast, look):
        ask(cast.kari)

        assert "LookQuestioned" in kinds(patient=cast.kari.patient_id)

    def test_an_answer_comes_back_and_the_patient_writes_more(self, cast, look):
        asked = ask(cast.kari)
        conversations.reply(by=cast.lund, conversation_id=asked.id, text="Siri svarte deg.")
        conversations.reply(by=cast.kari, conversation_id=asked.id, text="Takk.")
        conversations.close(by=cast.lund, conversation_id=asked.id)

        thread = conversations.read(by=cast.kari, conversation_id=asked.id)
        assert [one.text for one in thread.messages[1:]] == ["Siri svarte deg.", "Takk."]

    def test_the_same_look_once(self, cast, look):
        line = last_look(cast.kari)
        actions.question_look(by=cast.kari, line_id=line.id)

        with pytest.raises(WrongState):
            actions.question_look(by=cast.kari, line_id=line.id)

    def test_words_are_few(self, cast, look):
        with pytest.raises(InvalidInput) as refused:
            ask(cast.kari, words="x" * 1001)

        assert refused.value.field == "words"

    def test_ones_own_look_is_not_asked_about(self, cast, look):
        conversations.read(by=cast.kari, conversation_id=look.id)
        with seen(cast.kari):
            (own,) = queries.lines_of_mine(
                cast.kari, queries.access_log(cast.kari, looks=True, most=1)
            )

        with pytest.raises(NotAllowed):
            actions.question_look(by=cast.kari, line_id=own.id)

    def test_nor_is_a_line_of_somebody_elses(self, cast, look):
        line = last_look(cast.kari)

        for stranger in (cast.per, cast.bjarne, cast.kari_for_ola, cast.lund):
            with pytest.raises(NotFound):
                actions.question_look(by=stranger, line_id=line.id)

    def test_no_doctor_can_switch_it_off(self, cast, look):
        conversations.switch_service(
            by=cast.lund, list_id=list_of(cast.lund), feature="enquiry", on=False
        )

        assert ask(cast.kari).kind == Kind.LOG_QUESTION

    def test_a_former_office_is_asked_about_what_was_seen_there(self, cast, look):
        people.answer_gp_change(by=cast.kari, change_uuid=asked_by_berg(cast).uuid, yes=True)

        asked = ask(cast.kari)

        assert asked.practice_id == cast.lund.practice_id

    def test_no_record_system_hears_of_it(self, cast, look, as_role):
        with as_role("postgres"):
            connection.cursor().execute(
                "UPDATE people_practice SET channel = %s WHERE id = %s",
                [Channel.MESSAGES, cast.lund.practice_id],
            )

        assert not ask(cast.kari).elsewhere

    def test_the_young_ask_by_themselves(self, cast):
        ung = young_patient(cast, years=14, consented=True)
        matter = conversations.start(
            by=cast.siri,
            kind=Kind.ENQUIRY,
            patient_id=ung.patient,
            text="Hei",
            topic=Topic.QUESTION,
        )
        conversations.look(by=cast.nina, conversation_id=matter.id)

        assert ask(ung).patient_id == ung.patient


class TestWhoActsForThePatient:
    def given(self, cast, areas):
        people.grant_proxy(
            by=cast.kari,
            patient_id=cast.kari.patient,
            account_id=cast.per.account,
            kind=ProxyKind.MANDATE,
            areas=areas,
        )
        with rows.seeing(account=cast.per.account_id):
            return patient_actor(cast.per.account, acting_for=uuid_of(cast.kari))

    def test_in_everything_they_ask_about_the_lines_they_see(self, cast, look):
        per = self.given(cast, list(Area))

        assert ask(cast.kari, by=per).started_by_id == cast.per.account_id

    def test_in_some_things_they_do_not(self, cast, look):
        per = self.given(cast, [Area.ENQUIRY])

        with pytest.raises(NotAllowed):
            ask(cast.kari, by=per)

    def test_what_the_patient_asks_is_kept_from_them(self, cast, look):
        """It may be their look that the patient asks about."""
        per = self.given(cast, list(Area))
        asked = ask(cast.kari)

        with pytest.raises(NotFound):
            conversations.read(by=per, conversation_id=asked.id)
        with seen(per):
            lines = queries.lines_of_mine(per, queries.access_log(per, most=30))
        assert "Spurte om et oppslag" not in {one.what for one in lines}
        assert all(one.asked is None for one in lines)
