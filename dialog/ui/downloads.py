"""Files to take home: never run, never guessed at, shown in place only when they are pictures."""

from collections.abc import Iterable
from urllib.parse import quote

from django.http import StreamingHttpResponse

SHOWN_IN_PLACE = frozenset({"image/jpeg", "image/png", "image/webp"})
ALONE = "default-src 'none'; sandbox"


def download(
    parts: Iterable[bytes], *, name: str, media_type: str, size: int | None = None
) -> StreamingHttpResponse:
    """A file as an answer, boxed in; its name may hold any letters."""
    response = StreamingHttpResponse(parts, content_type=media_type)
    how = "inline" if media_type in SHOWN_IN_PLACE else "attachment"
    response.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["X-Content-Type-Options"] = "nosniff"
    if size is not None:
        response.headers["Content-Length"] = str(size)
    return response
