"""What goes out of the register: to Datatilsynet, to an auditor, and in an envelope."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from io import StringIO

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.breaches import texts
from dialog.breaches.policy import Said
from dialog.breaches.queries import AffectedView, BreachView, form_fields
from dialog.conversations import paper
from dialog.people import queries as people
from dialog.table_file import as_words
from dialog.ui import dates

Facts = list[tuple[str, str]]


def notification(found: BreachView, office: people.Office) -> Facts:
    """What article 33 (3) asks for, under the names of the form; always in bokmål, as the form."""
    said = _answers(found, office)
    return [(one.label, said[one.field]) for one in form_fields() if said[one.field]]


def _answers(found: BreachView, office: people.Office) -> Mapping[str, str]:
    now = found.now
    late = [one.reason for one in found.additions if one.said is Said.NOTIFIED and one.reason]
    return {
        "office": _named(office),
        "contact": now.contact if now else "",
        "kind": str(texts.KIND[found.kind]),
        "what": "\n\n".join([found.what, *_added(found, Said.NOTE)]),
        "happened_at": _moment(found.happened_at),
        "aware_at": _moment(found.aware_at),
        "deadline": _moment(found.deadline),
        "why_late": "\n".join(late),
        "people_about": str(_many(found) or _("Ikke kjent")),
        "people_kind": _("Pasienter"),
        "information": now.information if now else "",
        "consequences": now.consequences if now else "",
        "measures": _measures(found),
        "risk": str(texts.RISK[found.risk]) if found.risk else "",
        "told": _told(found),
    }


def _named(office: people.Office) -> str:
    known = (office.name, office.address, dates.phone(office.phone))
    return ", ".join(one for one in known if one)


def _added(found: BreachView, said: Said) -> list[str]:
    return [one.text for one in found.additions if one.said is said]


def _told(found: BreachView) -> str:
    if not found.affected:
        return _("Ingen er ført opp ennå.")
    everybody = len(found.affected)
    return _("%(told)d av %(all)d") % {"told": everybody - len(found.untold), "all": everybody}


def _measures(found: BreachView) -> str:
    assessed = found.now.measures if found.now else ""
    return "\n\n".join(one for one in (assessed, *_added(found, Said.MEASURE)) if one)


def _many(found: BreachView) -> int:
    about = found.now.people_about if found.now else None
    return max(about or 0, len(found.affected))


def _moment(when: datetime | None) -> str:
    return paper.moment_of(when) if when else ""


def notification_paper(found: BreachView, office: people.Office) -> bytes:
    """The same on paper, to keep beside what was filled in."""
    title = _("Melding til Datatilsynet om brudd på personopplysningssikkerheten")
    document = _document(office, title)
    document.add_facts(notification(found, office))
    document.add_lines("note", _("Feltene er ikke kontrollert mot skjemaet i Altinn."))
    return paper.printed(document)


def notification_text(found: BreachView, office: people.Office) -> str:
    """The same as text, to copy from field by field."""
    parts = [f"{label}\n{words}" for label, words in notification(found, office)]
    return "\n\n".join(parts) + "\n"


def register_paper(found: Iterable[BreachView], office: people.Office) -> bytes:
    """The whole register, for an authority that asks to see it (article 33 (5))."""
    document = _document(office, _("Oversikt over avvik"))
    document.add_facts([(_("Legekontor"), office.name), (_("Dato"), _moment(timezone.now()))])
    for one in found:
        document.add("heading", f"{_moment(one.aware_at)}: {texts.KIND[one.kind]}")
        document.add_facts(_entry(one))
    return paper.printed(document)


def _document(office: people.Office, title: str) -> paper.Document:
    document = paper.Document(_sender(office), title, people.today())
    document.add("title", title)
    return document


def _entry(found: BreachView) -> Iterator[tuple[str, str]]:
    yield _("Status"), str(texts.STATUS[found.status])
    yield _("Hva skjedde"), found.what
    yield _("Skrevet ned av"), f"{found.registered_by}, {_moment(found.registered_at)}"
    for one in found.assessments:
        yield (
            _("Vurdering"),
            f"{texts.RISK[one.risk]}. {one.reason}\n{one.made_by}, {_moment(one.made_at)}",
        )
        for label, words in (
            (_("Opplysninger"), one.information),
            (_("Konsekvenser"), one.consequences),
            (_("Tiltak"), one.measures),
        ):
            if words:
                yield label, words
    for added in found.additions:
        words = "\n".join(one for one in (added.text, added.reason) if one)
        yield str(texts.SAID[added.said]), f"{words}\n{added.made_by}, {_moment(added.at)}".strip()
    yield _("Berørte"), "\n".join(_whom(one) for one in found.affected) or _("Ingen ført opp")


def _whom(one: AffectedView) -> str:
    name = f"{one.patient.name}, {dates.numeric(one.patient.born)}"
    if one.told_how is None:
        return _("%(who)s: ikke fortalt") % {"who": name}
    how = str(texts.TOLD[one.told_how])
    return f"{name}: {how}, {_moment(one.told_at)}"


def register_table(found: Iterable[BreachView]) -> str:
    """The register as a table, one line for each entry; no names of patients in it."""
    kept = StringIO()
    lines = csv.writer(kept, delimiter=";", lineterminator="\r\n")
    lines.writerow(
        [
            _("Nummer"),
            _("Type"),
            _("Status"),
            _("Risiko"),
            _("Skjedde"),
            _("Oppdaget"),
            _("Frist"),
            _("Meldt til Datatilsynet"),
            _("Avsluttet"),
            _("Berørte"),
            _("Fortalt"),
            _("Hva skjedde"),
            _("Konsekvenser"),
            _("Tiltak"),
        ]
    )
    for one in found:
        lines.writerow([as_words(words) for words in _cells(one)])
    return kept.getvalue()


def _cells(one: BreachView) -> list[str]:
    now = one.now
    return [
        str(one.id),
        str(texts.KIND[one.kind]),
        str(texts.STATUS[one.status]),
        str(texts.RISK[one.risk]) if one.risk else "",
        _moment(one.happened_at),
        _moment(one.aware_at),
        _moment(one.deadline),
        _moment(one.notified_at),
        _moment(one.closed_at),
        str(_many(one)),
        str(len(one.affected) - len(one.untold)),
        one.what,
        now.consequences if now else "",
        _measures(one),
    ]


def letter_paper(text: str, patient: people.Person, office: people.Office, signed_by: str) -> bytes:
    """A letter to somebody affected who does not read in the portal, for an envelope."""
    return paper.letter(
        paper.Letter(
            sender=_sender(office),
            recipient=patient.name,
            address="",
            day=people.today(),
            subject=_("Om opplysninger om deg"),
            text=text,
            signed_by=signed_by,
        )
    )


def _sender(office: people.Office) -> paper.Sender:
    return paper.Sender(name=office.name, address=office.address, phone=office.phone)
