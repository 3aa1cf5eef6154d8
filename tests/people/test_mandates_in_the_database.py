"""What the database keeps of mandates, whatever a wrong statement asks for."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from dialog import rows
from dialog.actor import Actor
from dialog.demo.cast import Cast
from dialog.people import actions
from dialog.people.models import Proxy
from dialog.people.policy import ProxyKind
from dialog.people.queries import today


def mandate(account: Actor, patient: Actor) -> Proxy:
    return Proxy(
        account_id=account.account,
        patient_id=patient.patient,
        kind=ProxyKind.MANDATE,
        period=DateRange(today(), None),
    )


def given(cast: Cast) -> Proxy:
    """Per may act for Kari for a week."""
    return actions.grant_proxy(
        by=cast.kari,
        patient_id=cast.kari.patient,
        account_id=cast.per.account,
        kind=ProxyKind.MANDATE,
        until=today() + timedelta(days=7),
    )


def refused(proxy: Proxy, error: type[Exception]) -> bool:
    with pytest.raises(error), transaction.atomic():
        proxy.save()
    return True


class TestInserting:
    def test_nobody_lets_themselves_act_for_anybody(self, cast: Cast) -> None:
        with rows.seeing(account=cast.per.account_id, patient=cast.per.patient_id):
            assert refused(mandate(cast.per, cast.kari), ProgrammingError)
        with rows.seeing(account=cast.siri.account_id, practice=cast.siri.practice_id):
            assert refused(mandate(cast.siri, cast.kari), ProgrammingError)

    def test_a_patient_and_their_office_let_others(self, cast: Cast) -> None:
        with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
            mandate(cast.per, cast.kari).save()
        with rows.seeing(account=cast.siri.account_id, practice=cast.siri.practice_id):
            mandate(cast.per, cast.anne).save()

        with rows.seeing(account=cast.per.account_id):
            assert Proxy.objects.filter(account_id=cast.per.account).count() == 2

    def test_whoever_acts_for_a_patient_lets_nobody_else(self, cast: Cast) -> None:
        with rows.seeing(account=cast.kari.account_id, patient=cast.kari_for_ola.patient_id):
            assert refused(mandate(cast.per, cast.kari_for_ola), IntegrityError)


class TestUpdating:
    def test_whoever_acts_for_somebody_does_not_make_it_longer(self, cast: Cast) -> None:
        proxy = given(cast)

        with rows.seeing(account=cast.per.account_id, patient=cast.per.patient_id):
            proxy.period = DateRange(today(), None)
            assert refused(proxy, IntegrityError)

    def test_nor_turns_it_into_another_persons(self, cast: Cast) -> None:
        proxy = given(cast)

        with rows.seeing(account=cast.per.account_id, patient=cast.per.patient_id):
            proxy.patient_id = cast.per.patient
            assert refused(proxy, IntegrityError)

    def test_one_that_has_ended_is_not_ended_again(self, cast: Cast) -> None:
        proxy = given(cast)
        with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
            over = DateRange(today() - timedelta(days=9), today() - timedelta(days=2))
            Proxy.objects.filter(id=proxy.id).delete()
            ended = mandate(cast.per, cast.kari)
            ended.period = over
            ended.save()

        actions.revoke_proxy(by=cast.kari, proxy_uuid=ended.uuid)

        with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
            assert Proxy.objects.get(id=ended.id).period == over

    def test_nobody_takes_it_from_another_who_acts_for_the_same_patient(self, cast: Cast) -> None:
        with rows.seeing(account=cast.siri.account_id, practice=cast.siri.practice_id):
            others = mandate(cast.per, cast.kari_for_ola)
            others.save()

        with rows.seeing(account=cast.kari.account_id, patient=cast.kari_for_ola.patient_id):
            others.period = DateRange(today(), today() + timedelta(days=1))
            assert refused(others, IntegrityError)
            with pytest.raises(IntegrityError), transaction.atomic():
                Proxy.objects.filter(id=others.id).delete()

    def test_each_gives_up_their_own(self, cast: Cast) -> None:
        with rows.seeing(account=cast.kari.account_id, patient=cast.kari_for_ola.patient_id):
            gone, _each = Proxy.objects.filter(
                account_id=cast.kari.account, patient_id=cast.kari_for_ola.patient
            ).delete()

        assert gone == 1


class TestWhatTheRegisterSays:
    def test_nobody_says_for_themselves_what_the_register_says(self, cast: Cast) -> None:
        with rows.seeing(account=cast.kari.account):
            for change in ({"confirmed_at": timezone.now()}, {"from_register": True}):
                with pytest.raises(IntegrityError), transaction.atomic():
                    Proxy.objects.update(**change)

    def test_not_when_a_right_is_written_down_either(self, cast: Cast) -> None:
        with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
            confirmed = mandate(cast.per, cast.kari)
            confirmed.confirmed_at = timezone.now()
            assert refused(confirmed, IntegrityError)

    def test_nor_gives_themselves_more_areas(self, cast: Cast) -> None:
        with rows.seeing(patient=cast.kari_for_ola.patient):
            Proxy.objects.update(areas=["enquiry"])
        with (
            rows.seeing(account=cast.kari.account),
            pytest.raises(IntegrityError),
            transaction.atomic(),
        ):
            Proxy.objects.update(areas=["enquiry", "renewal"])

    def test_the_register_may(self, cast: Cast) -> None:
        with rows.seeing(patient=cast.kari_for_ola.patient):
            assert Proxy.objects.update(confirmed_at=timezone.now()) == 1
