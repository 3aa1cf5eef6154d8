"""A patient's prescriptions at the office: enter, bring in from a file, take off the list."""

import base64
import binascii
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialog.errors import InvalidInput
from dialog.people import actions as people_actions
from dialog.people import queries as people
from dialog.people.queries import Person
from dialog.renewals import actions, queries, texts
from dialog.renewals.prescription_file import PrescriptionFile, read
from dialog.renewals.queries import Kept
from dialog.ui import dates, fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.workspace.lanes import lanes
from dialog.workspace.patient import strip
from dialog.workspace.renewal_forms import PrescriptionForm
from dialog.workspace.said import said, say

LARGEST = 200 * 1024


class FileForm(Form):
    """A file from the record system."""

    file = fields.TableFile(
        label=gettext_lazy("CSV-fil"),
        help_text=gettext_lazy(
            "Kolonner: navn og reseptgruppe, og gjerne styrke, form, dosering, "
            "utleveringer igjen, gyldig til og ATC."
        ),
        largest=LARGEST,
    )


def prescriptions(request: HttpRequest, patient_uuid: UUID) -> HttpResponse:
    """The list, and a form to add to it."""
    return _page(request, patient_uuid)


def enter(request: HttpRequest, patient_uuid: UUID) -> HttpResponse:
    """Write down one prescription."""
    if request.method != "POST":
        return redirect("workspace:prescriptions", patient_uuid)
    form = PrescriptionForm(request.POST)
    act = partial(actions.enter_prescription, by=acting(request), patient_uuid=patient_uuid)
    submit(form, act)
    if not form.done:
        return _page(request, patient_uuid, form=form)
    say(request, _("Resepten er skrevet inn."))
    return redirect("workspace:prescriptions", patient_uuid)


def stop(request: HttpRequest, patient_uuid: UUID, ref: UUID) -> HttpResponse:
    """Take a prescription off the list, after being asked once."""
    by = acting(request)
    back = reverse("workspace:prescriptions", args=[patient_uuid])
    if request.method == "POST":
        actions.stop_prescription(by=by, prescription=ref)
        say(request, _("Resepten er tatt av listen."))
        return redirect(back)
    kept = next((one for one in _kept(request, patient_uuid) if one.medicine.ref == ref), None)
    if kept is None:
        return redirect(back)
    _patient(request, patient_uuid)
    return show(
        request,
        "ui/confirm.html",
        heading=_("Vil du ta %(name)s av listen?") % {"name": kept.medicine.title},
        sentences=[_("Pasienten kan ikke lenger be om å få den fornyet her.")],
        yes=_("Ja, ta den av"),
        no=_("Nei, gå tilbake"),
        no_href=back,
        layout="ui/workspace_page.html",
        dangerous=True,
    )


def bring_in(request: HttpRequest, patient_uuid: UUID) -> HttpResponse:
    """Read a file and show what is in it; nothing is kept before one says so."""
    if request.method != "POST":
        return redirect("workspace:prescriptions", patient_uuid)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, patient_uuid, form=form)
    data = form.cleaned_data["file"]
    found = read(data)
    return show(
        request,
        "workspace/prescription_file.html",
        found=found,
        summary=_summary(found),
        rows=[(one, texts.GROUP[one.group]) for one in found.rows],
        data=base64.b64encode(data).decode(),
        strip=strip(_patient(request, patient_uuid)),
        patient_uuid=patient_uuid,
        lanes=lanes(acting(request)),
        back_to=reverse("workspace:prescriptions", args=[patient_uuid]),
    )


def keep(request: HttpRequest, patient_uuid: UUID) -> HttpResponse:
    """Keep what the file said."""
    form = Form(request.POST)
    act = partial(
        actions.import_prescriptions,
        by=acting(request),
        patient_uuid=patient_uuid,
        data=_sent_back(request),
    )
    kept = submit(form, act)
    if kept is None:
        return _page(request, patient_uuid, form=form)
    said = ngettext("%(many)d resept er hentet inn.", "%(many)d resepter er hentet inn.", len(kept))
    say(request, said % {"many": len(kept)})
    return redirect("workspace:prescriptions", patient_uuid)


def _sent_back(request: HttpRequest) -> bytes:
    try:
        return base64.b64decode(request.POST.get("data", ""), validate=True)
    except binascii.Error:
        raise InvalidInput from None


def _summary(found: PrescriptionFile) -> str:
    return ngettext(
        "%(many)d resept kan hentes inn.", "%(many)d resepter kan hentes inn.", len(found.rows)
    ) % {"many": len(found.rows)}


def _kept(request: HttpRequest, patient_uuid: UUID) -> list[Kept]:
    return queries.prescriptions_of(acting(request), patient_uuid)


def _patient(request: HttpRequest, patient_uuid: UUID) -> Person:
    return people_actions.look_up_patient(by=acting(request), patient_uuid=patient_uuid)


def _page(request: HttpRequest, patient_uuid: UUID, *, form: Form | None = None) -> HttpResponse:
    person = _patient(request, patient_uuid)
    return show(
        request,
        "workspace/prescriptions.html",
        form,
        kept=[_shown(one) for one in _kept(request, patient_uuid)],
        entry=form if isinstance(form, PrescriptionForm) else PrescriptionForm(),
        upload=form if isinstance(form, FileForm) else FileForm(),
        strip=strip(person),
        said=said(request),
        patient_uuid=patient_uuid,
        lanes=lanes(acting(request)),
        back_to=reverse("workspace:patient", args=[patient_uuid]),
    )


def _shown(one: Kept) -> dict[str, Any]:
    medicine = one.medicine
    return {
        "ref": medicine.ref,
        "title": medicine.title,
        "name": medicine.name,
        "dosage": medicine.dosage,
        "group": texts.GROUP[medicine.group],
        "left": texts.what_is_left(
            repeats=medicine.repeats_left,
            valid_until=medicine.valid_until,
            renewed_on=one.renewed_on,
            today=people.today(),
        ),
        "control_by": dates.day_of_month(medicine.control_by) if medicine.control_by else "",
        "reserved": medicine.reserved,
        "source": texts.SOURCE[one.source],
        "entered": dates.day_of_month(one.entered_at),
    }
