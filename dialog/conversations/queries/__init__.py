"""Reading conversations: one door to each, the inbox, the thread, and what is offered."""

from dialog.conversations.queries.carrying import text_to_carry
from dialog.conversations.queries.doors import (
    attachment_for,
    conversation_for,
    kept_files,
    seen_by,
    seen_sql,
    visible,
)
from dialog.conversations.queries.elsewhere import Elsewhere, open_elsewhere
from dialog.conversations.queries.follow_ups import (
    FollowUpRow,
    FollowUpView,
    follow_up_count,
    follow_up_for,
    follow_ups,
)
from dialog.conversations.queries.hands import Hands, hands_for
from dialog.conversations.queries.hanging import NoteView, patient_waits_since
from dialog.conversations.queries.inbox import (
    COUNTED,
    InboxRow,
    Lane,
    Order,
    Whose,
    inbox,
    lane_counts,
    next_in_lane,
    of_patient,
)
from dialog.conversations.queries.matters import Matter, hidden_from, kinds_of, my_matters
from dialog.conversations.queries.mine import mine_count
from dialog.conversations.queries.prices import highest_price
from dialog.conversations.queries.reminders import MOST_DAYS, USUAL_DAYS, remind_at
from dialog.conversations.queries.rights import (
    CorrectionView,
    ErasedView,
    RequestView,
    changed_since,
    going_soon,
    not_erased,
    obstacles,
    waiting_request,
)
from dialog.conversations.queries.services import (
    PauseView,
    ServiceState,
    must_be_within_reach,
    must_offer,
    must_take_files,
    planned_pauses,
    service_state,
    services_for,
    services_of,
    usually_answered,
)
from dialog.conversations.queries.tasks import TaskRow, TaskView, task_waits, tasks
from dialog.conversations.queries.thread import (
    FileView,
    MessageView,
    Thread,
    recallable,
    thread,
    thread_of,
)
from dialog.conversations.queries.whole import (
    WholeFile,
    WholeMessage,
    opening_message,
    whole_message,
)

__all__ = [
    "COUNTED",
    "MOST_DAYS",
    "USUAL_DAYS",
    "CorrectionView",
    "Elsewhere",
    "ErasedView",
    "FileView",
    "FollowUpRow",
    "FollowUpView",
    "Hands",
    "InboxRow",
    "Lane",
    "Matter",
    "MessageView",
    "NoteView",
    "Order",
    "PauseView",
    "RequestView",
    "ServiceState",
    "TaskRow",
    "TaskView",
    "Thread",
    "WholeFile",
    "WholeMessage",
    "Whose",
    "attachment_for",
    "changed_since",
    "conversation_for",
    "follow_up_count",
    "follow_up_for",
    "follow_ups",
    "going_soon",
    "hands_for",
    "hidden_from",
    "highest_price",
    "inbox",
    "kept_files",
    "kinds_of",
    "lane_counts",
    "mine_count",
    "must_be_within_reach",
    "must_offer",
    "must_take_files",
    "my_matters",
    "next_in_lane",
    "not_erased",
    "obstacles",
    "of_patient",
    "open_elsewhere",
    "opening_message",
    "patient_waits_since",
    "planned_pauses",
    "recallable",
    "remind_at",
    "seen_by",
    "seen_sql",
    "service_state",
    "services_for",
    "services_of",
    "task_waits",
    "tasks",
    "text_to_carry",
    "thread",
    "thread_of",
    "usually_answered",
    "visible",
    "waiting_request",
    "whole_message",
]
