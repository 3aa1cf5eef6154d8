"""Which messages a worker of a queue handles together."""

import threading
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest

from dialog.adapters.amqp.listening import Pool
from dialog.interop.ports import SEVERAL, Delivery, Settled, Unreadable
from tests.interop.envelopes import envelope

A, R = Settled.ACCEPTED, Settled.RELEASED


def unreadable() -> Unreadable:
    return Unreadable(
        message_id="", function="", sender=0, receiver=0, body=b"", queue="q", missing=("subject",)
    )


class Told:
    """A listener that notes what it is told to settle."""

    def __init__(self) -> None:
        self.settled: list[tuple[int, Settled]] = []

    def conclude_soon(self, number: int, settled: Settled, name: str) -> None:
        self.settled.append((number, settled))


class Scene:
    def __init__(self, fails: bool = False) -> None:
        self.alone: list[UUID] = []
        self.together: list[list[UUID]] = []
        self.fails = fails
        self.pool = Pool("q", 1, self.handle, lambda _one: A, self.several)
        self.told = Told()
        self.pool.listener = self.told  # type: ignore[assignment]  # as much of one as is used

    def handle(self, one: Delivery) -> Settled:
        self.alone.append(one.envelope.message_id)
        return A

    def several(self, some: Sequence[Delivery]) -> Sequence[Settled]:
        if self.fails:
            raise RuntimeError
        self.together.append([one.envelope.message_id for one in some])
        return [A] * len(some)

    def run(self, tasks: Sequence[Delivery | Unreadable]) -> None:
        """All of them have come before the worker looks."""
        for number, one in enumerate(tasks):
            self.pool.give((number, one))
        self.pool.finish()
        self.pool.start()
        assert self.pool.wait(10)


def messages(many: int) -> list[Delivery]:
    return [
        Delivery(envelope=envelope(message_id=uuid4()), body=b"", queue="q") for _one in range(many)
    ]


def ids(some: Sequence[Delivery]) -> list[UUID]:
    return [one.envelope.message_id for one in some]


def test_what_has_come_goes_together_in_order() -> None:
    scene, some = Scene(), messages(SEVERAL + 3)

    scene.run(some)

    assert scene.together == [ids(some[:SEVERAL]), ids(some[SEVERAL:])]
    assert scene.told.settled == [(number, A) for number in range(len(some))]


def test_one_goes_alone() -> None:
    scene, some = Scene(), messages(1)

    scene.run(some)

    assert (scene.alone, scene.together) == (ids(some), [])


def test_with_one_that_cannot_be_read_each_goes_alone() -> None:
    scene, some = Scene(), messages(2)

    scene.run([some[0], unreadable(), some[1]])

    assert (scene.alone, scene.together) == (ids(some), [])
    assert scene.told.settled == [(0, A), (1, A), (2, A)]


def test_a_handler_that_fails_keeps_all_of_them_on_the_bus() -> None:
    scene = Scene(fails=True)

    scene.run(messages(3))

    assert scene.told.settled == [(0, R), (1, R), (2, R)]


@pytest.mark.parametrize(("several", "ahead"), [(None, 2), (lambda some: [A] * len(some), 22)])
def test_as_much_is_fetched_as_can_be_handled(several: Any, ahead: int) -> None:
    assert Pool("q", 1, lambda _one: A, lambda _one: A, several).ahead == ahead


def test_what_comes_while_it_works_goes_in_the_next_turn() -> None:
    scene, some = Scene(), messages(3)
    begun, go_on = threading.Event(), threading.Event()

    def handle(one: Delivery) -> Settled:
        begun.set()
        assert go_on.wait(10)
        return Scene.handle(scene, one)

    scene.pool._handle = handle
    scene.pool.give((0, some[0]))
    scene.pool.start()
    assert begun.wait(10)
    for number in (1, 2):
        scene.pool.give((number, some[number]))
    go_on.set()
    scene.pool.finish()
    assert scene.pool.wait(10)

    assert (scene.alone, scene.together) == (ids(some[:1]), [ids(some[1:])])
