"""What we publish of an office: a service that is on is a process in its profile (R248).

The profile of each doctor lies as a file in ``PROFILES_DIR``, and changes when a service is
switched; whoever keeps the national registry up to date reads it there.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from dialog.conversations import queries as services
from dialog.conversations.policy import Feature
from dialog.interop.models import Address
from dialog.interop.names import Process
from dialog.interop.ports import registry
from dialog.interop.published import profile_xml
from dialog.interop.queries import address_of
from dialog.ledger.subscribers import Fact
from dialog.people import queries as people
from dialog.rows import seeing

log = logging.getLogger(__name__)

ALWAYS = frozenset({Process.TEST})
# Each needs all of its features to be on.
NEEDS: Mapping[Process, frozenset[Feature]] = {
    Process.WISH: frozenset({Feature.APPOINTMENT}),
    Process.BOOKING: frozenset({Feature.APPOINTMENT, Feature.DIRECT_BOOKING}),
    Process.APPOINTMENTS: frozenset({Feature.APPOINTMENT}),
    Process.CANCELLING: frozenset({Feature.APPOINTMENT}),
    Process.RENEWAL: frozenset({Feature.RENEWAL}),
    Process.ECONSULTATION: frozenset({Feature.ECONSULTATION}),
    Process.ENQUIRY: frozenset({Feature.ENQUIRY}),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Which processes a HER-id takes part in."""

    her_id: int
    processes: frozenset[Process]


class Publish:
    """Publishes an office's profile anew when a doctor has switched a service."""

    def read(self, fact: Fact) -> Offer | None:
        """What is on now, whatever was on when it was switched."""
        if fact.practice_id is None or not settings.PROFILES_DIR:
            return None
        owner = people.list_by_id(int(fact.details["list_id"] or 0))
        return _offer(fact.practice_id, owner.list_id, owner.practitioner_id)

    def send(self, word: object) -> object:
        """Write it where the registry's keeper looks."""
        assert isinstance(word, Offer)  # noqa: S101 - what read returned
        publish(word)
        return None

    def settle(self, fact: Fact, word: object, result: object) -> None:
        """Nothing is written down: the file says it."""


def processes_on(list_id: int) -> frozenset[Process]:
    """The processes a list takes part in now."""
    on = {feature for feature, state in services.services_of(list_id).items() if state.on}
    return ALWAYS | {process for process, needed in NEEDS.items() if needed <= on}


def _offer(practice_id: int, list_id: int, practitioner_id: int | None) -> Offer | None:
    number = address_of(practice_id, practitioner_id) if practitioner_id else None
    return None if number is None else Offer(number, processes_on(list_id))


def publish(offer: Offer) -> bool:
    """Write a profile where it has changed; whether it had.

    Whom the registry does not know, or knows no certificates of, has no profile to publish.
    """
    party, profile = registry().party(offer.her_id), registry().profile(offer.her_id)
    if party is None or profile is None or not (profile.encryption and profile.signing):
        log.warning("no profile of %s: the registry has no party or certificates", offer.her_id)
        return False
    said = profile_xml(
        party, offer.processes, encryption=profile.encryption, signing=profile.signing
    )
    return _written(Path(settings.PROFILES_DIR) / f"{offer.her_id}.xml", said)


def _written(path: Path, said: bytes) -> bool:
    if path.exists() and path.read_bytes() == said:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_bytes(said)
    beside.replace(path)
    log.info("profile of %s changed", path.stem)
    return True


def publish_what_changed() -> None:
    """A pause begins and ends by the clock, and nobody switches anything: a chore of the relay."""
    if not settings.PROFILES_DIR:
        return
    with seeing(scope="relay"):
        practices = sorted(
            set(Address.objects.exclude(practitioner=None).values_list("practice_id", flat=True))
        )
    for practice_id in practices:
        with seeing(practice=practice_id):
            offers = [
                _offer(practice_id, one.list_id, one.practitioner_id)
                for one in people.lists_at(practice_id)
            ]
        for offer in offers:
            if offer is not None:
                publish(offer)
