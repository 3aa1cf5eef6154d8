"""Whatever we can say in our own terms is the same when it has been XML."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from dialog.interop.grammar import faults_in
from dialog.interop.messages import (
    Code,
    Dialog,
    Document,
    Message,
    Note,
    Organisation,
    Person,
    Personnel,
    Professional,
    Question,
    Receipt,
    Role,
    Text,
    Unit,
    read_message,
    read_receipt,
)
from dialog.interop.messages.people import her
from dialog.interop.names import PERSONNEL
from dialog.interop.trees import tree_of
from dialog.interop.writing import write
from tests.interop import strategies
from tests.interop.messages import message as sample


@settings(max_examples=60)
@given(strategies.messages)
def test_any_message_is_right_and_says_the_same(message: Message) -> None:
    root = tree_of(write(message))

    assert faults_in(root) == []
    assert read_message(root) == message


@settings(max_examples=60)
@given(strategies.receipts)
def test_any_receipt_is_right_and_says_the_same(receipt: Receipt) -> None:
    root = tree_of(write(receipt))

    assert faults_in(root) == []
    assert read_receipt(root) == receipt


def test_what_is_kept_whole_goes_on_as_it_was() -> None:
    unknown = '<Resept xmlns="http://www.kith.no/xmlstds/eresept/m1/2013-10-08"><A b="c"/></Resept>'
    root = tree_of(sample(unknown))

    again = tree_of(write(read_message(root)))

    kept = again.find(".//{*}Resept")
    assert kept is not None and kept.find("{*}A").get("b") == "c"
    assert read_message(again) == read_message(root)


def test_letters_no_xml_can_hold_are_left_out() -> None:
    message = read_message(tree_of(sample()))
    question = Question(kind=Code(value="DI"), text=Text(plain="a\x00\x0b\ud800b"))
    document = Document(bodies=(Dialog(questions=(question,)),))

    again = read_message(tree_of(write(replace(message, documents=(document,)))))

    assert again.question is not None and again.question.text == Text(plain="ab")


def test_who_belongs_to_which_unit_is_kept() -> None:
    unit = Unit(
        organisation=Organisation(name="Hjemmetjenesten", identities=(her("8000020"),)),
        remark="Ring før klokken 15",
        person=Person(given="Siri", family="Dahl"),
    )
    role = Role(kind=Code(value="1", list="9057"), unit=unit)
    note = Note(kind=Code(value="Svar", list="7602"), subject="Besøk", roles=(role,))
    message = replace(
        read_message(tree_of(sample())),
        documents=(Document(bodies=(Dialog(notes=(note,)),)),),
    )
    root = tree_of(write(message))

    assert faults_in(root) == []
    assert read_message(root) == message


@pytest.mark.parametrize("namespace", PERSONNEL)
def test_practitioners_are_read_in_both_versions(namespace: str) -> None:
    said = Personnel((Professional(person=Person(family="Berg", identities=(her("8000021"),))),))
    document = Document(bodies=(said,))
    message = replace(read_message(tree_of(sample())), documents=(document,))
    data = write(message).replace(PERSONNEL[0].encode(), namespace.encode())

    assert faults_in(tree_of(data)) == []
    assert read_message(tree_of(data)) == message
