"""On which days a right to act for somebody shows anything of them, as the database keeps it.

Every query here is wrong on purpose, as in a transaction that was given too much by a mistake of
ours: it names nobody and no day. What is left out, the database has left out.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone

from dialog import rows
from dialog.demo.cast import Cast
from dialog.people import actions, queries
from dialog.people.models import DigitalConsent, Guardianship, OwnAccess, Patient, Proxy
from dialog.people.policy import ProxyKind, Stop
from tests.doors import signed_in
from tests.people.at_work import A_DAY
from tests.people.on_lists import mother_of, young_patient
from tests.people.test_guardians import appoint

AsRole = Callable[[str], AbstractContextManager[None]]
DAYS = [(-3, -1, False), (-3, 0, True), (0, 3, True), (1, 3, False)]
DAY_NAMES = ["after", "last day", "first day", "before"]
on_each_day = pytest.mark.parametrize(("first", "last", "counts"), DAYS, ids=DAY_NAMES)


def given(cast: Cast, first: int, last: int, stopped: Stop = Stop.NONE) -> Proxy:
    """Bjarne, of another office, may act for Kari from one of these days to the other."""
    today = queries.today()
    right = Proxy(
        account_id=cast.bjarne.account,
        patient_id=cast.kari.patient,
        kind=ProxyKind.MANDATE,
        period=DateRange(today + first * A_DAY, today + (last + 1) * A_DAY),
    )
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
        right.save()
    with rows.seeing(patient=cast.kari.patient_id):
        Proxy.objects.filter(id=right.id).update(stopped=stopped)
    return right


def put(right: Proxy, first: int, last: int, as_role: AsRole) -> None:
    """As its days would be had they been said long ago; a right is only ever shortened."""
    today = queries.today()
    with as_role("postgres"):
        right.delete()
        right.period = DateRange(today + first * A_DAY, today + (last + 1) * A_DAY)
        right.save()


def others(cast: Cast) -> set[int]:
    """Whom Bjarne sees beside himself, and of whom he sees whether they have said yes."""
    with rows.seeing(account=cast.bjarne.account_id, patient=cast.bjarne.patient_id):
        seen = set(Patient.objects.values_list("id", flat=True))
        yeses = set(DigitalConsent.objects.values_list("patient_id", flat=True))
    assert seen == yeses
    return seen - {cast.bjarne.patient_id}


class TestTheSecondWall:
    @on_each_day
    def test_the_patient_is_seen_on_the_days_of_the_right_alone(
        self, cast: Cast, first: int, last: int, counts: bool
    ) -> None:
        given(cast, first, last)

        assert others(cast) == ({cast.kari.patient_id} if counts else set())

    @pytest.mark.parametrize("stopped", [one for one in Stop if one])
    def test_nor_while_the_register_stops_it(self, cast: Cast, stopped: Stop) -> None:
        given(cast, -3, 3, stopped)

        assert others(cast) == set()

    def test_one_that_is_withdrawn_shows_nothing_from_now(self, cast: Cast) -> None:
        right = given(cast, -3, 3)
        assert others(cast) == {cast.kari.patient_id}

        actions.revoke_proxy(by=cast.kari, proxy_uuid=right.uuid)

        assert others(cast) == set()

    @on_each_day
    def test_why_a_patient_cannot_consent_is_read_while_one_acts_for_them(
        self, cast: Cast, as_role: AsRole, first: int, last: int, counts: bool
    ) -> None:
        put(appoint(cast.lund, cast.per), first, last, as_role)

        with rows.seeing(account=cast.anne.account_id, patient=cast.anne.patient_id):
            read = Guardianship.objects.exists()

        assert read is counts

    @on_each_day
    def test_a_child_is_let_in_and_its_yes_taken_back_while_one_is_its_parent(
        self, cast: Cast, as_role: AsRole, first: int, last: int, counts: bool
    ) -> None:
        ung = young_patient(cast, consented=False)
        mother_of(cast, ung)
        put(right_of(cast, ung.patient), first, last, as_role)

        with rows.seeing(account=cast.kari.account_id, patient=ung.patient_id):
            let_in = saved(OwnAccess(patient_id=ung.patient, given_by_id=cast.kari.account))
            taken_back = DigitalConsent.objects.filter(patient_id=ung.patient).update(
                ended_by_id=cast.kari.account, ended_at=timezone.now()
            )

        assert (let_in, taken_back) == (counts, int(counts))


def right_of(cast: Cast, patient_id: int) -> Proxy:
    with rows.seeing(account=cast.kari.account_id):
        return Proxy.objects.get(account_id=cast.kari.account, patient_id=patient_id)


def saved(row: OwnAccess) -> bool:
    try:
        with transaction.atomic():
            row.save()
    except ProgrammingError:
        return False
    return True


class TestWhatIsLeft:
    """The page of all rights names those one has acted for, and nothing else of them."""

    @on_each_day
    def test_whoever_had_a_right_reads_whom_it_was_for(
        self, cast: Cast, first: int, last: int, counts: bool
    ) -> None:
        given(cast, first, last)

        with rows.seeing(account=cast.bjarne.account_id, patient=cast.bjarne.patient_id):
            (received,) = queries.mandates(cast.bjarne).received

        assert (received.name, received.over) == ("Kari Nordmann", last < 0)

    def test_and_whom_the_register_has_stopped_it_for(self, cast: Cast) -> None:
        given(cast, -3, 3, Stop.LIVES_ELSEWHERE)

        with rows.seeing(account=cast.bjarne.account_id, patient=cast.bjarne.patient_id):
            (stopped,) = queries.not_now(cast.bjarne.account)

        assert (stopped.name, stopped.reason) == ("Kari Nordmann", Stop.LIVES_ELSEWHERE)

    def test_the_page_says_so(self, cast: Cast) -> None:
        given(cast, -3, -1)

        page = signed_in(cast.bjarne).get(reverse("portal:mandates"))

        assert "Kari Nordmann" in page.content.decode()

    def test_nobody_else_is_named(self, cast: Cast) -> None:
        given(cast, -3, -1)

        with rows.seeing(account=cast.per.account_id), connection.cursor() as cursor:
            cursor.execute("SELECT name FROM dialog_acted_for()")
            assert cursor.fetchall() == []
