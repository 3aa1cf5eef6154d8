"""What every event is: a frozen dataclass, though its methods are written once for them all."""

from dataclasses import FrozenInstanceError, fields, replace
from typing import ClassVar

import pytest

from dialog.ledger.events import Fact


class Opened(Fact):
    """Somebody opened something."""

    silent: ClassVar[bool] = True
    door: str
    wide: bool = False
    patient_id: int | None = None


class Shut(Fact):
    """Somebody shut it."""

    door: str
    wide: bool = False
    patient_id: int | None = None


ONE = Opened(patient_id=1, door="front")


def test_it_carries_what_it_was_given_and_what_goes_without_saying() -> None:
    assert (ONE.door, ONE.wide, ONE.patient_id) == ("front", False, 1)
    assert [field.name for field in fields(ONE)] == ["door", "wide", "patient_id"]
    assert repr(ONE) == "Opened(door='front', wide=False, patient_id=1)"


def test_it_is_equal_to_one_of_its_kind_that_says_the_same() -> None:
    assert Opened(door="front", wide=False, patient_id=1) == ONE
    assert len({ONE, Opened(door="front", patient_id=1), replace(ONE, wide=True)}) == 2
    assert replace(ONE, wide=True) != ONE
    assert Shut(patient_id=1, door="front") != ONE


@pytest.mark.parametrize(
    ("carried", "words"),
    [
        ({}, "Opened lacks 'door'"),
        ({"door": "front", "text": "Hei"}, "Opened carries no 'text'"),
    ],
)
def test_one_with_too_little_or_too_much_is_not_made(
    carried: dict[str, object], words: str
) -> None:
    with pytest.raises(TypeError, match=words):
        Opened(**carried)  # type: ignore[arg-type]


def test_what_has_happened_stays() -> None:
    with pytest.raises(FrozenInstanceError, match="'door' cannot be changed"):
        ONE.door = "back"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="'door' cannot be taken away"):
        del ONE.door
    assert ONE.door == "front"
