"""Finding a patient, and the patient's page: open matters and history; each look is logged."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.conversations import queries
from dialog.conversations.policy import Kind, Status, may_answer
from dialog.people import actions as people_actions
from dialog.people import queries as people
from dialog.ui import dates, fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show
from dialog.ui.parts import Fact, Link
from dialog.workspace.items import of_patient
from dialog.workspace.lanes import lanes
from dialog.workspace.patient import strip
from dialog.workspace.reach import reach_of

MOST = 20


class SearchForm(Form):
    """Words to find somebody by; sent as a post, because names do not belong in an address."""

    words = fields.Line(
        label=gettext_lazy("Navn, fødselsdato eller fødselsnummer"),
        help_text=gettext_lazy("For eksempel Kari Nord, 14031985 eller elleve sifre."),
    )


def search(request: HttpRequest) -> HttpResponse:
    """Find one of the practice's patients."""
    by = acting(request)
    form = SearchForm(request.POST or None)
    form.fields["words"].widget.attrs["data-key"] = "s"
    found = None
    if form.is_bound and form.is_valid():
        found = people.patients_found(by, form.cleaned_data["words"], most=MOST + 1)
    return show(
        request,
        "workspace/patients.html",
        form,
        asked=found is not None,
        too_many=len(found or ()) > MOST,
        found=[
            Link(
                href=reverse("workspace:patient", args=[one.uuid]),
                title=one.name,
                text=dates.numeric(one.born),
            )
            for one in (found or ())[:MOST]
        ],
        lanes=lanes(by),
    )


def patient(request: HttpRequest, patient_uuid: UUID) -> HttpResponse:
    """One patient: who, how to reach them, and every matter the reader may see."""
    by = acting(request)
    person = people_actions.look_up_patient(by=by, patient_uuid=patient_uuid)
    matters = queries.of_patient(by, person.id)
    closed = Status.CLOSED
    return show(
        request,
        "workspace/patient.html",
        strip=strip(person, reach_of(person)),
        facts=_facts(person),
        give_time=reverse("workspace:give_time", args=[patient_uuid]),
        write_first=reverse("workspace:write_first", args=[patient_uuid]),
        open_ones=[of_patient(one) for one in matters if one.status is not closed],
        history=[of_patient(one) for one in matters if one.status is closed],
        ceiling_card=reverse("workspace:ceiling_card", args=[patient_uuid]),
        guardians=reverse("workspace:guardians", args=[patient_uuid]),
        prescriptions=reverse("workspace:prescriptions", args=[patient_uuid]),
        confidential=reverse("workspace:econsultation_first", args=[patient_uuid])
        if may_answer(Kind.ECONSULTATION, by)
        else "",
        lanes=lanes(by),
        back_to=reverse("workspace:patients"),
    )


def _facts(person: people.Person) -> list[Fact]:
    owner = people.list_of(person.id)
    card = person.ceiling_card_until
    facts = [
        Fact(name=_("Liste"), value=owner.name if owner else _("Ikke lenger på liste her")),
        Fact(name=_("Telefon"), value=dates.phone(person.phone) or _("Ikke registrert")),
        Fact(name=_("E-post"), value=person.email or _("Ikke registrert")),
    ]
    if card is not None and card >= people.today():
        facts.append(Fact(name=_("Frikort til"), value=dates.day_of_month(card)))
    return facts
