"""Whose rows a transaction may see: what the database's own row security goes by.

Unset means no rows at all. The values live for one transaction (``set_config`` with ``is_local``):
a wrong
query can then not reach beyond them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial as bound
from functools import wraps
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

from dialog.actor import Actor, Side

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class View(NamedTuple):
    """Whose rows are seen. ``scope`` names the few look-ups that come before anybody is known.

    ``door`` finds a person at sign-in or registration, ``relay`` reads debts (that role only),
    ``setup``
    makes practices (the owner only), ``receipt`` finds the SMS a gateway's receipt is about, and
    ``support`` is somebody who helps an office and sees nothing of its patients.
    """

    account: int | None = None
    patient: int | None = None
    practice: int | None = None
    scope: str = ""


class Turn(NamedTuple):
    """What one transaction at a time does: which kind of thing, and for whom."""

    kind: int
    whose: int


NOBODY = View()
MET_HEAD_ON = ("40P01", "40001")
_now: ContextVar[View] = ContextVar("rows", default=NOBODY)
_whole: ContextVar[bool] = ContextVar("whole", default=False)
_left: ContextVar[list[tuple[Callable[[Any], None], Any]] | None] = ContextVar("left", default=None)


SEE = """
SELECT set_config('dialog.account', %s, true), set_config('dialog.patient', %s, true),
    set_config('dialog.practice', %s, true), set_config('dialog.scope', %s, true)
"""
# What is done in turns is done often: its plans are made once, as those of pages are (ADR 7).
IN_TURN = f"""
{SEE}, set_config('plan_cache_mode', 'force_generic_plan', true), pg_advisory_xact_lock(%s, %s)
"""


def see(view: View, turn: Turn | None = None) -> None:
    """Let the rest of this transaction see these rows, and no others; ``turn`` is waited for."""
    _do_what_is_left()
    values = [str(value or "") for value in view]
    with connection.cursor() as cursor:
        if turn is None:
            cursor.execute(SEE, values)
        else:
            cursor.execute(IN_TURN, [*values, *turn])
    _now.set(view)


def view_of(actor: Actor) -> View:
    """What this actor may see at most."""
    if actor.side is Side.SUPPORT:
        return View(account=actor.account_id, scope="support")
    return View(account=actor.account_id, patient=actor.patient_id, practice=actor.practice_id)


@contextmanager
def seeing(
    *,
    account: int | None = None,
    patient: int | None = None,
    practice: int | None = None,
    scope: str = "",
    turn: Turn | None = None,
) -> Iterator[None]:
    """One transaction, or a part of one, that sees these rows, and then what was seen before; with
    a ``turn``, nobody else has that turn before the whole transaction ends.
    """
    view = View(account, patient, practice, scope)
    if connection.in_atomic_block:
        with _savepoint(), _seeing(view, turn):
            yield
        return
    with transaction.atomic():
        # A new transaction sees nothing by itself, and what it sets ends with it.
        if view != NOBODY:
            see(view, turn)
        try:
            yield
        finally:
            _now.set(NOBODY)


@contextmanager
def part(view: View) -> Iterator[None]:
    """A part of this transaction that can be given up alone, and sees these rows; the actions in it
    need no savepoints of their own.
    """
    with whole(anew=True), _seeing(view):
        yield


@contextmanager
def at_the_door() -> Iterator[None]:
    """See people by their identity number for a moment, beside what is seen already."""
    with _seeing(_now.get()._replace(scope="door")):
        yield


@contextmanager
def _seeing(view: View, turn: Turn | None = None) -> Iterator[None]:
    before = _now.get()
    if turn is not None or view != before:
        see(view, turn)
    try:
        yield
    except BaseException:
        # The savepoint, or the transaction, is given up, and with it what was set in it.
        _now.set(before)
        raise
    if connection.needs_rollback:
        _now.set(before)  # given up without having been raised
    elif _now.get() != before:
        see(before)


@contextmanager
def whole(*, anew: bool = False) -> Iterator[None]:
    """All of this or nothing. What is a part of something whole needs no savepoint of its own;
    ``anew`` gives it one, so that it can be tried again.
    """
    by_itself = anew or not (_whole.get() and connection.in_atomic_block)
    token = _whole.set(True)
    try:
        with _savepoint() if by_itself else transaction.atomic(savepoint=False):
            yield
    finally:
        _whole.reset(token)


def leave_for_last(do: Callable[[list[T]], None], one: T) -> None:
    """Have this done together with more of its kind, before the whole it is a part of ends, or
    sees other rows; at once where it is no part of anything. It is undone with what it belongs to.
    """
    left = _left.get()
    if left is None:
        do([one])
    else:
        left.append((do, one))


@contextmanager
def _savepoint() -> Iterator[None]:
    """A transaction or a part of one; what is left for last in it is given up with it."""
    _do_what_is_left()
    token = _left.set([])
    try:
        with transaction.atomic():
            yield
            _do_what_is_left()
    finally:
        _left.reset(token)


def _do_what_is_left() -> None:
    left = _left.get()
    if not left or connection.needs_rollback:
        return
    now = left.copy()
    left.clear()
    for do, several in groupby(now, key=itemgetter(0)):
        do([one for _do, one in several])


def once_more_on_deadlock(act: Callable[P, R]) -> Callable[P, R]:
    """Run an action, and once again if two of them met head-on; what it changed before it refused
    is undone (``undoes_itself``).

    A deadlock is not an answer: the second try meets the constraint, or succeeds.
    """

    @wraps(act)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with whole(anew=True):
                return act(*args, **kwargs)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) not in MET_HEAD_ON:
                raise
        with whole(anew=True):
            return act(*args, **kwargs)

    wrapper.undoes_itself = True  # type: ignore[attr-defined]  # what ``undoes_itself`` looks for
    return wrapper


def undoes_itself(act: Callable[..., object]) -> bool:
    """Whether an action leaves nothing behind when it refuses, with no savepoint around it."""
    named = act.func if isinstance(act, bound) else act
    return getattr(named, "undoes_itself", False)


def action(act: Callable[P, R]) -> Callable[P, R]:
    """One thing a person can do: all of it or nothing, seeing the rows of the one who does it.

    The platform itself sees what whoever started it has set.
    """

    @wraps(act)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        by = kwargs.get("by")
        with whole():
            if not isinstance(by, Actor) or by.side is Side.PLATFORM or _now.get() == view_of(by):
                return act(*args, **kwargs)
            with _seeing(view_of(by)):
                return act(*args, **kwargs)

    return wrapper


__all__ = [
    "NOBODY",
    "Turn",
    "View",
    "action",
    "at_the_door",
    "leave_for_last",
    "once_more_on_deadlock",
    "part",
    "see",
    "seeing",
    "undoes_itself",
    "view_of",
    "whole",
]
