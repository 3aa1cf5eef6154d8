"""What is done without anybody asking: follow up the log, and forget what is past its time."""

import time
from collections import defaultdict
from uuid import UUID

from dialog import rows
from dialog.actor import PLATFORM
from dialog.content import is_destroyed
from dialog.ledger.following import Followed, sealed_since
from dialog.ledger.rounds import Round, each
from dialog.oversight import actions
from dialog.oversight.models import UnusualLook, WorkDay
from dialog.oversight.models.unusual import AT_WORK
from dialog.oversight.policy import LOOKS
from dialog.people import queries as people
from dialog.retention import UNUSUAL_LOOKS, WORK_DAYS, gone_before
from dialog.statements import ask_one, tell

ENTRIES = 5000  # in one transaction
LONGEST = 2.0  # seconds of each minute, so that what is owed is not held up
# As many relays as one likes may run; one at a time follows.
PLACE = "SELECT id, seal FROM oversight_followed FOR UPDATE SKIP LOCKED"
MOVE = "UPDATE oversight_followed SET seal = %s WHERE id = %s"
OLD = Round()


def follow_up_the_log() -> None:
    """Go through what has been sealed since last, in order and each entry once (R217, R232)."""
    until = time.monotonic() + LONGEST
    while follow_on() and time.monotonic() < until:
        pass


def follow_on() -> bool:
    """The next part of the log, all of it or nothing; whether there was any."""
    with rows.seeing(scope="relay"):
        place = ask_one(PLACE)
        if place is None:
            return False
        id, seal = place
        last, looks = sealed_since(seal, kinds=LOOKS, roles=AT_WORK, most=ENTRIES)
        if last == seal:
            return False
        offices: dict[int, list[Followed]] = defaultdict(list)
        for one in looks:
            offices[one.practice_id].append(one)
        for practice_id, theirs in sorted(offices.items()):
            with rows.seeing(practice=practice_id):
                actions.notice(by=PLATFORM, practice_id=practice_id, looks=theirs)
        tell(MOVE, last, id)
    return True


def forget_what_was_unusual() -> None:
    """Forget what was judged long ago, and whom somebody opened on days nothing is measured by."""
    before = gone_before(WORK_DAYS)
    if before is not None:
        with rows.seeing(scope="relay"):
            WorkDay.objects.filter(day__lt=before.date()).delete()
    before = gone_before(UNUSUAL_LOOKS)
    if before is None:
        return
    with rows.seeing(scope="relay"):
        judged = UnusualLook.objects.filter(judged_at__lt=before)
        found = OLD.part(judged, "id", "practice_id")
    each(found, _forget)


def forget_erased_offices() -> None:
    """Forget what is left of an office whose keys were destroyed when it was erased."""
    for practice_id in people.closed_offices():
        with rows.seeing(practice=practice_id):
            left = UnusualLook.objects.filter(practice_id=practice_id).exists()
            if left and is_destroyed(practice_id):
                actions.forget_of_erased_office(by=PLATFORM, practice_id=practice_id)


def _forget(unusual_look_id: UUID, practice_id: int) -> None:
    with rows.seeing(practice=practice_id):
        actions.forget_unusual_look(by=PLATFORM, unusual_look_id=unusual_look_id)
