"""The GP register over HTTP, in the words of its public contract (``GetPatientGPDetails``).

NOT VERIFIED: that contract is SOAP, with another way of letting in; what is asked and answered here
is JSON with the same words.
"""

from datetime import datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.utils import timezone

from dialog.adapters.asking import ask
from dialog.adapters.national_registers import Words
from dialog.errors import PortError
from dialog.people.gp_register import Listed

OSLO = ZoneInfo("Europe/Oslo")
LONGEST, LONGEST_NAME = 20, 100


class HttpGpRegister:
    """Asks the register at the address in the settings."""

    def list_of(self, number: str) -> Listed | None:
        """Somebody's list today, by identity number."""
        said = _ask(number)
        if said is None:
            return None
        try:
            if said["patientNIN"] != number:
                raise PortError
            return _listed(said) if _holds(said["valid"]) else None
        except (KeyError, TypeError, ValueError):
            # What came cannot be read. It is personal, so nothing of it goes along.
            raise PortError from None


def _ask(number: str) -> Words | None:
    answer = ask("GP", {"patientNin": number})
    if answer.status == HTTPStatus.NOT_FOUND:
        return None
    if not answer.fine:
        raise PortError
    return answer.words()


def _listed(said: Words) -> Listed:
    contract, patient = said["gpContract"], said["patient"]
    return Listed(
        contract=str(int(contract["id"]))[:LONGEST],
        organisation_number=str(int(contract["gpOffice"]["organizationNumber"])),
        given=str(patient["firstName"])[:LONGEST_NAME],
        family=str(patient["lastName"])[:LONGEST_NAME],
    )


def _holds(valid: Words) -> bool:
    """Whether a period with an end, or without one, holds now."""
    now = timezone.now()
    until = valid.get("to")
    return _moment(valid["from"]) <= now and (until is None or now < _moment(until))


def _moment(said: str) -> datetime:
    read = datetime.fromisoformat(said)
    return read if read.tzinfo else read.replace(tzinfo=OSLO)
