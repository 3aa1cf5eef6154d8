"""Bytes from anybody to a tree: nothing outside is fetched, nothing expanded, nothing huge."""

import re
import threading

from lxml import etree

MOST_BYTES = 20 * 1024 * 1024
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NO_DOCTYPE = "A message may not have a DOCTYPE: entities and outside files are refused."
_ours = threading.local()


class NotXml(Exception):
    """What came cannot be read as XML; the sentence says why, without a word of what is in it."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.sentence, self.line = sentence, line


def tree_of(data: bytes) -> etree._Element:
    """The root element of a message."""
    if not data or data.isspace():
        raise NotXml("The file is empty.")
    if len(data) > MOST_BYTES:
        raise NotXml(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.")
    beginning = data[:4096].replace(b"\x00", b"")
    if b"<!" in beginning and _DOCTYPE.search(beginning):
        raise NotXml(_NO_DOCTYPE)
    try:
        root = etree.fromstring(_from_its_start(data), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 0
        raise NotXml("It is not well-formed XML.", line) from None
    if root is None:
        raise NotXml("There is no element in it.")
    if root.getroottree().docinfo.internalDTD is not None:  # behind a long comment, or a charset
        raise NotXml(_NO_DOCTYPE)
    return root


def _from_its_start(data: bytes) -> bytes:
    return data if data.startswith((b"<", *_MARKS)) else data.lstrip()


def _parser() -> etree.XMLParser:
    """One for each thread: making it takes as long as reading a message with it."""
    found = getattr(_ours, "parser", None)
    if found is None:
        found = _ours.parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
    return found
