"""What is noticed in the log, in order and once."""

from datetime import timedelta

import pytest

from dialog import rows
from dialog.actor import PLATFORM
from dialog.demo.who import number
from dialog.errors import NotAllowed
from dialog.ledger.models import Entry
from dialog.oversight import actions
from dialog.oversight.models import WorkDay
from dialog.oversight.policy import MANY, Sign
from dialog.people import actions as people
from dialog.people.actions.registers import registered
from dialog.people.models import Account
from dialog.people.policy import ProxyKind
from tests.oversight.looked import NIGHT, Following, flags, look, seen, without_matter
from tests.oversight.searched import as_a_patient, at_work


@pytest.fixture
def follow(db, as_role):
    return Following(as_role)


@pytest.fixture(autouse=True)
def no_sample(monkeypatch):
    """What is drawn is another thing each time; one test draws."""
    monkeypatch.setattr("dialog.oversight.actions.noticing.in_sample", lambda lot: False)


def heard(who):
    """The population register has been asked about somebody."""
    registered(number(who), at_most=timedelta(0))


def renamed(who, name):
    with rows.seeing(scope="door"):
        Account.objects.filter(id=who.account_id).update(name=name)


class TestNotice:
    def test_an_ordinary_day_gives_nothing(self, cast, follow):
        look(cast.siri, cast.kari.patient_id)
        without_matter(cast.siri, cast.per.patient_id)
        look(cast.lund, cast.kari.patient_id, NIGHT, kind="ConversationRead")

        follow()

        assert seen(cast.lund) == []

    def test_at_night_for_no_usual_reason(self, cast, follow):
        without_matter(cast.siri, cast.kari.patient_id, NIGHT, reason="other")

        follow()

        assert seen(cast.lund) == [
            (cast.siri.account_id, cast.kari.patient_id, {Sign.NIGHT, Sign.OTHER_REASON})
        ]

    def test_oneself_at_work_also_with_a_matter(self, cast, follow):
        siri = as_a_patient(cast, "siri")
        look(cast.siri, siri.patient_id)

        follow()

        assert seen(cast.lund) == [(cast.siri.account_id, siri.patient_id, {Sign.SELF})]

    def test_oneself_as_a_patient_is_ones_right(self, cast, follow):
        siri = as_a_patient(cast, "siri")
        entry = look(siri, siri.patient_id, NIGHT, kind="ConversationRead")

        follow()

        assert entry.role == "patient"
        assert seen(cast.lund) == []

    def test_somebody_one_has_had_a_mandate_from(self, cast, follow):
        with rows.seeing(patient=cast.per.patient_id):
            people.grant_proxy(
                by=PLATFORM,
                patient_id=cast.per.patient_id,
                account_id=cast.siri.account_id,
                kind=ProxyKind.MANDATE,
            )
        look(cast.siri, cast.per.patient_id)

        follow()

        assert seen(cast.lund) == [(cast.siri.account_id, cast.per.patient_id, {Sign.ACTS_FOR})]

    def test_a_colleague_without_a_matter(self, cast, follow):
        nina = as_a_patient(cast, "nina")
        look(cast.siri, nina.patient_id)
        without_matter(cast.lund, nina.patient_id)

        follow()

        assert seen(cast.lund) == [(cast.lund.account_id, nina.patient_id, {Sign.COLLEAGUE})]

    def test_ones_child_by_what_the_register_has_answered(self, cast, follow, register):
        register.change("siri", children=(number("ola"),))
        heard("siri")
        look(cast.siri, cast.kari_for_ola.patient_id)

        follow()

        assert seen(cast.lund) == [
            (cast.siri.account_id, cast.kari_for_ola.patient_id, {Sign.CHILD})
        ]

    def test_ones_parent_by_what_the_register_has_answered_about_them(self, cast, follow, register):
        register.change("per", children=(number("siri"),))
        heard("per")
        look(cast.siri, cast.per.patient_id)

        follow()

        assert seen(cast.lund) == [(cast.siri.account_id, cast.per.patient_id, {Sign.PARENT})]

    def test_a_name_tips_what_is_odd_already(self, cast, follow):
        renamed(cast.siri, "Siri Hansen")
        without_matter(cast.siri, cast.per.patient_id)
        without_matter(cast.siri, cast.per.patient_id, NIGHT)

        follow()

        assert seen(cast.lund) == [
            (cast.siri.account_id, cast.per.patient_id, {Sign.NIGHT, Sign.SAME_NAME})
        ]
        assert flags(cast.lund)[0].looks == 1

    def test_a_protected_address_lets_less_count_and_is_nowhere_written(
        self, cast, follow, register
    ):
        register.change("kari", protected=True)
        heard("kari")
        without_matter(cast.siri, cast.kari.patient_id, NIGHT)
        without_matter(cast.siri, cast.per.patient_id, NIGHT)
        without_matter(cast.lund, cast.kari.patient_id)

        follow()

        assert seen(cast.lund) == [(cast.siri.account_id, cast.kari.patient_id, {Sign.NIGHT})]

    def test_so_does_the_sample_which_is_always_the_same(self, cast, follow, monkeypatch):
        lots = {}

        def drawn(lot):
            lots.setdefault(lot, len(lots) == 0)
            return lots[lot]

        monkeypatch.setattr("dialog.oversight.actions.noticing.in_sample", drawn)
        for patient in (cast.kari, cast.per, cast.kari):
            without_matter(cast.siri, patient.patient_id, NIGHT)

        follow()

        (one,) = flags(cast.lund)
        assert (len(lots), one.patient_id, one.looks) == (2, cast.kari.patient_id, 2)

    def test_looks_at_one_patient_in_a_day_are_one_flag(self, cast, follow):
        without_matter(cast.siri, cast.kari.patient_id, NIGHT, reason="other")
        follow()
        without_matter(cast.siri, cast.kari.patient_id, reason="other")
        without_matter(cast.siri, cast.kari.patient_id, NIGHT, reason="other")
        follow()

        (one,) = flags(cast.lund)
        assert (one.looks, one.day) == (2, NIGHT.date())

    def test_it_says_neither_who_nor_at_whom_in_the_ledger(self, cast, follow):
        without_matter(cast.siri, cast.kari.patient_id, NIGHT, reason="other")

        follow()

        with at_work(cast.lund):
            fact = Entry.objects.get(kind="UnusualLookNoticed")
        (one,) = flags(cast.lund)
        assert (fact.account_id, fact.patient_id) == (None, None)
        assert fact.details == {"unusual_look_id": str(one.id)}

    def test_one_office_is_told_nothing_of_another(self, cast, follow):
        without_matter(cast.berg, cast.bjarne.patient_id, NIGHT, reason="other")

        follow()

        assert seen(cast.lund) == []
        assert len(seen(cast.berg)) == 1

    def test_only_the_platform_does(self, cast):
        with pytest.raises(NotAllowed):
            actions.notice(by=cast.lund, practice_id=cast.lund.practice_id, looks=[])


class TestMany:
    def test_whom_somebody_opened_is_counted_once_a_day(self, cast, follow, as_role):
        for patient in (cast.kari, cast.per, cast.kari):
            without_matter(cast.siri, patient.patient_id)
        follow()
        without_matter(cast.siri, cast.per.patient_id)
        look(cast.siri, cast.kari_for_ola.patient_id)
        follow()

        with as_role("postgres"):
            (day,) = WorkDay.objects.all()
        assert day.role == "staff"
        assert sorted(day.patients) == sorted([cast.kari.patient_id, cast.per.patient_id])

    def test_more_than_usual_is_one_flag_that_grows(self, cast, follow, monkeypatch):
        few = MANY._replace(least=2, unknown_usual=2)
        monkeypatch.setattr("dialog.oversight.policy.unusual.MANY", few)
        monkeypatch.setattr("dialog.oversight.actions.noticing.MANY", few)
        for patient in (cast.kari, cast.per):
            without_matter(cast.siri, patient.patient_id)
        follow()
        without_matter(cast.siri, cast.kari_for_ola.patient_id)
        follow()

        (one,) = flags(cast.lund)
        assert (one.account_id, one.patient_id) == (cast.siri.account_id, None)
        assert (one.signs, one.looks) == ([Sign.MANY], 3)
