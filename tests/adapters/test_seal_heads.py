"""Where heads are written down: one class of tests for every place, and what is the file's own."""

import stat
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from dialog.adapters import seal_heads
from dialog.adapters.memory_seals import MemorySealHeads
from dialog.adapters.seal_heads import HeadFile
from dialog.ledger.ports import HeadsAbsent, NotAHead, SealFault, SealHeads
from dialog.ledger.seals import Head

HEADS = st.builds(
    Head,
    number=st.integers(1, 2**62),
    sealed_at=st.from_regex(r"\A[0-9]{1,10}\.[0-9]{6}\Z"),
    head=st.binary(min_size=32, max_size=32),
    key=st.from_regex(r"\A[0-9a-f]{16}\Z"),
    signature=st.binary(min_size=64, max_size=64),
)


def head(number: int) -> Head:
    return Head(
        number=number, sealed_at="1.000000", head=bytes(32), key="k" * 16, signature=bytes(64)
    )


@pytest.fixture(params=["file", "memory"])
def heads(request: pytest.FixtureRequest, tmp_path: Path) -> SealHeads:
    return MemorySealHeads() if request.param == "memory" else HeadFile(tmp_path / "heads")


class TestEveryPlace:
    def test_before_it_is_there_it_is_absent_and_not_empty(self, heads: SealHeads) -> None:
        for ask in (heads.last, lambda: heads.append([head(1)]), lambda: [*heads.read()]):
            with pytest.raises(HeadsAbsent):
                ask()

        heads.begin()

        assert heads.last() is None
        assert [*heads.read()] == []

    def test_what_is_written_is_read_in_its_order(self, heads: SealHeads) -> None:
        heads.begin()
        heads.append([head(1), head(2)])
        heads.begin()
        heads.append([head(3)])

        assert [*heads.read()] == [head(1), head(2), head(3)]
        assert heads.last() == head(3)

    def test_one_is_alone_at_a_time(self, heads: SealHeads) -> None:
        found: list[bool] = []

        def another() -> None:
            with heads.alone() as alone:
                found.append(alone)

        with heads.alone() as ours:
            apart(another)
        apart(another)

        assert ours
        assert found == [False, True]


def apart(task: object) -> None:
    thread = threading.Thread(target=task)  # type: ignore[arg-type]
    thread.start()
    thread.join()


class TestFile:
    @pytest.fixture
    def file(self, tmp_path: Path) -> HeadFile:
        file = HeadFile(tmp_path / "heads")
        file.begin()
        return file

    def test_it_is_for_its_owner_alone(self, file: HeadFile) -> None:
        assert stat.S_IMODE(file.path.stat().st_mode) == 0o600

    @pytest.mark.parametrize("left", [1, 20, 250])
    def test_half_a_line_is_none_and_written_over(self, file: HeadFile, left: int) -> None:
        file.append([head(1)])
        with file.path.open("ab") as after:
            after.write(seal_heads.written(head(2))[:left].rstrip(b"\n"))

        assert file.last() == head(1)
        assert [*file.read()] == [head(1)]
        file.append([head(2)])
        assert [*file.read()] == [head(1), head(2)]

    def test_half_a_first_line_too(self, file: HeadFile) -> None:
        file.path.write_bytes(b"1 17")

        assert file.last() is None
        file.append([head(1)])
        assert [*file.read()] == [head(1)]

    def test_nothing_is_left_of_what_was_no_line(self, file: HeadFile) -> None:
        file.path.write_bytes(b"x" * 5000)

        file.append([head(1)])

        assert file.path.read_bytes() == seal_heads.written(head(1))

    def test_something_long_without_a_line_in_it_is_read_in_little_memory(
        self, file: HeadFile
    ) -> None:
        file.path.write_bytes(b"x" * 5000)
        assert file.last() is None
        file.path.write_bytes(b"x" * 5000 + b"\n")

        assert {type(one) for one in file.read()} == {NotAHead}
        with pytest.raises(SealFault, match="not one of ours"):
            file.last()

    def test_one_that_cannot_be_opened_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(SealFault, match="cannot be opened"):
            HeadFile(tmp_path).last()

    def test_one_that_cannot_be_written_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        nowhere = HeadFile(tmp_path / "file" / "heads")

        with pytest.raises(SealFault, match="cannot be written: Not a directory"):
            nowhere.begin()
        with pytest.raises(SealFault, match="cannot be written"), nowhere.alone():
            pass

    def test_it_has_to_be_named(self, settings: object) -> None:
        settings.SEAL_HEADS_FILE = ""  # type: ignore[attr-defined]

        with pytest.raises(ImproperlyConfigured, match="SEAL_HEADS_FILE"):
            HeadFile()


@given(HEADS)
def test_a_head_is_the_same_as_a_line(one: Head) -> None:
    assert seal_heads.parsed(seal_heads.written(one)) == one


@given(HEADS, st.data())
def test_a_line_that_we_would_not_have_written_is_none(one: Head, data: st.DataObject) -> None:
    line = seal_heads.written(one)
    place = data.draw(st.integers(0, len(line) - 2))
    byte = data.draw(st.integers(0, 255))
    changed = line[:place] + bytes([byte]) + line[place + 1 :]

    found = seal_heads.parsed(changed)

    assert found is None or seal_heads.written(found).strip() == changed.strip()
    assert (found == one) == (changed == line)
