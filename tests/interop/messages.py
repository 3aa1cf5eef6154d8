"""A message of our own making, and what can be done to it; nobody in it is anybody."""

from datetime import date

from dialog.people.identity_number import synthetic

KARIS = synthetic(date(1985, 3, 14))

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<MsgHead xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24">
  <MsgInfo>
    <Type V="DIALOG_INNBYGGER_EKONTAKT" DN="Dialog med innbygger - eKontakt"/>
    <MIGversion>v1.2 2006-05-24</MIGversion>
    <GenDate>2026-05-15T09:20:00+02:00</GenDate>
    <MsgId>5c1f7a52-2b0b-4f86-9c5e-0d6f0a8f8d11</MsgId>
    <Ack V="J" DN="Ja"/>
    <ConversationRef>
      <RefToParent>11e3a7de-58c3-41d5-a5f2-9b3f66c0b0a1</RefToParent>
      <RefToConversation>11e3a7de-58c3-41d5-a5f2-9b3f66c0b0a1</RefToConversation>
    </ConversationRef>
    <Sender>{party}</Sender>
    <Receiver>{party}</Receiver>
    <Patient>
      <FamilyName>Nordmann</FamilyName>
      <GivenName>Kari</GivenName>
      <DateOfBirth>1985-03-14</DateOfBirth>
      <Ident><Id>{number}</Id><TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116"/></Ident>
    </Patient>
  </MsgInfo>
  <Document>
    <RefDoc>
      <MsgType V="XML" DN="XML-instans"/>
      <Content>{dialog}</Content>
    </RefDoc>
  </Document>
</MsgHead>
"""
PARTY = """<Organisation>
  <OrganisationName>Storgata legesenter</OrganisationName>
  <Ident><Id>8000001</Id><TypeId V="HER" S="2.16.578.1.12.4.1.1.9051" DN="HER-id"/></Ident>
</Organisation>"""
QUESTION = """<Dialogmelding xmlns="http://www.kith.no/xmlstds/dialog/2013-01-23">
  <Foresporsel>
    <TypeForesp V="BA" S="2.16.578.1.12.4.1.1.7601" DN="Bestille attest"/>
    <Sporsmal>Kan jeg få en attest?</Sporsmal>
  </Foresporsel>
</Dialogmelding>"""
NOTE = """<Dialogmelding xmlns="http://www.kith.no/xmlstds/dialog/2013-01-23">
  <Notat>
    <TemaKodet V="14" S="2.16.578.1.12.4.1.1.7602" DN="Resept er fornyet"/>
    <TekstNotatInnhold><div xmlns="http://www.w3.org/1999/xhtml">Hei</div></TekstNotatInnhold>
  </Notat>
</Dialogmelding>"""


def message(dialog: str = QUESTION, **instead: str) -> bytes:
    """A message; ``instead`` puts other words for some in it, or nothing."""
    text = HEAD.format(party=PARTY, dialog=dialog, number=KARIS)
    for before, after in instead.items():
        text = text.replace(before, after)
    return text.encode()


def changed(before: str, after: str) -> bytes:
    """The message with something else in the place of something."""
    text = message().decode()
    assert before in text
    return text.replace(before, after, 1).encode()
