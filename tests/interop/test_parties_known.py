"""What is remembered of those who write to each other all the time is what they said this time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from lxml import etree

from dialog.interop.messages import Header, Organisation
from dialog.interop.messages import header as module
from dialog.interop.messages.elements import Code
from dialog.interop.messages.header import MOST_KNOWN, read_header, write_header
from dialog.interop.messages.people import her

KIND = Code(value="DIALOG_FORESPORSEL", list="8279", text="Forespørsel")


def header(name: str, her_id: str = "8000011") -> Header:
    sender = Organisation(name=name, identities=(her(her_id),))
    receiver = Organisation(name="Digital dialog", identities=(her("8000001"),))
    return Header(
        type=KIND, id=str(uuid4()), sent=datetime.now(UTC), sender=sender, receiver=receiver
    )


def written(said: Header) -> etree._Element:
    root = etree.Element("{http://www.kith.no/xmlstds/msghead/2006-05-24}MsgHead")
    write_header(root, said)
    return root[0]


def again(said: Header) -> Header:
    return read_header(etree.fromstring(etree.tostring(written(said))))


def test_another_name_at_the_same_number_is_another() -> None:
    for name in ("Storgata", "Storgata", "Bakkegata", "Storgata"):
        assert again(header(name)).sender.name == name


def test_a_change_in_what_was_written_changes_nothing_that_is_written_later() -> None:
    one = written(header("Storgata"))
    for element in one.iter():
        element.text = "changed"

    assert again(header("Storgata")).sender.name == "Storgata"


def test_how_it_is_reached_is_told_apart() -> None:
    mail = replace(header("Storgata"), sender_method=Code(value="EDI", list="7110", text="EDI"))

    assert again(mail).sender_method == mail.sender_method
    assert again(header("Storgata")).sender_method is None


def test_many_threads_write_the_same() -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _n: again(header("Storgata")).sender.name, range(200)))

    assert set(found) == {"Storgata"}


def test_no_more_than_so_many_are_remembered_and_none_that_is_long() -> None:
    for number in range(MOST_KNOWN + 10):
        assert again(header(f"Gate {number}")).sender.name == f"Gate {number}"
    assert 0 < len(module._known) <= MOST_KNOWN

    again(header("x" * 5000))

    assert max(map(len, module._known)) <= module.LONGEST_KNOWN
