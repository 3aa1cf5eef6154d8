"""Random messages of every kind, in our own terms; nobody in them is anybody."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st
from lxml import etree

from dialog.interop.messages import (
    Address,
    Attachment,
    Calendar,
    Code,
    Dialog,
    Document,
    Event,
    Header,
    Identity,
    Known,
    Message,
    Note,
    Organisation,
    Original,
    OtherReceiver,
    Person,
    Personnel,
    Persons,
    Professional,
    Question,
    Receipt,
    ReceiptParty,
    Relation,
    Role,
    Telecom,
    Text,
    Unit,
)
from dialog.interop.messages.dialog import read_text
from dialog.interop.messages.message import FILE
from dialog.interop.messages.receipt import Place

LETTERS = st.sampled_from("abcæøå ÆØÅ<>&\"'/–«»1234567890\u00a0\U0001f642")
words = st.text(LETTERS, max_size=12).map(str.strip)
some_words = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
lines = st.lists(words, max_size=4).map("\n".join).map(str.strip)
codes = st.builds(
    Code,
    value=st.sampled_from(["", "J", "FO", "14"]),
    list=st.sampled_from(["", "7601", "9051", "1.2.3"]),
    text=words,
    free=words,
)
simple = st.builds(Code, value=st.sampled_from(["", "J", "LE"]), text=words)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
moments = st.integers(0, 4_000_000_000_000).map(
    lambda thousandths: datetime.fromtimestamp(thousandths / 1000, UTC)
)
stamps = days | moments
identities = st.builds(Identity, some_words, codes)
addresses = st.builds(
    Address,
    kind=st.none() | simple,
    street=words,
    postal_code=words,
    city=words,
    box=words,
    county=st.none() | simple,
    country=st.none() | simple,
)
telecom = st.builds(Telecom, st.sampled_from(["", "tel:99999999"]), st.none() | simple)


def few(strategy: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=least, max_size=2).map(tuple)


def people(least: int = 0) -> st.SearchStrategy[Person]:
    return st.builds(
        Person,
        family=words,
        middle=words,
        given=words,
        born=st.none() | days,
        sex=st.none() | simple,
        nationality=st.none() | simple,
        identities=few(identities, least),
        address=st.none() | addresses,
        telecom=few(telecom),
    )


professionals = st.builds(
    Professional, person=people(1), kind=st.none() | simple, role=st.none() | codes
)


def organisations(depth: int, professional: bool = True) -> st.SearchStrategy[Organisation]:
    inside = organisations(depth - 1, professional) if depth else st.none()
    who = professionals if professional else st.nothing()
    return st.builds(
        Organisation,
        name=some_words,
        kind=st.none() | codes,
        identities=few(identities, 1),
        address=st.none() | addresses,
        telecom=few(telecom),
        inside=st.none() | inside,
        professional=st.none() | who,
    )


PARAGRAPHS = ["<p>{}</p>", "<ul><li>{}</li></ul>", "{}<br/>", "<b>{}</b>", "<table><tr><td>{}</td>"
              "</tr></table>", '<a href="https://example.no/">{}</a>']  # fmt: skip


@st.composite
def formatted(draw: st.DrawFn) -> Text:
    """Words in XHTML, as they are when they have been read."""
    pieces = draw(st.lists(st.tuples(st.sampled_from(PARAGRAPHS), words), min_size=1, max_size=3))
    escaped = ((how, text.replace("&", "&amp;").replace("<", "&lt;")) for how, text in pieces)
    body = "".join(how.format(text) for how, text in escaped)
    return read_text(
        etree.fromstring(f'<x><div xmlns="http://www.w3.org/1999/xhtml">{body}</div></x>')
    )


texts = st.builds(Text, plain=lines)
who = st.fixed_dictionaries({"person": people()}) | st.fixed_dictionaries(
    {"professional": professionals}
)
units = st.builds(
    lambda said, **more: Unit(**said, **more),
    who,
    organisation=organisations(1, professional=False),
    remark=words,
)


@st.composite
def roles(draw: st.DrawFn, newer: bool) -> Role:
    said = draw(who)
    unit = draw(st.none() | units) if newer else None
    return Role(
        kind=draw(st.none() | codes), to_patient=draw(st.none() | codes), unit=unit, **said
    )  # fmt: skip


@st.composite
def questions(draw: st.DrawFn, newer: bool) -> Question:
    more = {"subject": words, "extra": st.none() | codes} if newer else {}
    return draw(
        st.builds(
            Question,
            kind=codes,
            text=st.none() | texts | (formatted() if newer else st.nothing()),
            purpose=st.none() | codes,
            reason=words,
            urgency=st.none() | simple,
            start=st.none() | days,
            end=st.none() | days,
            journal=few(codes) if newer else st.lists(codes, max_size=1).map(tuple),
            id=words,
            roles=few(roles(newer)),
            **more,
        )
    )


def notes(newer: bool) -> st.SearchStrategy[Note]:
    return st.builds(
        Note,
        kind=codes,
        subject=words,
        text=st.none() | texts | formatted(),
        remark=words,
        id=words,
        dated=st.none() | days,
        question=st.none() | questions(newer),
        roles=few(roles(newer)),
    )


@st.composite
def dialogs(draw: st.DrawFn) -> Dialog:
    newer = draw(st.booleans())
    asks = draw(st.booleans())
    return Dialog(
        version="1.1" if newer else "1.0",
        case=draw(st.none() | codes),
        case_text=draw(words),
        questions=draw(few(questions(newer))) if asks else (),
        notes=() if asks else draw(few(notes(newer))),
    )


@st.composite
def events(draw: st.DrawFn) -> Event:
    whole_seconds = moments.map(lambda one: one.replace(microsecond=0))
    kind = draw(st.sampled_from([days, whole_seconds]))
    more = draw(st.lists(st.sampled_from(["status", "location", "x-own"]), unique=True, max_size=2))
    return Event(
        uid=draw(some_words),
        start=draw(kind),
        end=draw(kind),
        contact=draw(some_words),
        related_to=draw(words),
        summary=draw(words),
        description=draw(lines),
        categories=draw(few(some_words)),
        more=tuple((name, draw(some_words)) for name in more),
    )


calendars = st.builds(Calendar, events=few(events()), product=some_words)
relations = st.builds(Relation, people(), codes)
payloads = st.one_of(
    dialogs(),
    calendars,
    relations,
    st.builds(Personnel, few(professionals, 1)),
    st.builds(Persons, few(people())),
)
files = st.builds(Attachment, content=st.binary(max_size=40), mime_type=words, description=words)
references = st.builds(Attachment, reference=some_words, mime_type=words, description=words)
documents = st.builds(
    Document,
    bodies=payloads.map(lambda one: (one,)),
    issued=st.none() | stamps,
    id=words,
    mime_type=words,
    description=words,
    about=words,
    content_type=st.none() | codes,
    consent=st.none() | codes,
    annotation=words,
    start=st.none() | stamps,
    end=st.none() | stamps,
    oid=st.sampled_from(["", "1.2.3"]),
    enquiry=words,
) | st.builds(Document, bodies=(files | references).map(lambda one: (one,)), kind=st.just(FILE))
others = st.builds(
    lambda said, **more: OtherReceiver(**said, **more),
    who | st.fixed_dictionaries({"organisation": organisations(1)}),
    role=simple,
    method=st.none() | simple,
)


@st.composite
def headers(draw: st.DrawFn) -> Header:
    parent = draw(st.sampled_from(["", "11e3a7de-58c3-41d5-a5f2-9b3f66c0b0a1"]))
    return Header(
        type=Code(value="DIALOG_NOTAT", text=draw(words)),
        id=str(draw(st.uuids())),
        sent=draw(moments),
        sender=draw(organisations(1)),
        receiver=draw(organisations(1)),
        patient=draw(st.none() | people()),
        ack=draw(st.none() | simple),
        parent=parent,
        conversation=parent,
        status=draw(st.none() | simple),
        priority=draw(st.none() | simple),
        sender_method=draw(st.none() | simple),
        others=draw(few(others)),
    )


messages = st.builds(Message, header=headers(), documents=few(documents, 1))
known = st.builds(
    Known, name=words, id=words, kind=st.none() | simple, also=few(st.tuples(some_words, simple))
)
places = st.builds(
    Place, kind=simple, street=words, city=words, telecom=few(st.just("tel:99999999"))
)
parties = st.builds(
    ReceiptParty,
    role=st.none() | simple,
    enterprise=known,
    departments=few(known),
    people=few(known),
    speciality=st.none() | codes,
    place=st.none() | places,
) | st.builds(ReceiptParty, person=known)
receipts = st.builds(
    Receipt,
    version=st.sampled_from(["1.0", "1.1"]),
    id=some_words,
    sent=moments,
    sender=parties,
    receiver=parties,
    status=simple,
    errors=few(codes),
    original=st.builds(Original, type=simple, id=some_words, sent=moments),
    software=words,
    software_version=words,
)
