"""What counts once counts once, also when it comes twice at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from dialog.identity import once

A_MINUTE = timedelta(minutes=1)


@pytest.mark.usefixtures("db")
def test_the_second_time_is_refused_and_another_kind_is_another() -> None:
    assert once.use("state", "one", lasts=A_MINUTE)
    assert not once.use("state", "one", lasts=A_MINUTE)
    assert once.use("logout", "one", lasts=A_MINUTE)


def test_of_many_at_once_one_is_the_first(own_database: str) -> None:
    together = Barrier(6)

    def try_it(_number: int) -> bool:
        together.wait(10)
        with transaction.atomic():
            first = once.use("state", "one", lasts=A_MINUTE)
        connection.close()
        return first

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(try_it, range(6)))

    assert sorted(found) == [False] * 5 + [True]
