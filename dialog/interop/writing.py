"""A message in our own terms to bytes."""

from lxml import etree

from dialog.interop.messages import Message, Receipt, write_message, write_receipt


def write(said: Message | Receipt) -> bytes:
    """The message as XML in UTF-8, ready to be signed."""
    root = write_receipt(said) if isinstance(said, Receipt) else write_message(said)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
