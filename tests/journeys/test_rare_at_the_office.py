"""What an office sees seldom: its first day, promises, what did not arrive, files refused."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from dialog import rows
from dialog.conversations import actions as conversations
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind, Topic
from dialog.demo.cast import Cast, find
from dialog.enquiries import actions as enquiries
from dialog.ledger.models import Delivery, DeliveryState, Entry
from dialog.people import queries as people
from dialog.people.identity_number import synthetic
from tests.appointments.ics import event, ics
from tests.appointments.people_and_times import booked, clinician, patient_uuid, workday
from tests.journeys.starting import start_office
from tests.journeys.walking import Walk

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(site: str) -> Cast:
    return find()


@pytest.fixture
def siri(walks: Callable[..., Walk]) -> Walk:
    return walks("Siri", "practice", width=1280)


@pytest.fixture
def lund(walks: Callable[..., Walk]) -> Walk:
    return walks("Lund", "practice", width=1280)


def asked(cast: Cast, text: str = "Når åpner dere?") -> Conversation:
    return conversations.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text=text
    )


def test_the_first_day_of_an_office(
    walks: Callable[..., Walk], own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_office(own_database, monkeypatch)

    eva = walks("Eva Strand", "practice", width=1280)
    eva.sees("Kom i gang, Havna legekontor").look("settings-first-day")
    eva.go("/kontor/").sees("Ingenting her").look("workspace-inbox-empty")
    eva.go("/kontor/kalender").go(f"{eva.page.url}?dag={workday()}")
    eva.sees("Ingenting denne dagen").look("workspace-calendar-empty")


def test_promises_and_important_messages_nobody_read(siri: Walk, cast: Cast) -> None:
    siri.go("/kontor/oppfolging").sees("Alt er fulgt opp").look("workspace-follow-ups-none")
    conversations.make_follow_up(
        by=cast.siri,
        conversation_id=asked(cast).id,
        what="Ring om prøvesvaret",
        due_at=timezone.now() - timedelta(days=1),
        owner_id=cast.siri.account_id,
    )
    told = conversations.start(
        by=cast.siri,
        kind=Kind.ENQUIRY,
        patient_id=cast.per.patient,
        text="Kom til kontroll.",
        important=True,
        remind_at=timezone.now(),
    )
    with rows.seeing(practice=cast.siri.practice):
        conversations.remind_of_unread(conversation_id=told.id)

    siri.go("/kontor/oppfolging").sees("Over fristen", "Ikke lest").look("workspace-follow-ups")
    siri.press("Kari Nordmann").sees("Ring om prøvesvaret").look("workspace-follow-up")
    siri.go("/kontor/oppfolging").press("Per Hansen").press("Merk som gjort")
    siri.sees("Nesten ferdig").look("workspace-follow-up-unread-refused")


def test_what_did_not_arrive(siri: Walk, cast: Cast) -> None:
    siri.go("/kontor/ma-ses-pa").sees("Alt er levert").look("workspace-attention-none")
    with rows.seeing(practice=cast.siri.practice):
        about = asked(cast).id
        Delivery.objects.create(
            entry=Entry.objects.filter(conversation_id=about).earliest("id"),
            subscriber="sms",
            practice_id=cast.siri.practice,
            conversation_id=about,
            state=DeliveryState.PARKED,
            tries=10,
            problem="unavailable",
        )

    siri.go("/kontor/ma-ses-pa").sees("Prøv igjen").look("workspace-attention")
    siri.sees("SMS-tjenesten svarte ikke.", "ringe pasienten")


def test_a_message_on_the_wrong_patient_is_moved(siri: Walk, cast: Cast) -> None:
    wrong = enquiries.write_to_patient(
        by=cast.siri, patient=patient_uuid(cast.kari), topic=Topic.CALL_IN, text="Kom til kontroll."
    )
    siri.go(f"/kontor/sak/{wrong.id}").press("Feil pasient?").look("workspace-find-right")
    siri.page.locator("main input[name=words]").fill("Hansen")
    siri.press("Finn riktig pasient").look("workspace-found-right").press("Per Hansen")

    siri.sees("Kari Nordmann", "Per Hansen").look("workspace-misfile")


def test_a_case_is_closed_and_a_message_taken_back(siri: Walk, cast: Cast) -> None:
    about = asked(cast)
    conversations.reply(by=cast.siri, conversation_id=about.id, text="Klokka åtte.")

    siri.go(f"/kontor/sak/{about.id}").look("workspace-enquiry-answered").press("Trekk tilbake")
    siri.look("workspace-recall").go(f"/kontor/sak/{about.id}/avslutt").look("workspace-close")


def test_a_calendar_is_refused_and_then_shown_before_anything_changes(
    lund: Walk, cast: Cast
) -> None:
    booked(cast.kari)
    day = f"{workday():%Y%m%d}"
    good = ics(*event("UID:1", f"DTSTART:{day}T080000", f"DTEND:{day}T120000", "SUMMARY:Kurs"))
    for name, content in (("refused", b"noe annet"), ("preview", good)):
        lund.go(f"/kontor/timebok/{clinician(cast.lund)}/kalenderfil")
        lund.page.set_input_files(
            "input[type=file]", {"name": "a.ics", "mimeType": "text/calendar", "buffer": content}
        )
        lund.press("Se hva som blir opptatt").look(f"workspace-import-{name}")


def test_a_patient_list_is_refused_and_then_shown_before_anybody_is_put_in(
    lund: Walk, cast: Cast
) -> None:
    one = synthetic(date(1961, 3, 4))
    head = "fødselsnummer;fornavn;etternavn\n"
    with rows.seeing(practice=cast.lund.practice_id):
        mine = next(it for it in people.lists_of_practice(cast.lund) if it.practitioner_id)
    for name, number in (("refused", one[:-2]), ("preview", one)):
        lund.go(f"/kontor/innstillinger/lister/{mine.list_uuid}/fil")
        file = f"{head}{number};Berit;Havn\n".encode()
        lund.page.set_input_files(
            "input[type=file]", {"name": "l.csv", "mimeType": "text/csv", "buffer": file}
        )
        lund.press("Se hva som er i filen").look(f"settings-list-file-{name}")


def test_the_rules_for_renewals_are_the_doctors(lund: Walk, siri: Walk) -> None:
    lund.go("/kontor/innstillinger/resepter").look("settings-renewal-rules")
    siri.go("/kontor/innstillinger/resepter").sees("Bare legene kan endre dette")
    siri.look("settings-renewal-rules-read")
