"""The pages of the register: who opens them, what they say, and what is taken out of it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.breaches import actions, chores
from dialog.breaches.models import Breach
from dialog.breaches.policy import Kind, Risk, Said, Told
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind as Service
from dialog.demo.cast import Cast
from dialog.oversight import actions as oversight
from dialog.people import queries as people
from dialog.working_days import OSLO
from tests.breaches.scene import WHAT, assess, registered, view
from tests.conversations.rights import AsRole, pay, seen
from tests.doors import post
from tests.oversight.searched import SAMPLE, looked
from tests.people.on_lists import enquiry, kinds, uuid_of

HERE = "/kontor/avvik"


def moment(name: str, hours: float = 0, now: datetime | None = None) -> dict[str, str]:
    at = ((now or timezone.now()) - timedelta(hours=hours)).astimezone(OSLO)
    return {f"{name}_on": f"{at:%Y-%m-%d}", f"{name}_clock": f"{at:%H:%M}"}


class TestWhoSeesIt:
    def test_there_is_a_lane_for_those_who_follow_up_and_for_no_others(
        self, cast: Cast, as_lund: Client, as_siri: Client
    ) -> None:
        registered(cast)

        assert HERE in as_lund.get("/kontor/").content.decode()
        assert HERE not in as_siri.get("/kontor/").content.decode()

    def test_others_are_told_whom_to_tell(self, cast: Cast, as_siri: Client) -> None:
        refused = as_siri.get(f"{HERE}/nytt")

        assert refused.status_code == 403
        assert "Si fra om avviket til en av dem" in refused.content.decode()

    def test_those_reminded_read_it_in_their_inbox_until_one_has_looked(
        self, cast: Cast, as_lund: Client, as_siri: Client, as_role: AsRole
    ) -> None:
        id = registered(cast, aware_at=timezone.now() - timedelta(hours=41))
        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            kept = Breach.objects.get(id=id)
            kept.remind_at = timezone.now()
            kept.save(update_fields=["remind_at"])
        with as_role("dialog_relay"):
            chores.remind_of_clocks()

        pages = [one.get("/kontor/").content.decode() for one in (as_lund, as_siri)]
        as_lund.get(f"{HERE}/{id}")
        after = as_lund.get("/kontor/").content.decode()

        assert ["Et avvik venter på dere" in page for page in (*pages, after)] == [
            True,
            False,
            False,
        ]
        assert "30 timer igjen" in pages[0]


class TestRegistering:
    def test_who_and_where_come_with_the_address_and_one_may_say_otherwise(
        self, cast: Cast, as_lund: Client
    ) -> None:
        matter, per = enquiry(cast.kari), uuid_of(cast.per)
        address = f"{HERE}/nytt?sak={matter.id}&pasient={per}&pasient=tull"

        asked = as_lund.get(address).content.decode()
        said = {"kind": Kind.WRONG_PATIENT, "what": WHAT, "patients": [str(per)]}
        done = post(as_lund, address, **said, **moment("aware", hours=1))

        assert "Kari Nordmann" in asked and "Per Hansen" in asked
        found = view(cast.lund, done.headers["Location"].rsplit("/", 1)[1])  # type: ignore[arg-type]
        assert [one.patient.id for one in found.affected] == [cast.per.patient_id]
        assert found.source == matter.id

    def test_a_matter_leads_there(self, cast: Cast, as_lund: Client, as_siri: Client) -> None:
        matter = enquiry(cast.kari)
        address = f"/kontor/sak/{matter.id}"

        pages = [one.get(address).content.decode() for one in (as_lund, as_siri)]

        assert [f"{HERE}/nytt?sak={matter.id}" in page for page in pages] == [True, False]

    def test_those_whom_a_search_in_the_log_found(self, cast: Cast, as_lund: Client) -> None:
        for patient in (cast.kari, cast.per):
            looked(cast.siri, patient)
        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            siri = people.workers(cast.lund)
        search = oversight.search_colleague(
            by=cast.lund,
            account_uuid=next(one.account_uuid for one in siri if one.name == "Siri Dahl"),
            asked=SAMPLE,
        )

        asked = as_lund.get(f"{HERE}/nytt?sok={search}").content.decode()
        shown = as_lund.get(f"/kontor/logg/sok/{search}").content.decode()

        assert "Kari Nordmann" in asked and "Per Hansen" in asked
        assert f"{HERE}/nytt?sok={search}" in shown

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"what": ""}, "Fyll ut dette feltet."),
            ({"aware_clock": ""}, "Velg et klokkeslett."),
            ({"aware_on": "2199-01-01"}, "Tidspunktet kan ikke være fram i tid."),
            ({"happened_on": "2026-01-01", "happened_clock": ""}, "Velg et klokkeslett."),
            ({"kind": "hva"}, "Velg ett av alternativene."),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(
        self, cast: Cast, as_lund: Client, wrong: dict[str, str], told: str
    ) -> None:
        said = {"kind": Kind.LOST, "what": WHAT, **moment("aware")} | wrong

        page = post(as_lund, f"{HERE}/nytt", **said)

        assert page.status_code == 422
        assert told in page.content.decode()
        assert (WHAT in page.content.decode()) is (said["what"] == WHAT)

    def test_what_is_taken_back_may_be_said_to_have_been_for_another(
        self, cast: Cast, as_siri: Client, as_role: AsRole
    ) -> None:
        wrong = conversations.start(
            by=cast.siri, kind=Service.ENQUIRY, patient_id=cast.kari.patient, text="Hei, Per."
        )
        message = seen(cast.siri, wrong.id).messages[0].id
        address = f"/kontor/sak/{wrong.id}/trekk/{message}"

        assert "Meldingen gikk til feil pasient" in as_siri.get(address).content.decode()
        post(as_siri, address, wrong_patient="on")
        pay(as_role)

        assert "BreachRegistered" in kinds(practice=cast.lund.practice_id)


class TestTheSteps:
    def test_from_assessment_to_the_end(self, cast: Cast, as_lund: Client) -> None:
        one = f"{HERE}/{registered(cast, patients=[])}"
        post(
            as_lund,
            f"{one}/vurder",
            risk=Risk.RISK,
            reason="Navn og adresse",
            information="Navn",
            consequences="Lite",
            measures="Hentet",
            contact="Ingrid Lund",
            **moment("aware", hours=1),
        )
        post(as_lund, one, said=Said.MEASURE, text="Ny rutine for konvolutter")
        post(as_lund, f"{one}/meldt", reference="26/1234", **moment("told"))
        post(as_lund, f"{one}/avslutt", text="Vi leser navnet høyt")
        page = as_lund.get(one).content.decode()
        post(as_lund, f"{one}/apne", text="Vi fant mer")

        for words in ("Avsluttet", "26/1234", "Ny rutine for konvolutter", "Vi leser navnet høyt"):
            assert words in page
        assert "Åpnet igjen" in as_lund.get(one).content.decode()

    @pytest.mark.parametrize(("earlier", "told"), [(0, False), (30, True)])
    def test_that_it_was_discovered_earlier_is_told_but_not_that_seconds_were_left_out(
        self, cast: Cast, as_lund: Client, earlier: int, told: bool
    ) -> None:
        hour_ago = timezone.now() - timedelta(hours=1)
        one = f"{HERE}/{registered(cast, aware_at=hour_ago.replace(second=31))}"
        post(
            as_lund,
            f"{one}/vurder",
            risk=Risk.UNLIKELY,
            reason="Ingen så det",
            **moment("aware", hours=earlier, now=hour_ago),
        )

        assert ("Oppdaget er rettet til" in as_lund.get(one).content.decode()) is told

    def test_a_step_that_cannot_be_taken_leads_back(self, cast: Cast, as_lund: Client) -> None:
        one = f"{HERE}/{registered(cast)}"

        assert as_lund.get(f"{one}/meldt").headers["Location"] == one
        assert as_lund.get(f"{one}/apne").headers["Location"] == one

    def test_a_matter_the_reader_does_not_see_is_not_linked(
        self, cast: Cast, as_lund: Client
    ) -> None:
        matter = enquiry(cast.kari)
        one = f"{HERE}/{registered(cast, source=matter.id)}"

        assert f"/kontor/sak/{matter.id}" in as_lund.get(one).content.decode()


class TestAffected:
    def test_found_put_down_told_and_taken_out(self, cast: Cast, as_lund: Client) -> None:
        id = registered(cast, patients=[])
        found = post(as_lund, f"{HERE}/{id}/berorte", words="Hansen").content.decode()
        address = f"{HERE}/{id}/berorte/{uuid_of(cast.per)}"
        assert address in found
        post(as_lund, address)
        post(as_lund, f"{HERE}/{id}/berorte/{uuid_of(cast.kari)}")
        per, kari = view(cast.lund, id).affected
        told = f"{HERE}/{id}/berort/{per.id}/fortalt"
        late = post(as_lund, told, how=Told.EXEMPT, **moment("told"))
        post(as_lund, told, how=Told.PHONE, text="Ringte ham.", **moment("told"))
        post(as_lund, f"{HERE}/{id}/berort/{kari.id}/ta-ut")

        assert "Skriv hvorfor pasienten ikke trenger" in late.content.decode()
        (left,) = view(cast.lund, id).affected
        assert (left.patient.id, left.told_how) == (cast.per.patient_id, Told.PHONE)
        assert "Ringte ham." in as_lund.get(f"{HERE}/{id}").content.decode()


class TestTheList:
    def test_what_is_over_stands_by_itself(self, cast: Cast, as_lund: Client) -> None:
        registered(cast, kind=Kind.LOST)
        over = registered(cast, kind=Kind.SEEN)
        assess(cast, over, Risk.UNLIKELY)
        actions.close(by=cast.lund, breach_id=over, text="Ferdig")

        now = as_lund.get(HERE).content.decode()
        done = as_lund.get(f"{HERE}?status=avsluttet").content.decode()

        assert ["på avveie" in now, "Sett av noen" in now] == [True, False]
        assert "Sett av noen" in done
        assert WHAT not in now + done
