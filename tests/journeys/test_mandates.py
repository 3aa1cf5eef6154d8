"""A mandate is given, read and ended; and what is said when somebody may not act for another."""

from collections.abc import Callable

import pytest

from dialog.demo.cast import find
from dialog.demo.who import number
from dialog.people import actions
from dialog.people.policy import ProxyKind
from dialog.people.ports import Responsible
from tests.journeys.walking import Walk
from tests.people.on_lists import enquiry, mother_of, young_patient
from tests.people.register_in_memory import Register

pytestmark = pytest.mark.browser
WORDS = "Kan vi få en ny time til vaksine for Ola i neste uke?"


def test_a_mandate_is_given_read_and_ended(walks: Callable[..., Walk]) -> None:
    kari = walks("Kari")
    kari.go("/innstillinger").press("Fullmakter: hvem som kan handle for deg")
    kari.look("portal-mandates-none").press("Gi en fullmakt").look("portal-mandate-give")

    kari.press("Gi fullmakten").look("portal-mandate-refused")
    kari.write("Fødselsnummer", number("per")).write("Etternavn", "Hansen")
    kari.tick("Forny resept").press("Gi fullmakten")

    kari.sees("Fullmakten er gitt", "Per Hansen").look("portal-mandates")
    kari.press("Avslutt for Per Hansen").look("portal-mandate-end")
    kari.press("Avslutt fullmakten").sees("Den gjelder ikke lenger").look("portal-mandate-ended")


def test_a_right_that_ends_while_one_writes_sends_nothing_as_oneself(
    walks: Callable[..., Walk],
) -> None:
    cast = find()
    proxy = actions.grant_proxy(
        by=cast.kari,
        patient_id=cast.kari.patient,
        account_id=cast.per.account,
        kind=ProxyKind.MANDATE,
    )
    per = walks("Per")
    per.press("Bytt person").press("Kari Nordmann")
    per.go("/kontakt").tick("Det haster ikke").page.get_by_role("radio").last.check()
    per.write("Skriv til legekontoret", WORDS)
    actions.revoke_proxy(by=cast.kari, proxy_uuid=proxy.uuid)

    per.press("Send til legekontoret")

    per.sees("Du kan ikke handle for den du hadde valgt", WORDS).look("portal-no-longer")


def test_who_may_not_act_is_told_why(walks: Callable[..., Walk], register: Register) -> None:
    register.change("ola", parents=(Responsible(number=number("kari"), at_home=False),))
    kari = walks("Kari")

    kari.press("Bytt person").sees("ingen av foreldrene bor").look("portal-act-for-not-now")


def test_and_when_the_register_is_away(walks: Callable[..., Walk], register: Register) -> None:
    register.away = True
    kari = walks("Kari")

    kari.press("Bytt person").sees("Vi får ikke svar").look("portal-act-for-silent")


def test_a_doctor_hides_a_matter_and_the_young_person_reads_that(
    walks: Callable[..., Walk],
) -> None:
    cast = find()
    young = young_patient(cast)
    asked = enquiry(young)
    lund = walks("Ingrid", "practice", width=1280)

    lund.go(f"/kontor/sak/{asked.id}").press("Skjul for foreldre")
    lund.sees("Skjult for foreldre").look("workspace-kept-from-parents")

    ung = walks("Ung")
    ung.look("portal-young-home")
    ung.go(f"/meldinger/{asked.id}").sees("De kan ikke se at denne saken finnes")
    ung.look("portal-young-kept").go("/meldinger?tjeneste=skjult").look("portal-young-kept-list")


def test_a_mother_lets_her_child_in_by_itself(walks: Callable[..., Walk]) -> None:
    cast = find()
    mother_of(cast, young_patient(cast, consented=False))
    kari = walks("Kari")
    kari.press("Bytt person").press("Ung Nordmann").go("/innstillinger")

    kari.sees("kan ikke skrive selv nå").look("portal-own-access-none")
    kari.press("Ja, det er greit").sees("kan bruke tjenesten selv nå").look("portal-own-access")
