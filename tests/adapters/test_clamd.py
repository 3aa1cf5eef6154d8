"""The scanner: Debian's own clamd, where it is, and every way a scanner can be away."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from dialog.adapters.clamd import Clamd
from dialog.conversations.ports import ScannerAway
from tests.hostile import EICAR

CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
KNOWS = f"Eicar.Test:0:*:{EICAR.hex()}\n"

Answers = Callable[[socket.socket], None]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Clamd with one signature, which it would not take anything over 1 MB to look for."""
    assert CLAMD, "clamd is not here: python3 -m tools.debian tests"
    folder = tmp_path_factory.mktemp("c")
    (folder / "known").mkdir()
    (folder / "known" / "eicar.ndb").write_text(KNOWS)
    place = folder / "s"
    (folder / "conf").write_text(
        f"LocalSocket {place}\nDatabaseDirectory {folder / 'known'}\n"
        "Foreground yes\nStreamMaxLength 1M\n"
    )
    process = subprocess.Popen(
        [CLAMD, "-c", folder / "conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(place)
        yield str(place)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(place: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket(socket.AF_UNIX) as line:
            if line.connect_ex(str(place)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("clamd did not start")


@contextmanager
def pretending(answers: Answers) -> Iterator[str]:
    """Somebody who listens on a port and answers once."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            line, _who = door.accept()
            with line:
                line.settimeout(5)
                answers(line)

        server = Thread(target=serve)
        server.start()
        yield f"127.0.0.1:{door.getsockname()[1]}"
        server.join()


def whole_stream(line: socket.socket) -> bytes:
    """What was streamed, as clamd reads it."""
    with line.makefile("rb") as read:
        assert read.read(10) == b"zINSTREAM\0"
        pieces = b""
        while length := int.from_bytes(read.read(4), "big"):
            pieces += read.read(length)
    return pieces


def saying(words: bytes) -> Answers:
    def answers(line: socket.socket) -> None:
        whole_stream(line)
        line.sendall(words)

    return answers


@pytest.mark.scanner
class TestDebiansOwn:
    def test_what_is_harmless_is_so(self, real: str) -> None:
        assert Clamd(real).harmful(b"%PDF-1.4 " + bytes(200_000)) is False

    def test_what_it_knows_is_harmful_alone_and_inside_something(self, real: str) -> None:
        assert Clamd(real).harmful(EICAR) is True
        assert Clamd(real).harmful(bytes(100_000) + EICAR + bytes(100_000)) is True

    def test_what_is_too_long_for_it_nobody_has_looked_at(self, real: str) -> None:
        with pytest.raises(ScannerAway):
            Clamd(real).harmful(bytes(3_000_000))


class TestAnswers:
    def test_all_of_a_file_is_sent_in_order(self) -> None:
        seen: list[bytes] = []

        def answers(line: socket.socket) -> None:
            seen.append(whole_stream(line))
            line.sendall(b"stream: OK\0")

        data = bytes(range(256)) * 1000
        with pretending(answers) as place:
            assert Clamd(place).harmful(data) is False

        assert seen == [data]

    @pytest.mark.parametrize(
        "words",
        [
            b"",
            b"stream: O",
            b"stream: OK FOUND ERROR\0",
            b"INSTREAM size limit exceeded. ERROR\0",
            b"HTTP/1.1 200 OK\r\n\r\n",
            b"x" * 5000,
        ],
    )
    def test_anything_but_a_verdict_is_no_verdict(self, words: bytes) -> None:
        with pretending(saying(words)) as place, pytest.raises(ScannerAway):
            Clamd(place).harmful(b"abc")


class TestAway:
    def test_nobody_is_there(self, tmp_path: Path) -> None:
        with pytest.raises(ScannerAway):
            Clamd(str(tmp_path / "s")).harmful(b"abc")

    def test_one_that_drips_is_waited_for_only_so_long_and_then_left_alone(self) -> None:
        def drips(line: socket.socket) -> None:
            whole_stream(line)
            line.sendall(b"stre")
            line.recv(1)  # until the other side has had enough

        with pretending(drips) as place:
            scanner = Clamd(place, patience=0.1)
            for _time in range(2):  # the second would find nobody who answers
                with pytest.raises(ScannerAway):
                    scanner.harmful(b"abc")
