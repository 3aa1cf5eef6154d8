"""One of each thing there is behind the doors, Kari's or her office's."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from dialog import rows
from dialog.actor import Actor, Area
from dialog.appointments.models import AppointmentType
from dialog.breaches import actions as breaches
from dialog.breaches.policy import Said, Told
from dialog.conversations import actions as conversations
from dialog.conversations.models import ServicePause
from dialog.conversations.policy import Feature
from dialog.demo.cast import Cast
from dialog.demo.who import NAMES, number
from dialog.econsultations import actions as econsultations
from dialog.econsultations.policy import TemplateKind
from dialog.oversight import actions as oversight
from dialog.oversight.actions import Asked
from dialog.oversight.policy import Purpose
from dialog.people import actions as people
from dialog.people import queries
from dialog.people.models import Account, PatientList, Practitioner, Proxy
from dialog.people.policy import GuardianBasis, LookReason, ProxyKind
from tests.authorisation.actors import GUARDIANS
from tests.authorisation.own import Things, own_things
from tests.breaches.scene import assess, registered, view
from tests.oversight.looked import raised
from tests.people.on_lists import list_of, uuid_of

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


def _guardian(cast: Cast) -> Proxy:
    """Dr Lund has decided that Siri acts for Kari in some things."""
    return people.appoint_guardian(
        by=cast.lund,
        patient_uuid=uuid_of(cast.kari),
        identity_number=number("siri"),
        family_name="Dahl",
        basis=GuardianBasis.NEXT_OF_KIN,
        explanation="Vurdert i dag.",
        areas=GUARDIANS,
        last=queries.today() + timedelta(days=90),
    )


def everything(cast: Cast) -> Things:
    """One of each thing, Kari's or her office's, by what the matrix calls it."""
    own = own_things(cast, cast.kari)
    enquiry = UUID(str(own["enquiry"]))
    tomorrow = timezone.now() + timedelta(days=1)
    follow_up = conversations.make_follow_up(
        by=cast.lund, conversation_id=enquiry, what="Ring", due_at=tomorrow
    )
    conversations.add_note(by=cast.lund, conversation_id=enquiry, text="Ring tilbake")
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
    breach = registered(cast, source=enquiry)
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
    things = own | {
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
        }
