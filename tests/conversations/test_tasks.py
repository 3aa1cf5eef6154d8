"""What the office asks a patient to do by a day: given, done, put off."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from dialog import rows
from dialog.conversations import actions, queries
from dialog.conversations.deadlines import TaskState, next_reminder, state_of
from dialog.conversations.models import Task
from dialog.conversations.policy import Status, Topic
from dialog.demo.cast import Cast
from dialog.econsultations import actions as econsultations
from dialog.econsultations.policy import Reply
from dialog.enquiries import actions as enquiries
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from dialog.people import queries as people
from dialog.working_days import local
from tests.conversations.tasked import WHAT, done, given, task
from tests.people.on_lists import kinds, uuid_of
from tests.pictures import png

MONDAY = local(date(2027, 3, 1), time(9))


class TestTheTables:
    @pytest.mark.parametrize(
        ("due", "done", "over", "expected"),
        [
            (date(2027, 3, 1), False, False, TaskState.OPEN),
            (date(2027, 2, 28), False, False, TaskState.LATE),
            (date(2027, 2, 28), True, False, TaskState.DONE),
            (date(2027, 2, 28), True, True, TaskState.DONE),
            (date(2027, 3, 9), False, True, TaskState.CALLED_OFF),
        ],
    )
    def test_the_day_itself_is_in_time(
        self, due: date, done: bool, over: bool, expected: TaskState
    ) -> None:
        assert state_of(due_on=due, today=date(2027, 3, 1), done=done, over=over) is expected

    def test_the_first_reminder_is_three_days_before_and_the_last_on_the_day(self) -> None:
        due = date(2027, 3, 12)

        first = next_reminder(due, MONDAY)
        assert first == local(date(2027, 3, 9), time(10))
        assert next_reminder(due, first) == local(due, time(10))
        assert next_reminder(due, local(due, time(10))) is None

    def test_nobody_is_reminded_of_what_was_asked_this_morning(self) -> None:
        assert next_reminder(date(2027, 3, 1), MONDAY) is None
        assert next_reminder(date(2027, 3, 2), MONDAY) == local(date(2027, 3, 2), time(10))


class TestGiving:
    def test_the_patient_sees_what_and_by_when(self, cast: Cast) -> None:
        asked = given(cast)

        read = actions.read(by=cast.kari, conversation_id=asked.id)
        assert read.status is Status.WITH_PATIENT and read.task is not None
        assert (read.task.what, read.task.state) == (WHAT, TaskState.OPEN)
        assert read.task.due_on == people.today() + timedelta(days=10)
        assert "TaskGiven" in kinds(patient=cast.kari.patient_id)

    def test_a_doctor_gives_one_in_confidence(self, cast: Cast) -> None:
        with rows.seeing(practice=cast.lund.practice_id):
            kari = people.patient_for(cast.lund, uuid_of(cast.kari)).id
        asked = econsultations.write_to_patient(
            by=cast.lund,
            patient_id=kari,
            topic=Topic.TASK,
            text="Ta blodtrykket hver morgen i en uke.",
            reply=Reply.NONE,
            task="Skriv ned blodtrykket",
            due_on=people.today() + timedelta(days=7),
        )

        done(cast, asked)

        with pytest.raises(NotFound):
            actions.read(by=cast.siri, conversation_id=asked.id)
        with rows.seeing(practice=cast.siri.practice_id):
            assert queries.tasks(cast.siri, TaskState.DONE) == []

    @pytest.mark.parametrize(
        ("topic", "what", "days", "field"),
        [
            (Topic.FORM, WHAT, None, "due_on"),
            (Topic.TASK, "", None, "due_on"),
            (Topic.CALL_IN, "Bestill time", None, "due_on"),
            (Topic.TASK, " ", 3, "task"),
            (Topic.TASK, "x" * 151, 3, "task"),
            (Topic.TASK, WHAT, -1, "due_on"),
            (Topic.TASK, WHAT, 367, "due_on"),
        ],
    )
    def test_what_is_missing_is_said_at_its_field(
        self, cast: Cast, topic: Topic, what: str, days: int | None, field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refusal:
            enquiries.write_to_patient(
                by=cast.siri,
                patient=uuid_of(cast.kari),
                topic=topic,
                text="Hei",
                task=what,
                due_on=None if days is None else people.today() + timedelta(days=days),
            )

        assert refusal.value.field == field

    def test_information_is_never_answered_and_a_question_always(self, cast: Cast) -> None:
        say = {"by": cast.siri, "patient": uuid_of(cast.kari), "text": "Hei"}
        told = enquiries.write_to_patient(topic=Topic.INFORMATION, reply_allowed=True, **say)
        asked = enquiries.write_to_patient(topic=Topic.QUESTION, reply_allowed=False, **say)

        assert (told.reply_allowed, asked.reply_allowed) == (False, True)


class TestFinishTask:
    def test_one_press_and_nobody_waits_any_more(self, cast: Cast) -> None:
        asked = given(cast)

        done(cast, asked)

        assert task(cast, asked).state is TaskState.DONE
        assert task(cast, asked).done_by == "Kari Nordmann"
        assert actions.read(by=cast.siri, conversation_id=asked.id).status is Status.RESTING
        assert "TaskDone" in kinds(patient=cast.kari.patient_id)

    def test_words_and_a_file_go_with_it_and_wait_for_the_office(self, cast: Cast) -> None:
        asked = given(cast)
        file = actions.keep_file(by=cast.kari, name="skjema.png", data=png())

        done(cast, asked, text="Her er det.", files=[file.id])

        read = actions.read(by=cast.siri, conversation_id=asked.id)
        assert read.status is Status.WITH_PRACTICE
        assert [one.name for one in read.messages[-1].files] == ["skjema.png"]

    def test_without_an_answer_it_is_done_all_the_same_but_without_words(self, cast: Cast) -> None:
        asked = given(cast, reply_allowed=False)

        with pytest.raises(WrongState):
            done(cast, asked, text="Får jeg si noe?")
        assert task(cast, asked).state is TaskState.OPEN
        done(cast, asked)

        assert task(cast, asked).state is TaskState.DONE

    def test_after_a_question_that_waits_for_the_office_it_still_waits(self, cast: Cast) -> None:
        asked = given(cast)
        actions.reply(by=cast.kari, conversation_id=asked.id, text="Hvilket skjema?")

        done(cast, asked)

        read = actions.read(by=cast.siri, conversation_id=asked.id)
        assert read.status is Status.WITH_PRACTICE
        assert task(cast, asked).state is TaskState.DONE

    def test_twice_is_once(self, cast: Cast) -> None:
        asked = given(cast)
        done(cast, asked)

        with pytest.raises(WrongState):
            done(cast, asked)

    def test_it_is_too_late_when_the_matter_is_closed(self, cast: Cast) -> None:
        asked = given(cast)
        actions.close(by=cast.siri, conversation_id=asked.id)

        with pytest.raises(WrongState):
            done(cast, asked)
        assert task(cast, asked).state is TaskState.CALLED_OFF

    def test_a_parent_does_it_for_a_child(self, cast: Cast) -> None:
        asked = enquiries.write_to_patient(
            by=cast.siri,
            patient=uuid_of(cast.kari_for_ola),
            topic=Topic.TASK,
            text="Ta med helsekortet.",
            task="Finn fram helsekortet",
            due_on=people.today(),
        )

        actions.finish_task(by=cast.kari_for_ola, conversation_id=asked.id)

        assert task(cast, asked).done_by == "Kari Nordmann"

    @pytest.mark.parametrize("who", ["per", "bjarne", "berg"])
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        asked = given(cast)

        with pytest.raises(NotFound):
            actions.finish_task(by=getattr(cast, who), conversation_id=asked.id)

    def test_the_office_does_not_say_it_for_the_patient(self, cast: Cast) -> None:
        asked = given(cast)

        with pytest.raises(NotAllowed):
            actions.finish_task(by=cast.siri, conversation_id=asked.id)

    def test_a_matter_without_a_task_has_nothing_to_finish(self, cast: Cast) -> None:
        asked = enquiries.write_to_patient(
            by=cast.siri, patient=uuid_of(cast.kari), topic=Topic.QUESTION, text="Hei"
        )

        with pytest.raises(NotFound):
            done(cast, asked)


class TestMoveTask:
    def test_the_patient_has_another_day_and_something_new_to_read(self, cast: Cast) -> None:
        asked = given(cast, days=2)
        actions.read(by=cast.kari, conversation_id=asked.id)
        later = people.today() + timedelta(days=20)

        actions.move_task(by=cast.siri, conversation_id=asked.id, due_on=later)

        with rows.seeing(patient=cast.kari.patient_id):
            (matter,) = queries.my_matters(cast.kari)
        assert matter.unread and matter.do_by == later
        assert "TaskMoved" in kinds(patient=cast.kari.patient_id)

    def test_on_a_stale_page_nothing_is_moved(self, cast: Cast) -> None:
        asked = given(cast)
        seen = actions.read(by=cast.siri, conversation_id=asked.id).version
        done(cast, asked)

        with pytest.raises(WrongState):
            actions.move_task(
                by=cast.siri, conversation_id=asked.id, due_on=people.today(), seen=seen
            )

    def test_not_to_a_day_that_has_been(self, cast: Cast) -> None:
        asked = given(cast)

        with pytest.raises(InvalidInput):
            actions.move_task(
                by=cast.siri,
                conversation_id=asked.id,
                due_on=people.today() - timedelta(days=1),
            )

    def test_the_patient_does_not_move_it(self, cast: Cast) -> None:
        asked = given(cast)

        with pytest.raises(NotAllowed):
            actions.move_task(by=cast.kari, conversation_id=asked.id, due_on=people.today())

    def test_a_stranger_does_not_find_it(self, cast: Cast) -> None:
        asked = given(cast)

        with pytest.raises(NotFound):
            actions.move_task(by=cast.berg, conversation_id=asked.id, due_on=people.today())


def test_on_the_wrong_patient_the_task_goes_with_the_message(cast: Cast) -> None:
    wrong = given(cast)

    right = actions.misfile(by=cast.siri, conversation_id=wrong.id, right_patient=uuid_of(cast.per))

    moved = actions.read(by=cast.per, conversation_id=right.id).task
    assert moved is not None and moved.what == WHAT and moved.waits
    assert task(cast, wrong).taken_back


class TestConstraints:
    @pytest.mark.parametrize(
        ("changes", "name"),
        [
            ({"done_at": MONDAY}, "task_done_by_and_at"),
            ({"done_at": MONDAY, "done_by_id": 1, "called_off_at": MONDAY}, "task_done_or_"),
            ({"missed_at": MONDAY, "remind_at": MONDAY}, "task_reminded_while_it_waits"),
        ],
    )
    def test_a_task_that_cannot_be_is_refused(
        self, cast: Cast, changes: dict[str, object], name: str
    ) -> None:
        asked = given(cast, days=1)

        with (
            rows.seeing(practice=cast.siri.practice_id),
            pytest.raises(IntegrityError, match=name),
            transaction.atomic(),
        ):
            Task.objects.filter(conversation_id=asked.id).update(remind_at=None)
            Task.objects.filter(conversation_id=asked.id).update(**changes)
