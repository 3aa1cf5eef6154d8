"""Who reads what a patient asks about a look, and from whom the database keeps it."""

import pytest

from dialog import rows
from dialog.conversations import actions as conversations
from dialog.conversations import queries as read
from dialog.conversations.models import Conversation, Message
from dialog.conversations.policy import Kind
from dialog.conversations.queries import Lane
from dialog.conversations.rights import Wish
from dialog.errors import InvalidInput, NotFound, WrongState
from dialog.oversight import queries
from dialog.oversight.models import LogQuestion
from dialog.people import actions as people
from dialog.people.queries import practice_actor
from dialog.portal.left_behind import left_behind
from tests.oversight.searched import asked_about as ask
from tests.oversight.searched import looked, seen
from tests.people.on_lists import asked as asked_by_berg


def reviewed_by(cast, *who):
    """These follow up the log at Storgata now, and act as such."""
    chosen = [getattr(cast, one) for one in who]
    people.set_reviewers(by=cast.lund, account_ids=frozenset(one.account for one in chosen))
    return [now(one) for one in chosen]


def now(by):
    with rows.seeing(account=by.account_id):
        return practice_actor(by.account)


@pytest.fixture
def look(cast):
    return looked(cast.siri, cast.kari)


class TestWhoReadsIt:
    @pytest.mark.parametrize("who", ["siri", "nina", "berg", "per", "bjarne"])
    def test_nobody_else_finds_it(self, cast, look, who):
        asked = ask(cast.kari)

        with pytest.raises(NotFound):
            conversations.read(by=getattr(cast, who), conversation_id=asked.id)

    def test_a_doctor_who_does_not_follow_up_the_log_does_not_either(self, cast, look):
        asked = ask(cast.kari)
        (siri,) = reviewed_by(cast, "siri")

        with pytest.raises(NotFound):
            conversations.read(by=now(cast.lund), conversation_id=asked.id)
        assert conversations.read(by=siri, conversation_id=asked.id).messages

    def test_it_is_in_no_list_and_no_count_of_theirs(self, cast, look):
        with seen(cast.siri):
            before = read.lane_counts(cast.siri).answer(), len(read.inbox(cast.siri)[0])
        ask(cast.kari)

        with seen(cast.siri):
            assert (read.lane_counts(cast.siri).answer(), len(read.inbox(cast.siri)[0])) == before
            of_kari = read.of_patient(cast.siri, cast.kari.patient)
        with seen(cast.lund):
            assert read.lane_counts(cast.lund).answer()[Lane.LOG_QUESTION] == 1
            assert read.mine_count(cast.lund, Lane.LOG_QUESTION) == 1
        assert Kind.LOG_QUESTION not in {one.kind for one in of_kari}

    def test_it_is_handed_to_one_of_them_and_to_nobody_else(self, cast, look):
        asked = ask(cast.kari)
        lund, _siri = reviewed_by(cast, "lund", "siri")

        with seen(lund):
            able = read.hands_for(lund, Kind.LOG_QUESTION)
        conversations.assign(by=lund, conversation_id=asked.id, to_account=cast.siri.account_uuid)
        with pytest.raises(InvalidInput):
            conversations.assign(
                by=lund, conversation_id=asked.id, to_account=cast.nina.account_uuid
            )

        assert {one.name for one in able.colleagues} == {cast.lund.name, cast.siri.name}
        assert able.roles == ()

    def test_no_doctor_decides_about_it_as_about_the_record(self, cast, look):
        asked = ask(cast.kari)

        with pytest.raises(WrongState):
            conversations.ask_for_right(
                by=cast.kari, conversation_id=asked.id, wish=Wish.ERASE, words="Slett"
            )
        assert not conversations.read(by=cast.kari, conversation_id=asked.id).may_ask

    def test_whom_it_is_kept_from_is_for_the_patient_to_say(self, cast, look):
        asked = ask(cast.kari)

        with pytest.raises(WrongState):
            conversations.keep_from_parents(by=cast.lund, conversation_id=asked.id, kept=False)

    def test_at_a_new_gp_it_stays_where_it_was_asked(self, cast, look):
        asked = ask(cast.kari)
        people.answer_gp_change(by=cast.kari, change_uuid=asked_by_berg(cast).uuid, yes=True)

        with seen(cast.kari):
            (left,) = [one for one in left_behind(cast.kari) if one.id == asked.id]

        assert left.href == "" and "følger opp loggen" in left.becomes

    def test_the_patient_is_told_who_they_are(self, cast, look):
        with seen(cast.kari):
            others = queries.readers_of(cast.lund.practice_id, cast.siri.account_id)
            itself = queries.readers_of(cast.lund.practice_id, cast.lund.account_id)
        reviewed_by(cast, "lund", "siri")
        asked = ask(cast.kari)
        with seen(cast.kari):
            two = queries.readers_in(cast.kari, asked.id)

        assert (others.names, others.themselves, others.alone) == ((cast.lund.name,), False, False)
        assert (itself.themselves, itself.alone) == (True, True)
        assert (two.themselves, two.alone) == (True, False)

    def test_those_who_answer_see_who_looked(self, cast, look):
        asked = ask(cast.kari)

        with seen(cast.lund):
            assert queries.who_looked(cast.lund, asked.id).name == "Siri Dahl"


class TestTheDatabase:
    """The second wall: what a query that names nobody reads."""

    @pytest.mark.parametrize(
        ("who", "reads"),
        [
            ("kari", True),
            ("lund", True),
            ("siri", False),
            ("nina", False),
            ("per", False),
            ("berg", False),
            ("bjarne", False),
        ],
    )
    def test_only_the_patient_and_those_who_follow_up_the_log(self, cast, look, who, reads):
        asked = ask(cast.kari)

        with seen(getattr(cast, who)):
            found = (
                Conversation.objects.filter(id=asked.id).exists(),
                Message.objects.filter(conversation_id=asked.id).exists(),
                LogQuestion.objects.exists(),
            )

        assert set(found) == {reads}

    def test_no_longer_from_the_day_another_is_named(self, cast, look):
        asked = ask(cast.kari)
        reviewed_by(cast, "siri")

        with seen(cast.lund):
            assert not Conversation.objects.filter(id=asked.id).exists()
        with seen(cast.siri):
            assert Conversation.objects.filter(id=asked.id).exists()
