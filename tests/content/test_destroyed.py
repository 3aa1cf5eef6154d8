"""When an office's last keys are destroyed, nothing of it is read again, and nothing breaks."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest
from django.test import Client

from dialog import rows
from dialog.content import Owner, destroy_all_of_practice, is_destroyed, rewrapping
from dialog.content.keys import key_of
from dialog.content.stored import data_key, wrapping_key
from dialog.conversations import actions as conversations
from dialog.demo.cast import Cast
from dialog.econsultations import actions, queries
from dialog.econsultations.policy import TemplateKind
from dialog.errors import WrongState
from dialog.renewals import actions as renewals
from tests.content.scene import asked, key_row, raw, texts
from tests.people.on_lists import enquiry
from tests.renewals.prescribed import medicine, patient_uuid

AsRole = Callable[[str], AbstractContextManager[None]]
TEXTS = "SELECT text FROM econsultations_template WHERE practice_id = %s"
TEXT = "Ta det med ro i to uker, og ring hvis det blir verre."


@pytest.fixture
def template(cast: Cast) -> str:
    """Dr Berg's own text, under the office's key; the office has no matter."""
    save(cast)
    return f"practice {cast.berg.practice}"


def save(cast: Cast) -> None:
    actions.save_template(by=cast.berg, kind=TemplateKind.ANSWER, title="Ro", text=TEXT, own=False)


def destroyed(as_role: AsRole, practice_id: int) -> bool:
    with as_role("dialog_owner"), rows.seeing(scope="setup"):
        return destroy_all_of_practice(practice_id)


def read(cast: Cast) -> list[str]:
    with rows.seeing(account=cast.berg.account_id, practice=cast.berg.practice):
        return [one.text for one in queries.templates(cast.berg, TemplateKind.ANSWER)]


def wrapping_of(owner: str) -> list[bytes]:
    found = raw("SELECT wrapped FROM content_wrappingkey WHERE owner = %s", owner)
    return [bytes(one) for (one,) in found]


def test_what_it_had_reads_as_nothing_though_the_bytes_are_there(
    cast: Cast, as_role: AsRole, template: str
) -> None:
    key, _wrapped_by, before = key_row(template)

    done = destroyed(as_role, cast.berg.practice)

    assert done and set(read(cast)) == {""}
    bytes_of = raw(TEXTS, cast.berg.practice)
    assert key.bytes in {bytes(one)[1:17] for (one,) in bytes_of}
    (_key, wrapped_by, left) = key_row(template)
    assert before and not left and wrapping_of(template) == [b""]
    with pytest.raises(WrongState):
        wrapping_key(wrapped_by.bytes, b"")
    with pytest.raises(WrongState):
        data_key(wrapped_by.bytes, b"", key.bytes, b"")


def test_somebody_who_kept_the_data_key_as_it_was_wrapped_has_nothing_to_unwrap_it_with(
    cast: Cast, as_role: AsRole, template: str
) -> None:
    key, wrapped_by, before = key_row(template)
    destroyed(as_role, cast.berg.practice)

    with pytest.raises(WrongState):
        data_key(wrapped_by.bytes, wrapping_of(template)[0], key.bytes, bytes(before))


def test_nothing_is_written_there_again(cast: Cast, as_role: AsRole, template: str) -> None:
    destroyed(as_role, cast.berg.practice)

    with pytest.raises(WrongState):
        save(cast)
    with rows.seeing(practice=cast.berg.practice), pytest.raises(WrongState):
        key_of(Owner.of_conversation(uuid4(), lambda: cast.berg.practice))
    assert wrapping_of(template) == [b""]


def test_an_office_that_never_wrote_anything_never_will(cast: Cast, as_role: AsRole) -> None:
    assert destroyed(as_role, cast.berg.practice) and destroyed(as_role, cast.berg.practice)

    with pytest.raises(WrongState):
        save(cast)


def test_not_while_a_matter_has_a_key(cast: Cast, as_role: AsRole, template: str) -> None:
    enquiry(cast.bjarne)

    done = destroyed(as_role, cast.berg.practice)

    assert not done and not is_destroyed(cast.berg.practice)
    assert TEXT in read(cast)


def test_other_offices_are_as_they_were(cast: Cast, as_role: AsRole, template: str) -> None:
    thread = asked(cast)

    destroyed(as_role, cast.berg.practice)

    assert len(texts(cast, thread)) == 1
    conversations.reply(by=cast.siri, conversation_id=thread, text="Ja.")


def test_new_keys_for_everybody_else_pass_it_by(cast: Cast, as_role: AsRole, template: str) -> None:
    thread = asked(cast)
    destroyed(as_role, cast.berg.practice)

    with as_role("dialog_owner"):
        rewrapping.renew_wrapping_keys()
        rewrapping.wrap_from_outside()
        names = rewrapping.names_in_use()

    assert len(names) == 1 and wrapping_of(template) == [b""]
    assert len(texts(cast, thread)) == 1 and set(read(cast)) == {""}


@pytest.mark.parametrize("role", ["dialog_web", "dialog_relay"])
def test_neither_the_web_server_nor_the_relay_can_do_it(
    cast: Cast, as_role: AsRole, template: str, role: str
) -> None:
    with (
        as_role(role),
        pytest.raises(Exception, match="permission denied"),
        rows.seeing(scope="setup"),
    ):
        destroy_all_of_practice(cast.berg.practice)

    assert not is_destroyed(cast.berg.practice)


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("as_berg", "/kontor/"),
        ("as_berg", "/kontor/innstillinger"),
        ("as_berg", "/kontor/innstillinger/maler"),
        ("as_berg", "/kontor/kalender"),
        ("as_bjarne", "/"),
        ("as_bjarne", "/time"),
        ("as_bjarne", "/resept"),
    ],
)
def test_the_pages_open_all_the_same(
    cast: Cast, as_role: AsRole, request: pytest.FixtureRequest, who: str, address: str
) -> None:
    browser: Client = request.getfixturevalue(who)
    renewals.enter_prescription(
        by=cast.berg, patient_uuid=patient_uuid(cast.bjarne), medicine=medicine("Metoprolol")
    )
    save(cast)
    destroyed(as_role, cast.berg.practice)

    answer = browser.get(address, follow=True)

    assert answer.status_code == 200 and "Metoprolol" not in answer.content.decode()
