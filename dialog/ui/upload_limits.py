"""How much of an upload is taken in at all, so that nobody fills the machine with one form."""

from collections.abc import Callable

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict

from dialog.ui.words import stopped

Respond = Callable[[HttpRequest], HttpResponseBase]

# A file that is longer than this is refused by the form; what comes after is never kept.
MOST_OF_A_FILE = 10 * 1024 * 1024
# As many such files as a form takes, and the words that go with them.
MOST_OF_A_REQUEST = 10 * MOST_OF_A_FILE + 4 * 1024 * 1024


class NoMoreThanAFile(FileUploadHandler):
    """Lets go of what is beyond the longest file; the form sees that there was more, and says so
    at its field, with every word kept.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """A part of a file, as long as it may still be one that is kept."""
        return raw_data if start <= MOST_OF_A_FILE else None

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """Whoever comes after keeps it."""
        return None


class NoMoreThanAForm:
    """Stops a request that is far too large before anything of it is read."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Take it in, or say that it is too much."""
        if _announced(request) <= MOST_OF_A_REQUEST:
            return self.get_response(request)
        return too_large(request)


def too_large(request: HttpRequest) -> HttpResponse:
    """The page that says what to take away; nothing more of what was sent is read."""
    request.POST = QueryDict()
    return stopped(request, "ui/too_large.html", status=413)


def _announced(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
