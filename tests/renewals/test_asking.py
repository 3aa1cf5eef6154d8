"""Asking: what the patient may ask for, and what is refused."""

from dataclasses import replace
from uuid import uuid4

import pytest

from dialog import rows
from dialog.actor import Actor, Role
from dialog.adapters.memory import MemoryMedication
from dialog.conversations import actions as conversations
from dialog.conversations import queries as conversation_queries
from dialog.conversations.policy import Feature, Status
from dialog.demo.cast import Cast
from dialog.errors import AlreadyRequested, InvalidInput, NotAllowed, NotFound, ServiceOff
from dialog.ledger import queries as ledger
from dialog.people import queries as people
from dialog.renewals import actions, queries
from dialog.renewals.actions import Wish
from dialog.renewals.policy import Hint, ItemStatus, PickUp

from .prescribed import HABIT_FORMING, ask, in_days, lines, medicine, offers, prescribe


def of(cast: Cast, *names: str) -> list[queries.Offer]:
    return [one for one in offers(cast.anne) if one.medicine.name in names]


class TestOffers:
    def test_the_last_twelve_months_by_name_with_what_is_left(self, cast: Cast) -> None:
        prescribe(cast, cast.anne, "Metoprolol", valid_until=in_days(-400))
        prescribe(cast, cast.anne, "Atorvastatin", valid_until=in_days(-300))
        prescribe(cast, cast.anne, "aspirin", repeats_left=2, valid_until=in_days(30))

        found = offers(cast.anne)

        assert [(one.medicine.name, one.hint) for one in found] == [
            ("aspirin", Hint.STILL_VALID),
            ("Atorvastatin", Hint.NONE),
        ]

    def test_habit_forming_is_shown_but_cannot_be_asked_for(self, cast: Cast) -> None:
        prescribe(cast, cast.anne, "Sobril", **HABIT_FORMING)

        (found,) = offers(cast.anne)

        assert (found.hint, found.may_ask) == (Hint.HABIT_FORMING, False)

    def test_what_has_been_asked_for_says_where(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")
        conversation_id = ask(cast.anne, ref)

        assert [one.asked_in for one in offers(cast.anne)] == [conversation_id]

    def test_what_is_stopped_is_gone(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")
        actions.stop_prescription(by=cast.siri, prescription=ref)

        assert offers(cast.anne) == []

    def test_what_is_reserved_is_not_shown_to_parents(self, cast: Cast) -> None:
        prescribe(cast, cast.kari_for_ola, "Eksem-krem")
        prescribe(cast, cast.kari_for_ola, "P-piller", reserved=True)

        assert [one.medicine.name for one in offers(cast.kari_for_ola)] == ["Eksem-krem"]

    @pytest.mark.parametrize("who", ["per", "bjarne", "kari", "lund", "berg"])
    def test_a_stranger_is_offered_none_of_it(self, cast: Cast, who: str) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")

        assert ref not in [one.medicine.ref for one in offers(getattr(cast, who))]


class TestRequestRenewal:
    def test_each_line_is_received_in_the_patients_order(self, cast: Cast) -> None:
        first, second = (prescribe(cast, cast.anne, one) for one in ("Metoprolol", "Atorvastatin"))

        conversation = actions.request_renewal(
            by=cast.anne,
            wishes=[
                Wish(prescription=first, comment=" Jeg skal på ferie. "),
                Wish(words="Den blå inhalatoren"),
                Wish(prescription=second),
            ],
            pick_up=PickUp.OFFICE,
        )

        with rows.seeing(practice=cast.lund.practice):
            request = queries.request_for(cast.lund, conversation.id)
        assert [(one.title, one.comment, one.status) for one in request.lines] == [
            ("Metoprolol", "Jeg skal på ferie.", ItemStatus.REQUESTED),
            ("Den blå inhalatoren", "", ItemStatus.REQUESTED),
            ("Atorvastatin", "", ItemStatus.REQUESTED),
        ]
        assert request.pick_up is PickUp.OFFICE
        assert conversation.status == Status.WITH_PRACTICE

    def test_it_is_written_down_without_saying_what(self, cast: Cast) -> None:
        ask(cast.anne, prescribe(cast, cast.anne, "Metoprolol"))

        with rows.seeing(patient=cast.anne.patient):
            log = [one for one in ledger.access_log(cast.anne) if one.kind == "RenewalRequested"]
        assert [dict(one.details) for one in log] == [{"lines": 1}]

    def test_an_empty_list_can_still_name_what_was_used_before(self, cast: Cast) -> None:
        conversation_id = ask(cast.bjarne, earlier="Ventoline")

        assert [one.title for one in lines(cast.bjarne, conversation_id)] == ["Ventoline"]

    @pytest.mark.parametrize(
        ("wishes", "field"),
        [
            ([], "items"),
            ([Wish(words="  ")], "earlier"),
            ([Wish(words="x" * 201)], "earlier"),
            ([Wish(words="x", comment="y" * 501)], "items"),
            ([Wish(words="x")] * 6, "items"),
        ],
    )
    def test_what_makes_no_sense_is_refused_at_its_field(
        self, cast: Cast, wishes: list[Wish], field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refusal:
            actions.request_renewal(by=cast.anne, wishes=wishes)

        assert refusal.value.field == field

    def test_habit_forming_is_refused_by_name(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.anne, "Sobril", **HABIT_FORMING)

        with pytest.raises(InvalidInput) as refusal:
            ask(cast.anne, ref)

        assert "Sobril" in str(refusal.value.sentence)

    def test_one_with_repeats_left_may_still_be_asked_for(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol", repeats_left=2, valid_until=in_days(30))

        assert len(lines(cast.anne, ask(cast.anne, ref))) == 1

    def test_the_same_twice_in_one_request_is_one_too_many(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")

        with pytest.raises(AlreadyRequested):
            ask(cast.anne, ref, ref)

    def test_what_is_asked_for_already_is_not_asked_for_again(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")
        ask(cast.anne, ref)

        with pytest.raises(AlreadyRequested):
            ask(cast.anne, ref)

    def test_what_was_taken_back_may_be_asked_for_again(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")
        conversations.withdraw(by=cast.anne, conversation_id=ask(cast.anne, ref))

        assert ask(cast.anne, ref)

    @pytest.mark.parametrize("who", ["per", "bjarne", "kari"])
    def test_anothers_prescription_is_not_found(self, cast: Cast, who: str) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")

        with pytest.raises(NotFound):
            ask(getattr(cast, who), ref)

    def test_a_parent_does_not_find_what_is_reserved(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.kari_for_ola, "P-piller", reserved=True)

        with pytest.raises(NotFound):
            ask(cast.kari_for_ola, ref)

    def test_the_office_does_not_ask(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            ask(cast.siri, uuid4())

    def test_a_service_that_is_off_takes_none(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.kari, "Metoprolol")
        with rows.seeing(patient=cast.kari.patient):
            owner = people.list_of(cast.kari.patient)
        assert owner is not None
        conversations.switch_service(
            by=cast.lund, list_id=owner.list_id, feature=Feature.RENEWAL, on=False
        )

        with pytest.raises(ServiceOff):
            ask(cast.kari, ref)

    def test_one_that_only_a_register_knows_can_be_asked_for(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        register = MemoryMedication()
        known = medicine("Levaxin", strength="50 mikrog", form="tablett")
        register.known[cast.anne.patient, cast.lund.practice] = [known]
        monkeypatch.setattr("dialog.renewals.queries.offered.medication", lambda: register)

        conversation_id = ask(cast.anne, known.ref)

        assert [one.title for one in lines(cast.lund, conversation_id)] == [
            "Levaxin tablett 50 mikrog"
        ]


class TestReservedRequests:
    """What a young person asks for of the reserved is kept from parents altogether (R106)."""

    @pytest.fixture
    def ola(self, cast: Cast) -> Actor:
        """Ola for himself, as he will be when he signs in."""
        return replace(cast.kari_for_ola, role=Role.PATIENT, account_id=None, name="Ola Nordmann")

    def test_parents_find_neither_the_request_nor_its_thread(self, cast: Cast, ola: Actor) -> None:
        conversation_id = ask(ola, prescribe(cast, ola, "P-piller", reserved=True))

        with rows.seeing(patient=ola.patient, account=cast.kari.account):
            with pytest.raises(NotFound):
                queries.request_for(cast.kari_for_ola, conversation_id)
            matters = conversation_queries.my_matters(cast.kari_for_ola)
        assert conversation_id not in [one.id for one in matters]
        assert [one.title for one in lines(ola, conversation_id)] == ["P-piller"]
        assert [one.title for one in lines(cast.lund, conversation_id)] == ["P-piller"]

    def test_what_is_asked_for_beside_it_leaves_no_trace(self, cast: Cast, ola: Actor) -> None:
        shown = prescribe(cast, ola, "Salve")
        ask(ola, prescribe(cast, ola, "P-piller", reserved=True), shown)

        with rows.seeing(patient=ola.patient, account=cast.kari.account):
            asked = {one.medicine.ref: one.asked_in for one in queries.offers(cast.kari_for_ola)}
            own = {one.medicine.ref: one.asked_in for one in queries.offers(ola)}
        assert asked == {shown: None}
        assert own[shown] is not None


class TestRequestFor:
    @pytest.mark.parametrize("who", ["per", "kari", "bjarne", "berg", "kari_for_ola"])
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        conversation_id = ask(cast.anne, prescribe(cast, cast.anne, "Metoprolol"))

        with pytest.raises(NotFound):
            lines(getattr(cast, who), conversation_id)
