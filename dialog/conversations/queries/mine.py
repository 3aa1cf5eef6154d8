"""How much of what waits for the practice is the reader's own."""

from dialog.actor import Actor, Role, Side
from dialog.conversations.queries.doors import seen_sql
from dialog.conversations.queries.inbox import COUNTED, Lane
from dialog.statements import ask

MINE = """
SELECT count(*) FROM (SELECT 1 FROM conversations_conversation AS c
    WHERE c.status = 'with-practice' AND (%s::text IS NULL OR c.kind = %s) AND ({seen})
        AND (c.owner_id = %s OR c.owner_id IS NULL AND (c.kind = 'log-question'
            OR c.owner_role = 'practitioner' AND c.patient_list_id = ANY (%s)))
    LIMIT %s) AS waiting
"""


def mine_count(by: Actor, lane: Lane) -> int:
    """How many items of a lane wait for this actor: handed to them, or a doctor's on their lists.

    Nobody counts further than ``COUNTED``.
    """
    if by.side is not Side.PRACTICE:
        return 0
    seen, values = seen_sql(by)
    kind = None if lane is Lane.ALL else str(lane)
    lists = sorted(by.list_ids) if by.role is Role.PRACTITIONER else []
    ((many,),) = ask(MINE.format(seen=seen), kind, kind, *values, by.account, lists, COUNTED)
    return int(many)
