"""Formatted text in a message: what may be shown of it, and its plain words.

Names on an allow-list stay, everything else gives way to the text in it; nothing that runs, loads
or looks like us stays. The words are never lost, save those of scripts and style sheets.
"""

import re
from collections.abc import Iterator

from lxml import etree

from dialog.interop.names import XHTML

_PARAGRAPHS = frozenset(
    {
        "p",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "dl",
        "table",
        "hr",
        *(f"h{size}" for size in range(1, 7)),
    }
)
_LINES = frozenset({"div", "li", "dt", "dd", "tr", "caption", "thead", "tbody", "tfoot"})
_INSIDE = frozenset({"span", "br", "b", "strong", "i", "em", "u", "sub", "sup", "a", "td", "th"})
ALLOWED = _PARAGRAPHS | _LINES | _INSIDE
_SILENT = frozenset({"script", "style", "template", "title"})
_SPANS = frozenset({"colspan", "rowspan"})
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_PARAGRAPHS = frozenset(
    ["p", "blockquote", "pre", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr"]
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LINE, _PARAGRAPH = "\n", "\n\n"


def sanitised(element: etree._Element) -> str:
    """What is in an element, as XHTML that may be shown; nothing where it is only text."""
    if not len(element):
        return ""
    clean = etree.Element(f"{{{XHTML}}}div", nsmap={None: XHTML})
    _copy(element, clean)
    if len(clean) == 1 and clean[0].tag == clean.tag:
        only = clean[0]
        if not (clean.text or "").strip() and not (only.tail or "").strip():
            only.tail = None
            clean = only
    return str(etree.tostring(clean, encoding="unicode"))


def plain(element: etree._Element) -> str:
    """The words in an element, with its paragraphs, lists and line breaks."""
    if not len(element):
        return (element.text or "").strip()
    return _joined(_words(element))


def runs(element: etree._Element) -> bool:
    """Whether there is something in it that is not shown: a script, a style, a link that runs."""
    return any(
        _local(one) in _SILENT
        or any(name.lower().startswith("on") for name in one.attrib)
        or (one.get("href") is not None and not _SAFE_LINK.match(one.get("href", "").strip()))
        for one in element.iterdescendants()
    )


def _copy(source: etree._Element, target: etree._Element) -> None:
    """The children of one under another, without what may not be shown."""
    said: list[str] = []
    last: etree._Element | None = None
    for one in _shown(source):
        if isinstance(one, str):
            said.append(one)
            continue
        _put(target, last, said)
        said = []
        name = _local(one)
        last = etree.SubElement(target, f"{{{XHTML}}}{name}", _attributes(one, name))
        _copy(one, last)
    _put(target, last, said)


def _shown(source: etree._Element) -> Iterator[str | etree._Element]:
    """The texts and elements that stay; of an element that does not, what is in it."""
    yield source.text or ""
    for child in source:
        name = _local(child)
        if name in ALLOWED:
            yield child
        elif name not in _SILENT:
            yield from _shown(child)
        yield child.tail or ""


def _put(target: etree._Element, last: etree._Element | None, said: list[str]) -> None:
    """Text after the last child, or before the first."""
    text = "".join(said) or None  # not "", which would write <br></br>
    if last is not None:
        last.tail = text
    else:
        target.text = text


def _attributes(element: etree._Element, name: str) -> dict[str, str]:
    link = element.get("href", "").strip()
    if name == "a" and _SAFE_LINK.match(link):
        return {"href": link}
    if name in ("td", "th"):
        return {key: element.get(key, "") for key in _SPANS if element.get(key, "").isdecimal()}
    return {}


def _words(element: etree._Element, *, kept: bool = False) -> Iterator[str]:
    """The words in pieces; a piece of line breaks only ends a line or a paragraph."""
    counted = 0
    for one in _shown(element):
        if isinstance(one, str):
            yield from _text(one, kept)
            continue
        name = _local(one)
        counted += name == "li"
        ends = _PARAGRAPH if name in _PARAGRAPHS else _LINE if name in _LINES else ""
        yield "\v" if name == "br" else ends
        if name == "li":
            yield f"{counted}. " if _local(element) == "ol" else "– "
        yield from _words(one, kept=kept or name == "pre")
        yield from _after(one, name)
        yield ends


def _after(element: etree._Element, name: str) -> Iterator[str]:
    """Where a link leads, and what stands after a cell."""
    link = element.get("href", "").strip() if name == "a" else ""
    if _SAFE_LINK.match(link) and link not in "".join(element.itertext()):
        yield f" ({link})"
    if name in ("td", "th"):
        yield "\t"


def _text(text: str, kept: bool) -> Iterator[str]:
    if text:
        yield text.replace(_LINE, "\v").replace("\t", " ") if kept else _SPACE.sub(" ", text)


def _joined(pieces: Iterator[str]) -> str:
    """One text of the pieces: no line is begun twice, and no more than one is left empty."""
    said: list[str] = []
    waiting = ""
    for piece in pieces:
        if piece in (_LINE, _PARAGRAPH):
            waiting = max(waiting, piece, key=len)
        elif piece.strip(" ") or (said and not waiting):
            if waiting and said:
                said.append(waiting)
            said.append(piece.lstrip(" ") if waiting or not said else piece)
            waiting = ""
    lines = (re.sub(" +", " ", line) for line in "".join(said).replace("\v", _LINE).split(_LINE))
    apart = _LINE.join(re.sub(" ?\t ?", "  ", line.strip(" \t")) for line in lines)
    return re.sub(r"\n{3,}", _PARAGRAPH, apart).strip()


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname).lower()
