"""Who comes to the doors, and one of each thing there is behind them."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.actor import Actor, Area
from dialog.appointments.models import AppointmentType
from dialog.breaches import actions as breaches
from dialog.breaches.policy import Said, Told
from dialog.conversations import actions as conversations
from dialog.conversations.models import ServicePause
from dialog.conversations.policy import Feature, Kind
from dialog.demo.cast import Cast
from dialog.demo.who import NAMES, number
from dialog.econsultations import actions as econsultations
from dialog.econsultations.policy import TemplateKind
from dialog.oversight import actions as oversight
from dialog.oversight import queries as oversight_queries
from dialog.oversight.actions import Asked
from dialog.oversight.policy import Purpose
from dialog.people import actions as people
from dialog.people import queries
from dialog.people.models import Account, PatientList, Practitioner, Proxy
from dialog.people.policy import GuardianBasis, LookReason, ProxyKind
from tests.breaches.scene import assess, registered, view
from tests.conversations.pictures import half_and_half, written
from tests.doors import signed_in
from tests.econsultations.asked import asked
from tests.oversight.looked import raised
from tests.people.on_lists import list_of, uuid_of
from tests.portal.times import booked, offered
from tests.renewals.prescribed import ask, prescribe

ABSENT = "absent"


def given(cast: Cast, to: Actor, areas: list[Area]) -> Proxy:
    """Kari lets another act for her in these things."""
    return people.grant_proxy(
        by=cast.kari,
        patient_id=cast.kari.patient,
        account_id=to.account,
        kind=ProxyKind.MANDATE,
        areas=areas,
    )


def acting(actor: Actor, patient: UUID) -> Client:
    """A browser in which this person has chosen to act for another."""
    return signed_in(actor, acting_for=patient)


def at_work(actor: Actor) -> Client:
    """A browser that was signed in at work by somebody who is not employed anywhere any more."""
    return signed_in(actor, side="practice")


def everybody(cast: Cast) -> dict[str, Client]:
    """Each kind of actor, by the name of their column in the matrix."""
    kari, ola = uuid_of(cast.kari), uuid_of(cast.kari_for_ola)
    return {
        "signed_out": Client(),
        "self": signed_in(cast.kari),
        "mandate_all": acting(cast.per, kari),
        "mandate_times": acting(cast.anne, kari),
        "mandate_none": acting(cast.bjarne, kari),
        "for_child": acting(cast.kari, ola),
        "same_list": signed_in(cast.per),
        "stranger": signed_in(cast.bjarne),
        "doctor": signed_in(cast.lund),
        "nurse": signed_in(cast.nina),
        "staff": signed_in(cast.siri),
        "other_office": signed_in(cast.berg),
        "not_employed": at_work(cast.bjarne),
        "support": signed_in(cast.even),
    }


def _guardian(cast: Cast) -> Proxy:
    """Dr Lund has decided that Siri acts for Kari; she signs in at work alone here."""
    return people.appoint_guardian(
        by=cast.lund,
        patient_uuid=uuid_of(cast.kari),
        identity_number=number("siri"),
        family_name="Dahl",
        basis=GuardianBasis.NEXT_OF_KIN,
        explanation="Vurdert i dag.",
        areas=list(Area),
        last=queries.today() + timedelta(days=90),
    )


def looked_at(cast: Cast, matter: UUID) -> dict[str, UUID | str | int]:
    """Two looks in Kari's log, one of which she has asked about."""
    conversations.read(by=cast.nina, conversation_id=matter)
    conversations.read(by=cast.siri, conversation_id=matter)
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
        by_siri, by_nina = oversight_queries.access_log(cast.kari, looks=True, most=2)
    asked_about = oversight.question_look(by=cast.kari, line_id=by_nina.id)
    return {"line": by_siri.id, "log_question": asked_about.id}


def everything(cast: Cast) -> dict[str, UUID | str | int]:
    """One of each thing, Kari's or her office's, by what the matrix calls it."""
    picture = conversations.keep_file(
        by=cast.kari, name="arm.png", data=written(half_and_half(), "PNG")
    )
    enquiry = conversations.start(
        by=cast.kari,
        kind=Kind.ENQUIRY,
        patient_id=cast.kari.patient,
        text="Når åpner dere?",
        files=[picture.id],
    )
    econsultation = asked(cast.kari)
    prescription = prescribe(cast, cast.kari, "Metoprolol", repeats_left=0)
    tomorrow = timezone.now() + timedelta(days=1)
    follow_up = conversations.make_follow_up(
        by=cast.lund, conversation_id=enquiry.id, what="Ring", due_at=tomorrow
    )
    conversations.add_note(by=cast.lund, conversation_id=enquiry.id, text="Ring tilbake")
    people.explain_look(
        by=cast.lund,
        patient_uuid=uuid_of(cast.kari),
        reason=LookReason.OTHER,
        words="Apoteket ringte.",
    )
    template = econsultations.save_template(
        by=cast.lund, kind=TemplateKind.ANSWER, title="Hvil", text="Hvil armen.", own=True
    )
    conversations.plan_pause(
        by=cast.lund,
        list_id=list_of(cast.lund),
        feature=Feature.ENQUIRY,
        starts=tomorrow,
        ends=None,
    )
    given_name, family_name = NAMES["anne"]
    people.take_on(
        by=cast.berg,
        list_id=list_of(cast.berg),
        identity_number=number("anne"),
        given_name=given_name,
        family_name=family_name,
    )
    with rows.seeing(account=cast.anne.account_id, patient=cast.anne.patient_id):
        change = queries.gp_wishes(cast.anne)[0]
    breach = registered(cast, source=enquiry.id)
    assess(cast, breach)
    breaches.add(by=cast.lund, breach_id=breach, said=Said.MEASURE, text="Ny rutine.")
    affected = view(cast.lund, breach).affected[0].id
    breaches.note_told(
        by=cast.lund,
        breach_id=breach,
        affected_id=affected,
        how=Told.LETTER,
        told_at=timezone.now(),
        text="Brevet ditt lå i feil konvolutt.",
    )
    things = {
        "enquiry": enquiry.id,
        "econsultation": econsultation.id,
        "renewal": ask(cast.kari, prescription),
        "appointment": booked(cast),
        "offer": offered(cast),
        "file": picture.id,
        "patient": uuid_of(cast.kari),
        "prescription": prescription,
        "follow_up": follow_up.id,
        "template": template.uuid,
        "change": change.uuid,
        "breach": breach,
        "affected": affected,
        ABSENT: uuid4(),
    }
    mandate = given(cast, cast.per, list(Area))
    given(cast, cast.anne, [Area.APPOINTMENT])
    things["mandate"] = mandate.uuid
    things["guardian"] = _guardian(cast).uuid
    things["unusual_look"] = raised(cast.siri, cast.kari.patient_id)
    things |= looked_at(cast, enquiry.id)
    things["log_search"] = oversight.search_patient(
        by=cast.lund,
        patient_uuid=uuid_of(cast.kari),
        asked=Asked(purpose=Purpose.SAMPLE, words="Hver måned"),
    )
    with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
        return things | {
            "list": PatientList.objects.get(id=list_of(cast.lund)).uuid,
            "practitioner": Practitioner.objects.get(id=cast.lund.practitioner_id).uuid,
            "colleague": Account.objects.get(id=cast.siri.account_id).uuid,
            "pause": ServicePause.objects.get().uuid,
            "type": AppointmentType.objects.filter(practice_id=cast.lund.practice_id)[0].uuid,
            "message": enquiry.messages.get().id,
        }
