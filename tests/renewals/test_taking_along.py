"""A patient with a new GP asks there for what the old one has not decided (R191)."""

import pytest

from dialog import rows
from dialog.actor import Actor
from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations.policy import Feature, Outcome, Status
from dialog.demo.cast import Cast
from dialog.errors import NotAllowed, NotFound, ServiceOff, WrongState
from dialog.ledger.models import Entry
from dialog.people import actions as people
from dialog.renewals import actions, queries
from dialog.renewals.policy import ItemStatus, ItemVerb, PickUp
from tests.people.on_lists import asked as asked_to_change
from tests.people.on_lists import list_of

from .prescribed import ask, lines, prescribe


def changes_gp(cast: Cast) -> None:
    wish = asked_to_change(cast)
    people.answer_gp_change(by=cast.kari, change_uuid=wish.uuid, yes=True)


def ending(by: Actor, conversation_id: object) -> tuple[Status, Outcome | None]:
    with rows.seeing(patient=by.patient_id):
        thread = core.thread(by, conversation_id)  # type: ignore[arg-type]
    return thread.status, thread.outcome


class TestTakeAlong:
    def test_each_line_is_asked_for_by_name_with_what_was_said(self, cast: Cast) -> None:
        ref = prescribe(cast, cast.kari, "Metoprolol", form="tabletter", strength="50 mg")
        wish = actions.Wish(prescription=ref, comment="Tar den om kvelden")
        old = actions.request_renewal(
            by=cast.kari, wishes=[wish, actions.Wish(words="Xyzal")], pick_up=PickUp.MULTIDOSE
        ).id
        changes_gp(cast)

        new = actions.take_along(by=cast.kari, conversation_id=old).id

        asked = [(one.title, one.comment) for one in lines(cast.berg, new)]
        assert asked == [("Metoprolol tabletter 50 mg", "Tar den om kvelden"), ("Xyzal", "")]
        with rows.seeing(practice=cast.berg.practice_id):
            assert queries.request_for(cast.berg, new).pick_up is PickUp.MULTIDOSE

    def test_the_old_request_ends_and_is_decided_by_nobody(self, cast: Cast) -> None:
        old = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))
        changes_gp(cast)

        actions.take_along(by=cast.kari, conversation_id=old)

        assert ending(cast.kari, old) == (Status.CLOSED, Outcome.WITHDRAWN)
        (line,) = lines(cast.kari, old)
        with pytest.raises(WrongState):
            actions.decide(
                by=cast.lund,
                conversation_id=old,
                decisions=[actions.Decision(item_id=line.id, verb=ItemVerb.RENEW)],
            )

    def test_also_what_the_old_office_has_opened_and_made_ready(self, cast: Cast) -> None:
        old = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))
        conversations.read(by=cast.lund, conversation_id=old)
        actions.prepare(
            by=cast.lund, conversation_id=old, item_ids=[one.id for one in lines(cast.lund, old)]
        )
        changes_gp(cast)

        new = actions.take_along(by=cast.kari, conversation_id=old).id

        assert [one.status for one in lines(cast.berg, new)] == [ItemStatus.REQUESTED]

    def test_what_is_decided_stays_where_it_was_decided(self, cast: Cast) -> None:
        old = ask(
            cast.kari,
            prescribe(cast, cast.kari, "Metoprolol"),
            prescribe(cast, cast.kari, "Atorvastatin"),
        )
        first = lines(cast.kari, old)[0]
        actions.decide(
            by=cast.lund,
            conversation_id=old,
            decisions=[actions.Decision(item_id=first.id, verb=ItemVerb.RENEW)],
        )
        changes_gp(cast)

        new = actions.take_along(by=cast.kari, conversation_id=old).id

        assert [one.title for one in lines(cast.berg, new)] == ["Atorvastatin"]
        assert lines(cast.kari, old)[0].status is ItemStatus.RENEWED

    def test_it_is_written_down_at_each_office(self, cast: Cast) -> None:
        old = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))
        changes_gp(cast)

        actions.take_along(by=cast.kari, conversation_id=old)

        with rows.seeing(practice=cast.lund.practice_id):
            assert Entry.objects.order_by("id").last().kind == "ConversationClosed"
        with rows.seeing(practice=cast.berg.practice_id):
            assert Entry.objects.order_by("id").last().kind == "RenewalRequested"

    def test_the_new_office_does_not_see_the_old_request_nor_the_old_the_new(
        self, cast: Cast
    ) -> None:
        old = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))
        changes_gp(cast)

        new = actions.take_along(by=cast.kari, conversation_id=old).id

        for stranger, hidden in ((cast.berg, old), (cast.siri, new), (cast.per, new)):
            with pytest.raises(NotFound):
                lines(stranger, hidden)

    def test_what_is_reserved_stays_reserved(self, cast: Cast) -> None:
        old = ask(cast.kari, prescribe(cast, cast.kari, "P-piller", reserved=True))
        changes_gp(cast)

        assert actions.take_along(by=cast.kari, conversation_id=old).reserved

    def test_without_a_new_gp_it_is_decided_where_it_is(self, cast: Cast) -> None:
        old = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))

        with pytest.raises(WrongState):
            actions.take_along(by=cast.kari, conversation_id=old)

    def test_twice_is_once(self, cast: Cast) -> None:
        old = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))
        changes_gp(cast)
        actions.take_along(by=cast.kari, conversation_id=old)

        with pytest.raises(WrongState):
            actions.take_along(by=cast.kari, conversation_id=old)

    def test_where_the_new_gp_renews_nothing_here_nothing_ends(self, cast: Cast) -> None:
        old = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))
        conversations.switch_service(
            by=cast.berg, list_id=list_of(cast.berg), feature=Feature.RENEWAL, on=False
        )
        changes_gp(cast)

        with pytest.raises(ServiceOff):
            actions.take_along(by=cast.kari, conversation_id=old)

        assert ending(cast.kari, old) == (Status.WITH_PRACTICE, None)

    def test_only_the_patient_takes_it_along(self, cast: Cast) -> None:
        old = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))
        changes_gp(cast)

        with pytest.raises(NotAllowed):
            actions.take_along(by=cast.berg, conversation_id=old)
        with pytest.raises(NotFound):
            actions.take_along(by=cast.per, conversation_id=old)
