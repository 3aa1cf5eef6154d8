"""Threads with their words and files, and which services a list offers."""

from dialog.conversations.models.rights import Correction, Erasure, RightsRequest
from dialog.conversations.models.services import ServicePause, ServiceSwitch
from dialog.conversations.models.tasks import Task
from dialog.conversations.models.threads import (
    Attachment,
    BlobPart,
    Conversation,
    FollowUp,
    Message,
    Note,
    ReadMark,
)

__all__ = [
    "Attachment",
    "BlobPart",
    "Conversation",
    "Correction",
    "Erasure",
    "FollowUp",
    "Message",
    "Note",
    "ReadMark",
    "RightsRequest",
    "ServicePause",
    "ServiceSwitch",
    "Task",
]
