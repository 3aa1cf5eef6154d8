"""Who switched, worded or paused a service, and when; for everybody at the office (R198)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.conversations import texts
from dialog.conversations.policy import Feature
from dialog.ledger import queries as ledger
from dialog.ledger.queries import LogLine
from dialog.people import queries as people

SWITCHED, PLANNED = "ServiceSwitched", "ServicePlanned"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One change."""

    at: datetime
    who: str
    what: str


def service_history(by: Actor, list_id: int) -> list[HistoryLine]:
    """The last changes to a list's services, newest first."""
    lines = ledger.office_log(by, kinds=(SWITCHED, PLANNED), list_id=list_id)
    names = people.names_of(one.account_id for one in lines if one.account_id)
    return [
        HistoryLine(
            at=one.at, who=names.get(one.account_id or 0, _("Digital dialog")), what=_words(one)
        )
        for one in lines
    ]


def _words(line: LogLine) -> str:
    service = {"service": texts.FEATURE[Feature(str(line.details["feature"]))]}
    if line.kind == SWITCHED:
        on = line.details["on"]
        return (_("slo på «%(service)s»") if on else _("slo av «%(service)s»")) % service
    if line.details["planned"]:
        return _("endret tekst eller pause for «%(service)s»") % service
    return _("avlyste en pause for «%(service)s»") % service
