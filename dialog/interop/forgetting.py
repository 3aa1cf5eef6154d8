"""The bytes of national messages go when what they said has long been done; that they came or went
stays.
"""

from datetime import datetime

from dialog import rows
from dialog.content import ERASED
from dialog.interop.policy import State
from dialog.retention import NATIONAL_MESSAGES, gone_before
from dialog.statements import ask, tell

AT_A_TIME = 500
OLDEST = """
SELECT w.transmission_id, t.created_at, t.state = ANY (%s)
        AND (t.state <> 'sent' OR t.due_at IS NULL)
FROM interop_wire AS w JOIN interop_transmission AS t ON t.id = w.transmission_id
WHERE octet_length(w.body) > 1 AND w.transmission_id > %s ORDER BY w.transmission_id LIMIT %s
"""
EMPTY = "UPDATE interop_wire SET body = %s WHERE transmission_id = ANY (%s)"
# What a person must look at, or may be handled once more, is kept whole.
DONE = (
    State.HANDLED, State.REFUSED, State.REPEATED, State.RECEIVED, State.SENT,
)  # fmt: skip


class Forgetting:
    """Goes from the oldest on, a part at a time, past what cannot go yet, and begins anew when it
    meets what is too young.
    """

    def __init__(self) -> None:
        self._passed = 0

    def __call__(self) -> None:
        """Forget the bytes of what is done and past its time."""
        before = gone_before(NATIONAL_MESSAGES)
        if before is not None:
            with rows.seeing(scope="relay"):
                self._passed = _forget(before, self._passed)


def _forget(before: datetime, passed: int) -> int:
    found = ask(OLDEST, list(DONE), passed, AT_A_TIME)
    due = [id for id, created, done in found if done and created < before]
    if due:
        tell(EMPTY, ERASED, due)
    more = len(found) == AT_A_TIME and found[-1][1] < before
    return int(found[-1][0]) if more else 0


forget_bytes = Forgetting()
