"""An e-consultation instead of a time: shown by the office, decided by the patient (R88)."""

from collections.abc import Callable

import pytest
import time_machine

from dialog import rows
from dialog.appointments import actions, queries
from dialog.appointments.models import Appointment
from dialog.appointments.policy import AppointmentStatus, Step
from dialog.appointments.queries import Instead
from dialog.conversations import actions as conversations
from dialog.conversations import queries as conversation_queries
from dialog.conversations.policy import Feature, Kind, Outcome, Status
from dialog.conversations.queries import Thread
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotFound, WrongState
from dialog.people import actions as people_actions
from dialog.people import queries as people
from dialog.people.policy import Language
from dialog.ui import dates
from tests.appointments.people_and_times import (
    A_MINUTE,
    booked,
    free,
    patient_uuid,
    recorded,
    seen,
    view,
    wished,
)

PRICE = "Det koster høyst"


def proposed(cast: Cast) -> Appointment:
    return actions.propose_time(
        by=cast.siri, patient=patient_uuid(cast.kari), slot_id=free(cast.kari)[0].id
    )


def pending(cast: Cast) -> Appointment:
    made = booked(cast.kari)
    with rows.seeing(practice=cast.siri.practice):
        Appointment.objects.filter(id=made.id).update(
            status=AppointmentStatus.PENDING, unconfirmed=True
        )
    return made


MADE: dict[str, Callable[[Cast], Appointment]] = {
    "proposed": lambda cast: wished(cast.kari),
    "pending": pending,
    "offered": proposed,
    "booked": lambda cast: booked(cast.kari),
}
TOLD = {
    "proposed": "Vi setter ikke opp en time til deg nå.",
    "pending": "Den var ikke bestilt ennå, og koster ingenting.",
    "offered": "Vi har tatt tilbake forslaget om time",
    "booked": "er avlyst. Du skal ikke betale noe for den.",
}


def thread(cast: Cast, one: Appointment) -> Thread:
    with rows.seeing(patient=cast.kari.patient, account=cast.kari.account):
        return conversation_queries.thread(cast.kari, one.conversation_id)


def switch_off(cast: Cast) -> None:
    with rows.seeing(patient=cast.kari.patient):
        owner = people.list_of(cast.kari.patient)
    assert owner is not None
    conversations.switch_service(
        by=cast.lund, list_id=owner.list_id, feature=Feature.ECONSULTATION, on=False
    )


def possible(cast: Cast, one: Appointment) -> object:
    return seen(cast.siri, lambda: queries.econsultation_instead(cast.siri, one.conversation_id))


@pytest.mark.parametrize("status", MADE)
def test_it_ends_here_and_the_patient_is_shown_the_way(cast: Cast, status: str) -> None:
    made = MADE[status](cast)
    assert isinstance(possible(cast, made), Instead)

    actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)

    found, told = view(cast.kari, made.conversation_id), thread(cast, made)
    words = told.messages[-1].text
    assert (found.status, found.cancelled_side) == (AppointmentStatus.CANCELLED, "practice")
    assert (told.status, told.outcome) == (Status.CLOSED, Outcome.REDIRECTED)
    assert told.redirected_to is Kind.ECONSULTATION
    assert TOLD[status] in words and PRICE in words and "Ingrid Lund" in words
    assert "Ingenting er sendt eller betalt før du sier ja." in words
    assert "22\u00a033\u00a044\u00a055" in words
    assert possible(cast, made) is None


@pytest.mark.parametrize("status", ["pending", "offered", "booked"])
def test_the_time_is_free_for_others_and_is_named(cast: Cast, status: str) -> None:
    made = MADE[status](cast)
    starts = made.period.lower

    actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)

    assert made.slot_id in {one.id for one in free(cast.per)}
    assert dates.moment(starts) in thread(cast, made).messages[-1].text


def test_it_is_recorded_for_the_patient_and_for_the_calendar(cast: Cast) -> None:
    made = booked(cast.kari)

    actions.point_to_econsultation(by=cast.lund, conversation_id=made.conversation_id)

    assert recorded(cast.kari, made.conversation_id)[-4:] == [
        "MessageSent", "ConversationClosed", "ConversationRedirected", "AppointmentCancelled",
    ]  # fmt: skip
    assert view(cast.kari, made.conversation_id).version == 2


def test_nothing_is_started_for_the_patient(cast: Cast) -> None:
    made = booked(cast.kari)

    actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)

    with rows.seeing(patient=cast.kari.patient):
        matters = conversation_queries.my_matters(cast.kari)
    assert [one.kind for one in matters] == [Kind.APPOINTMENT]


def test_it_is_never_late_and_never_costs_a_fee(cast: Cast) -> None:
    made = booked(cast.kari)

    with time_machine.travel(made.free_until + A_MINUTE, tick=False):
        actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)

    found = view(cast.siri, made.conversation_id)
    assert (found.cancelled_late, found.accepted_late_fee) == (False, None)


def test_the_mark_on_the_other_at_the_same_time_is_cleared(cast: Cast) -> None:
    made = booked(cast.kari)
    extra = actions.give_time(
        by=cast.siri,
        patient=patient_uuid(cast.anne),
        practitioner=view(cast.siri, made.conversation_id).practitioner_uuid,
        starts=made.period.lower,
        minutes=10,
        overbook_because="Haster",
    )

    actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)

    assert not view(cast.siri, extra.conversation_id).overbooked


def test_the_offices_own_word_goes_along(cast: Cast) -> None:
    made = booked(cast.kari)

    actions.point_to_econsultation(
        by=cast.siri, conversation_id=made.conversation_id, text="Lund kan svare på dette."
    )

    message = thread(cast, made).messages[-1].text
    assert message.startswith("Hei!\n\nLund kan svare på dette.\n\nTimen din")


def test_a_word_that_is_too_long_changes_nothing(cast: Cast) -> None:
    made = booked(cast.kari)

    with pytest.raises(InvalidInput):
        actions.point_to_econsultation(
            by=cast.siri, conversation_id=made.conversation_id, text="a" * 1001
        )

    assert view(cast.kari, made.conversation_id).status == AppointmentStatus.BOOKED


def test_in_the_patients_own_language(cast: Cast) -> None:
    people_actions.choose_language(by=cast.kari, language=Language.EN)
    made = booked(cast.kari)

    actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)

    words = thread(cast, made).messages[-1].text
    assert "has been cancelled" in words and "avlyst" not in words


def test_with_a_ceiling_card_it_is_free(cast: Cast) -> None:
    people_actions.set_ceiling_card(
        by=cast.siri, patient_id=cast.kari.patient, until=people.today()
    )
    made = booked(cast.kari)

    actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)

    words = thread(cast, made).messages[-1].text
    assert "Det er gratis for deg." in words and PRICE not in words


def test_not_while_the_service_is_off(cast: Cast) -> None:
    made = booked(cast.kari)
    switch_off(cast)

    with pytest.raises(WrongState) as refusal:
        actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)

    assert "kan ikke få e-konsultasjon" in str(refusal.value.sentence)
    assert possible(cast, made) is None
    assert view(cast.kari, made.conversation_id).status == AppointmentStatus.BOOKED


def test_not_when_the_patient_has_a_gp_elsewhere(cast: Cast) -> None:
    made = booked(cast.kari)
    with rows.seeing(practice=cast.berg.practice_id):
        (new,) = people.lists_of_practice(cast.berg)
    people_actions.leave_list(by=cast.siri, patient_id=cast.kari.patient)
    people_actions.assign_gp(by=cast.berg, patient_id=cast.kari.patient, list_id=new.list_id)

    with pytest.raises(WrongState):
        actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)

    assert possible(cast, made) is None
    assert view(cast.kari, made.conversation_id).status == AppointmentStatus.BOOKED


def test_not_once_it_has_begun(cast: Cast) -> None:
    made = booked(cast.kari)

    with time_machine.travel(made.period.lower, tick=False):
        assert possible(cast, made) is None
        with pytest.raises(WrongState):
            actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)


def test_not_twice(cast: Cast) -> None:
    made = booked(cast.kari)
    actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)

    with pytest.raises(WrongState):
        actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)


def test_what_the_patient_has_written_meanwhile_is_seen_first(cast: Cast) -> None:
    made = booked(cast.kari)
    before = thread(cast, made).version
    conversations.reply(by=cast.kari, conversation_id=made.conversation_id, text="Verre nå")

    with pytest.raises(WrongState):
        actions.point_to_econsultation(
            by=cast.siri, conversation_id=made.conversation_id, seen=before
        )

    actions.point_to_econsultation(
        by=cast.siri, conversation_id=made.conversation_id, seen=before + 1
    )
    assert thread(cast, made).outcome is Outcome.REDIRECTED


@pytest.mark.parametrize("who", ["per", "bjarne", "berg"])
def test_a_stranger_does_not_find_it(cast: Cast, who: str) -> None:
    made = booked(cast.kari)

    with pytest.raises(NotFound):
        actions.point_to_econsultation(by=getattr(cast, who), conversation_id=made.conversation_id)


def test_the_patient_does_not_do_it_herself(cast: Cast) -> None:
    made = booked(cast.kari)

    with pytest.raises(WrongState):
        actions.point_to_econsultation(by=cast.kari, conversation_id=made.conversation_id)

    assert Step.REDIRECT not in view(cast.kari, made.conversation_id).steps
