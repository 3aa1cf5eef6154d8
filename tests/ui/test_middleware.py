"""What every answer carries, and how a refusal looks."""

import pytest
from django.http import HttpResponse

from dialog import errors
from dialog.actor import Actor, Role
from dialog.ui.context import Around
from dialog.ui.middleware import ContentSecurityPolicy, DialogErrors
from dialog.ui.views import csrf_failure


def answered(rf, actor=None):
    request = rf.get("/")
    request.actor = actor
    return ContentSecurityPolicy(lambda request: HttpResponse("ok"))(request)


def test_nothing_from_elsewhere_and_nothing_inline_may_run(rf):
    policy = answered(rf).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy


def test_a_page_somebody_is_signed_in_to_is_not_stored(rf):
    assert answered(rf, Actor(role=Role.PATIENT)).headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in answered(rf).headers


@pytest.mark.parametrize(
    "error", [errors.NotFound(), errors.NotAllowed(), errors.WrongState()], ids=lambda e: e.code
)
def test_a_refusal_no_form_took_is_a_page_with_its_sentence_and_the_offices_number(rf, error):
    request = rf.get("/")
    request.around = Around(office_phone="22 00 00 00")

    answer = DialogErrors(HttpResponse).process_exception(request, error)

    page = answer.content.decode()
    assert answer.status_code == error.status
    assert str(error.sentence) in page and "</html>" in page
    assert "22 00 00 00" in page.replace("\u00a0", " ")


def test_htmx_gets_the_notice_alone(rf):
    request = rf.get("/", headers={"HX-Request": "true"})

    answer = DialogErrors(HttpResponse).process_exception(request, errors.WrongState())

    page = answer.content.decode()
    assert str(errors.WrongState.sentence) in page and "<html" not in page


def test_a_fault_is_not_dressed_up_as_a_refusal(rf):
    assert DialogErrors(HttpResponse).process_exception(rf.get("/"), ValueError("secret")) is None


def test_a_stale_page_gives_the_words_back(rf):
    request = rf.post("/", {"text": "Tjue tegn eller flere enn det"})

    answer = csrf_failure(request, reason="Origin checking failed")

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Tjue tegn eller flere enn det" in page and "Origin" not in page


def test_what_nobody_wrote_is_not_given_back_as_words(rf):
    request = rf.post(
        "/", {"time": "3f8d4f1c-5a3e-4d0b-9d6b-2f6f0a1c9e77", "text": "Så mye skrev jeg"}
    )

    page = csrf_failure(request).content.decode()

    assert "3f8d4f1c" not in page
