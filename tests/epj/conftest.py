from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.epj.office import Office


@pytest.fixture
def make_office(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    made: list[Office] = []

    def make(**more: object) -> Office:
        made.append(Office(tmp_path, **more))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.store.close()


@pytest.fixture
def epj(make_office: Callable[..., Office]) -> Office:
    return make_office()
