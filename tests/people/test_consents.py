"""Being a digital user: said, taken back, kept, and what follows from each (R4-R7)."""

from datetime import date
from itertools import product

import pytest
from django.db import ProgrammingError, transaction

from dialog import rows
from dialog.actor import Consenting
from dialog.appointments import actions as appointments
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Topic
from dialog.enquiries import actions as enquiries
from dialog.errors import ConsentMissing, NotAllowed, NotFound, Unreachable
from dialog.people import actions, policy, queries
from dialog.people.models import DigitalConsent
from dialog.people.policy import Consent, GivenAs, NotificationKind, ProxyKind
from tests.appointments.people_and_times import clinician, free
from tests.people.on_lists import enquiry, kinds, mother_of, seen_as, uuid_of, young_patient

DAY = date(2026, 11, 28)
GROWN, CHILD, YOUNG = date(1980, 1, 1), date(2018, 1, 1), date(2012, 1, 1)
SAYS = {
    (None, GROWN),
    (None, YOUNG),
    (ProxyKind.PARENT, CHILD),
    (ProxyKind.PARENT, YOUNG),
    *((ProxyKind.GUARDIAN, born) for born in (GROWN, CHILD, YOUNG)),
}


def again(actor):
    """The same person at the next request."""
    with rows.seeing(account=actor.account_id):
        return queries.patient_actor(actor.account_id)


def consent_of(actor):
    with rows.seeing(patient=actor.patient_id):
        return queries.consent_of(actor.patient_id)


def said(actor):
    with rows.seeing(account=actor.account_id, patient=actor.patient_id):
        return queries.yeses(actor)


def write_first(by, patient):
    return enquiries.write_to_patient(
        by=by, patient=uuid_of(patient), topic=Topic.INFORMATION, text="Vi har flyttet."
    )


class TestWhoSaysIt:
    @pytest.mark.parametrize(
        ("kind", "born"), list(product([None, *ProxyKind], [GROWN, CHILD, YOUNG]))
    )
    def test_oneself_a_parent_or_a_guardian_and_never_by_mandate(self, kind, born):
        assert policy.may_say_yes(kind, born=born, on=DAY) is ((kind, born) in SAYS)

    @pytest.mark.parametrize("given_as", GivenAs)
    def test_a_parents_yes_ends_on_the_sixteenth_birthday(self, given_as):
        at = {"given_as": given_as, "version": policy.TEXT_VERSION, "born": date(2010, 11, 28)}

        assert policy.counts(**at, on=date(2026, 11, 27))
        assert policy.counts(**at, on=DAY) is (given_as is not GivenAs.PARENT)

    def test_what_is_older_than_the_words_that_count_is_asked_anew(self):
        assert not policy.counts(GivenAs.ONESELF, 0, born=GROWN, on=DAY)

    @pytest.mark.parametrize(("consent", "kind"), list(product(Consent, NotificationKind)))
    def test_without_a_yes_only_of_appointments_and_after_a_no_nothing(self, consent, kind):
        times = kind in (NotificationKind.APPOINTMENT, NotificationKind.REMINDER)
        told = consent is Consent.GIVEN or (consent is Consent.NEVER and times)

        assert policy.may_be_told(kind, consent) is told


class TestTakeBackYes:
    def test_nothing_new_is_begun_by_either_side_from_the_next_request(self, cast):
        actions.take_back_yes(by=cast.kari)

        assert (consent_of(cast.kari), again(cast.kari).consent) == (
            Consent.WITHDRAWN,
            Consenting.MISSING,
        )
        with pytest.raises(ConsentMissing):
            enquiry(again(cast.kari))
        with pytest.raises(Unreachable):
            write_first(cast.siri, cast.kari)
        assert kinds(patient=cast.kari.patient)[-1] == "ConsentWithdrawn"

    def test_what_is_open_is_finished_here(self, cast):
        about = enquiry(cast.kari)
        actions.take_back_yes(by=cast.kari)

        assert conversations.reply(by=cast.siri, conversation_id=about.id, text="Åtte.")

    def test_it_is_kept_and_another_yes_is_put_beside_it(self, cast):
        actions.take_back_yes(by=cast.kari)
        actions.take_back_yes(by=cast.kari)
        actions.say_yes(by=again(cast.kari), language=policy.Language.EN)

        newest, first = said(cast.kari)
        assert (newest.ended_at, newest.language_words, newest.by) == (
            None,
            "English",
            "Kari Nordmann",
        )
        assert (first.ended_at is None, first.replaced) == (False, False)
        assert enquiry(again(cast.kari))

    @pytest.mark.parametrize("who", ["siri", "lund"])
    def test_no_office_does_it(self, cast, who):
        with pytest.raises(NotFound):
            actions.take_back_yes(by=getattr(cast, who))


class TestSayYes:
    def test_said_twice_it_is_said_once(self, cast):
        actions.say_yes(by=cast.kari)

        assert len(said(cast.kari)) == 1

    def test_for_a_child_the_parent(self, cast):
        (one,) = said(cast.kari_for_ola)

        assert (one.given_as, one.by) == (GivenAs.PARENT, "Kari Nordmann")
        assert cast.kari_for_ola.consent is Consenting.GIVEN

    def test_at_sixteen_the_child_is_asked_anew_and_the_parents_yes_is_replaced(
        self, cast, time_machine
    ):
        ung = young_patient(cast, years=15)
        time_machine.move_to(policy.birthday(date(queries.today().year - 15, 1, 1), 16))

        assert again(ung).consent is Consenting.MISSING
        assert consent_of(ung) is Consent.NEVER
        actions.say_yes(by=again(ung))

        own, parents = said(again(ung))
        assert (own.given_as, parents.replaced) == (GivenAs.ONESELF, True)

    def test_by_mandate_one_is_told_whose_yes_it_takes(self, cast):
        actions.take_back_yes(by=cast.anne)
        actions.grant_proxy(
            by=cast.anne,
            patient_id=cast.anne.patient,
            account_id=cast.per.account,
            kind=ProxyKind.MANDATE,
        )
        per = seen_as(cast.per, cast.anne)

        assert per.consent is Consenting.ANOTHERS
        with pytest.raises(ConsentMissing, match="consent-missing") as refused:
            enquiry(per)
        assert "må selv si ja" in str(refused.value.sentence)
        with pytest.raises(NotAllowed):
            actions.say_yes(by=per)
        with rows.seeing(account=per.account, patient=per.patient):
            assert not queries.may_take_back_yes(per)

    def test_a_mother_says_it_for_a_young_person_who_may_take_it_back(self, cast):
        ung = young_patient(cast)
        with rows.seeing(account=cast.kari.account, patient=ung.patient):
            assert queries.may_take_back_yes(mother_of(cast, ung))

        actions.take_back_yes(by=ung)

        assert consent_of(ung) is Consent.WITHDRAWN


class TestWithoutAYes:
    def test_the_office_still_gives_a_time(self, cast):
        slot = free(cast.kari)[0]
        actions.take_back_yes(by=cast.kari)

        assert appointments.give_time(
            by=cast.siri,
            patient=uuid_of(cast.kari),
            practitioner=clinician(cast.lund),
            starts=slot.starts,
            minutes=20,
            overbook_because="Ringte",
        )

    @pytest.mark.parametrize("who", ["kari", "siri"])
    def test_nobody_writes_a_yes_for_another(self, cast, who):
        by = getattr(cast, who)
        with (
            rows.seeing(account=by.account, patient=cast.per.patient, practice=by.practice_id),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
        ):
            DigitalConsent.objects.create(
                patient_id=cast.per.patient,
                given_by_id=by.account,
                given_as="oneself",
                text_version=1,
                language="nb",
            )

    def test_what_has_been_said_is_never_written_over(self, cast):
        with (
            rows.seeing(account=cast.kari.account, patient=cast.kari.patient),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
        ):
            DigitalConsent.objects.update(text_version=2)
