"""Reads a newer phone's picture (HEIC) in a process of its own, which may die without harm.

The decoder is a large C library, and one wrong byte in a file can end the process it runs in (seen
with pi-heif 1.4). So the web server never loads it: it starts this file as a program, gives it the
picture, and gets a PNG back, or nothing.
"""

import subprocess
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path

MOST_PIXELS = 25_000_000
LONGEST_SIDE = 2500

# Exit codes of the program; anything else, a crash included, is a picture that cannot be read.
DONE, TOO_LARGE = 0, 3

_SECONDS = 20
_MEMORY = 2 * 1024**3
_MOST_ANSWER = 64 * 1024**2


class TooLarge(Exception):
    """The picture says it has more pixels than we draw."""


def as_png(data: bytes) -> bytes:
    """The picture as a PNG, upright and not larger than we keep them."""
    program = [sys.executable, "-I", str(Path(__file__))]
    quiet = subprocess.DEVNULL
    reader = subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet, env={}
    )
    with reader:
        if reader.stdin is None or reader.stdout is None:
            raise OSError("the reader has no pipes")
        with suppress(BrokenPipeError):  # it died while it read; the empty answer says so
            reader.stdin.write(data)
            reader.stdin.close()
        answer = reader.stdout.read(_MOST_ANSWER)
        if len(answer) == _MOST_ANSWER:
            reader.kill()
    if reader.returncode == TOO_LARGE:
        raise TooLarge
    if not answer:
        raise OSError("the picture could not be read")
    return answer


def main() -> int:
    """Picture in, PNG out, and never for long or with much memory."""
    _be_modest()
    import pi_heif
    from PIL import Image

    picture = pi_heif.open_heif(BytesIO(sys.stdin.buffer.read()))
    width, height = picture.size
    if width * height > MOST_PIXELS:
        return TOO_LARGE
    drawn = picture.to_pillow()
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.BICUBIC)
    drawn.save(sys.stdout.buffer, "PNG", compress_level=1, exif=b"")
    return DONE


def _be_modest() -> None:
    import resource
    import signal

    signal.alarm(_SECONDS)  # ends the program even inside the decoder
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # macOS does not let anybody set it
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    sys.exit(main())
