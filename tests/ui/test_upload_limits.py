"""How much of an upload is taken in, and what whoever sent it is told."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser
from django.test import Client

from dialog.conversations.files import MOST_BYTES, MOST_FILES
from dialog.ui.upload_limits import MOST_OF_A_FILE, MOST_OF_A_REQUEST, NoMoreThanAFile
from tests.doors import post

WORDS = "Når åpner dere på fredag, og kan jeg hente papirene da?"
EDGE = "----------en-kant"
CHUNK = 64 * 1024


def parsed(size: int) -> tuple[QueryDict, list[tuple[int, int]]]:
    """A form with a file of so many bytes; what was kept of it, and on the disk."""
    head = (
        f'--{EDGE}\r\nContent-Disposition: form-data; name="text"\r\n\r\n{WORDS}\r\n'
        f'--{EDGE}\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'
    ).encode()
    body = head + b"x" * size + f"\r\n--{EDGE}--\r\n".encode()
    meta = {
        "CONTENT_TYPE": f"multipart/form-data; boundary={EDGE}",
        "CONTENT_LENGTH": str(len(body)),
    }
    handlers = [NoMoreThanAFile(), TemporaryFileUploadHandler()]
    words, files = MultiPartParser(meta, BytesIO(body), handlers, "utf-8").parse()
    return words, [(one.size, len(one.read())) for one in files.getlist("files")]


class TestNoMoreThanAFile:
    @pytest.mark.parametrize("size", [1, CHUNK, MOST_OF_A_FILE])
    def test_a_file_there_is_room_for_is_kept_whole(self, size: int) -> None:
        _words, kept = parsed(size)

        assert kept == [(size, size)]

    def test_of_a_longer_one_just_enough_is_kept_to_see_that_it_is_longer(self) -> None:
        words, kept = parsed(3 * MOST_OF_A_FILE)

        assert words["text"] == WORDS
        ((said, on_disk),) = kept
        assert said == on_disk
        assert MOST_BYTES < on_disk <= MOST_BYTES + CHUNK

    def test_the_form_says_so_at_its_field_and_keeps_every_word(self, as_kari: Client) -> None:
        long = SimpleUploadedFile("bilde.png", b"x" * (MOST_BYTES + CHUNK), "image/png")

        answer = post(as_kari, "/kontakt", calm="on", topic="other", text=WORDS, files=long)

        assert answer.status_code == 422
        assert "Filen er for stor. Den kan være på opptil 10 MB." in answer.content.decode()
        assert WORDS in answer.content.decode()


class TestNoMoreThanAForm:
    def test_what_is_far_too_large_is_stopped_unread(self, as_kari: Client) -> None:
        answer = as_kari.generic(
            "POST",
            "/kontakt",
            b"never read",
            content_type=f"multipart/form-data; boundary={EDGE}",
            CONTENT_LENGTH=str(MOST_OF_A_REQUEST + 1),
        )

        assert answer.status_code == 413
        assert "Ingenting er sendt." in answer.content.decode()
        assert "113" in answer.content.decode()

    def test_there_is_room_for_as_many_files_as_a_form_takes(self) -> None:
        assert MOST_OF_A_FILE == MOST_BYTES
        assert MOST_OF_A_REQUEST > MOST_FILES * MOST_BYTES


class TestUnreadable:
    """What Django itself will not take in is said in our own words too."""

    def test_very_many_files_are_too_much(self, as_kari: Client) -> None:
        files = [SimpleUploadedFile(f"{one}.png", b"x", "image/png") for one in range(101)]

        answer = post(as_kari, "/kontakt", text=WORDS, files=files)

        assert answer.status_code == 413
        assert "Ta bort noen av filene" in answer.content.decode()

    def test_so_is_a_text_as_long_as_a_book(self, as_kari: Client) -> None:
        answer = post(as_kari, "/kontakt", text="Hei der. " * 300_000)

        assert answer.status_code == 413
        assert "kort ned teksten" in answer.content.decode()

    def test_so_are_more_fields_than_any_form_has(self, as_kari: Client) -> None:
        answer = as_kari.post(
            "/kontakt", data="a=b&" * 6000, content_type="application/x-www-form-urlencoded"
        )

        assert answer.status_code == 413

    def test_what_no_browser_sends_is_refused_with_a_sentence(self, as_kari: Client) -> None:
        answers = [
            as_kari.post("/kontakt", data=b"x", content_type="multipart/form-data; boundary="),
            as_kari.get("/", headers={"host": "a_b"}),
        ]

        assert [one.status_code for one in answers] == [400, 400]
        assert all("113" in one.content.decode() for one in answers)
        assert all("Noe mangler eller er feil utfylt." in one.content.decode() for one in answers)
