"""Facts owed only for the practices a subscriber serves; to others it costs nothing."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from dialog import rows
from dialog.actor import PLATFORM
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.errors import NotAllowed, NotFound
from dialog.ledger import actions
from dialog.ledger.models import Delivery

from .conftest import Ear

AsRole = Callable[[str], AbstractContextManager[None]]


def asked(cast: Cast) -> None:
    conversations.start(by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Hei")


def serve(cast: Cast, as_role: AsRole, *, on: bool) -> None:
    with as_role("dialog_owner"), rows.seeing(scope="setup"):
        actions.serve(by=PLATFORM, practice_id=cast.lund.practice, subscriber="chosen", on=on)


def owed(as_role: AsRole) -> list[str]:
    with as_role("dialog_relay"), rows.seeing(scope="relay"):
        return list(Delivery.objects.order_by("subscriber").values_list("subscriber", flat=True))


def test_nothing_is_owed_for_a_practice_that_is_not_served(
    cast: Cast, chosen: Ear, as_role: AsRole
) -> None:
    asked(cast)

    assert owed(as_role) == ["ear"]


def test_a_practice_that_is_served_owes_from_then_on(
    cast: Cast, chosen: Ear, as_role: AsRole
) -> None:
    asked(cast)
    serve(cast, as_role, on=True)
    serve(cast, as_role, on=True)
    asked(cast)

    assert owed(as_role) == ["chosen", "ear", "ear"]


def test_the_other_office_owes_nothing_by_it(cast: Cast, chosen: Ear, as_role: AsRole) -> None:
    serve(cast, as_role, on=True)

    conversations.start(
        by=cast.bjarne, kind=Kind.ENQUIRY, patient_id=cast.bjarne.patient, text="Hei"
    )

    assert owed(as_role) == ["ear"]


def test_when_it_ends_nothing_new_is_owed(cast: Cast, chosen: Ear, as_role: AsRole) -> None:
    serve(cast, as_role, on=True)
    serve(cast, as_role, on=False)
    asked(cast)

    assert owed(as_role) == ["ear"]


def test_an_office_does_not_choose_for_itself(cast: Cast, chosen: Ear) -> None:
    with pytest.raises(NotAllowed):
        actions.serve(by=cast.lund, practice_id=cast.lund.practice, subscriber="chosen", on=True)


def test_a_subscriber_that_everybody_has_is_not_chosen(
    cast: Cast, chosen: Ear, as_role: AsRole
) -> None:
    with as_role("dialog_owner"), rows.seeing(scope="setup"), pytest.raises(NotFound):
        actions.serve(by=PLATFORM, practice_id=cast.lund.practice, subscriber="ear", on=True)
