"""A copy of a whole matter leaves the house: a look, and a fact of its own (R133)."""

import pytest

from dialog import rows
from dialog.conversations import actions, queries
from dialog.demo.cast import Cast
from dialog.errors import NotFound
from dialog.ledger.models import Entry
from tests.people.on_lists import enquiry


def kinds(cast: Cast) -> list[str]:
    with rows.seeing(patient=cast.kari.patient_id):
        return list(Entry.objects.order_by("id").values_list("kind", flat=True))


class TestTakeCopy:
    def test_it_is_a_look_and_that_it_was_taken_is_written_down_each_time(self, cast: Cast) -> None:
        one = enquiry(cast.kari)

        actions.take_copy(by=cast.siri, conversation_id=one.id)
        actions.take_copy(by=cast.siri, conversation_id=one.id)

        assert kinds(cast)[-3:] == ["ConversationRead", "CopyTaken", "CopyTaken"]

    def test_it_holds_what_was_written(self, cast: Cast) -> None:
        one = enquiry(cast.kari)

        thread = actions.take_copy(by=cast.kari, conversation_id=one.id)

        assert [said.text for said in thread.messages] == ["Når åpner dere?"]

    @pytest.mark.parametrize("who", ["per", "bjarne", "berg"])
    def test_a_stranger_takes_none(self, cast: Cast, who: str) -> None:
        one = enquiry(cast.kari)

        with pytest.raises(NotFound):
            actions.take_copy(by=getattr(cast, who), conversation_id=one.id)

        assert "CopyTaken" not in kinds(cast)


class TestTakeEverything:
    def test_it_is_every_matter_the_oldest_first_and_one_line_on_the_log(self, cast: Cast) -> None:
        first, second = enquiry(cast.kari), enquiry(cast.kari)

        assert actions.take_everything(by=cast.kari) == [first.id, second.id]
        assert kinds(cast)[-1] == "EverythingTaken"

    def test_what_waits_to_be_read_waits_still(self, cast: Cast) -> None:
        one = enquiry(cast.kari)
        actions.reply(by=cast.siri, conversation_id=one.id, text="Klokka åtte.")

        actions.take_everything(by=cast.kari)

        with rows.seeing(patient=cast.kari.patient_id):
            assert queries.my_matters(cast.kari)[0].unread

    def test_another_takes_their_own_and_the_office_none(self, cast: Cast) -> None:
        enquiry(cast.kari)

        assert actions.take_everything(by=cast.per) == []
        with pytest.raises(NotFound):
            actions.take_everything(by=cast.siri)
        assert "EverythingTaken" not in kinds(cast)


class TestTakeLog:
    def test_it_is_on_the_log_itself(self, cast: Cast) -> None:
        actions.take_log(by=cast.kari)

        assert kinds(cast)[-1] == "LogTaken"

    def test_the_office_takes_none(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.take_log(by=cast.siri)
