"""Whatever we can say in our own terms is the same when it has been XML."""

from dataclasses import replace

from hypothesis import given, settings

from dialog.interop.grammar import faults_in
from dialog.interop.messages import (
    Code,
    Dialog,
    Document,
    Message,
    Question,
    Receipt,
    Text,
    read_message,
    read_receipt,
)
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
