"""Corrections as the page draws them: each right after the words it is about, which stay."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from dialog.conversations.queries import CorrectionView, Thread
from dialog.people import texts
from dialog.ui.parts import Bubble


def with_corrections(thread: Thread, bubbles: Sequence[Bubble]) -> list[Bubble]:
    """The same bubbles, and after each what corrects it; at the end what is about all of it. What
    corrects words that this reader does not see is not seen either.
    """
    by_message: dict[UUID | None, list[CorrectionView]] = {}
    for one in thread.corrections:
        by_message.setdefault(one.message_id, []).append(one)
    shown: list[Bubble] = []
    for bubble in bubbles:
        shown.append(bubble)
        if not bubble.internal:
            shown += _bubbles(by_message.pop(UUID(bubble.id), ()), bubble.mine)
    return shown + _bubbles(by_message.get(None, ()), False)


def _bubbles(corrections: Iterable[CorrectionView], mine: bool) -> list[Bubble]:
    return [
        Bubble(
            id=f"rettelse-{one.id}",
            author=one.author_name,
            role=str(texts.ROLE[one.author_role]),
            text=one.text,
            at=one.made_at,
            mine=mine,
            correction=True,
        )
        for one in corrections
    ]
