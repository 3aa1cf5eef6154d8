// What this record system writes, put together as text.
import { randomUUID } from "node:crypto";
import { escaped } from "./xml.mjs";

const HEAD = "http://www.kith.no/xmlstds/msghead/2006-05-24";
const XCAL = "urn:ietf:params:xml:ns:icalendar-2.0";
const HER = `V="HER" S="2.16.578.1.12.4.1.1.9051"`;
const code = (value, list) => `V="${value}" S="2.16.578.1.12.4.1.1.${list}"`;

export class Letters {
  constructor(named) {
    this.named = named;
  }

  // A question back to the patient, and an answer.
  question = (about, words) =>
    this.#message(about, `<Foresporsel><TypeForesp ${code("DI", 7601)}/>
      <Sporsmal>${escaped(words)}</Sporsmal></Foresporsel>`);

  answer = (about, words) =>
    this.#message(about, `<Notat><TemaKodet ${code("Svar", 7602)}/>
      <TekstNotatInnhold>${escaped(words)}</TekstNotatInnhold></Notat>`);

  times(about, times) {
    const events = times.map(
      ({ uid, start, end }) => `<c:vevent><c:properties>
        <c:uid><c:text>${uid}</c:text></c:uid>
        <c:dtstart><c:date-time>${start}</c:date-time></c:dtstart>
        <c:dtend><c:date-time>${end}</c:date-time></c:dtend>
        <c:contact><c:text>${this.named.own}</c:text></c:contact>
        <c:summary><c:text>Kontroll</c:text></c:summary></c:properties></c:vevent>`,
    );
    const calendar = `<c:icalendar xmlns:c="${XCAL}"><c:vcalendar><c:properties>
      <c:prodid><c:text>Fremmed</c:text></c:prodid><c:version><c:text>2.0</c:text></c:version>
      </c:properties><c:components>${events.join("")}</c:components></c:vcalendar></c:icalendar>`;
    const note = `<Notat><TemaKodet ${code("SvarLedigeTimer", 7602)}/></Notat>`;
    return this.#message(about, note, calendar);
  }

  receipt(about) {
    const { enterprise, own, portalEnterprise, portal } = this.named;
    const named = (id) => `<Name>Noen</Name><Id>${id}</Id><TypeId V="HER" DN="HER-id"/>`;
    const party = (id, inside) => `<HCP><Inst>${named(id)}${inside}</Inst></HCP>`;
    return `<?xml version="1.0" encoding="utf-8"?>
<AppRec xmlns="http://www.kith.no/xmlstds/apprec/2012-02-15"><MsgType V="APPREC"/>
  <MIGversion>v1.1 2012-02-15</MIGversion><GenDate>${now()}</GenDate><Id>${randomUUID()}</Id>
  <Sender>${party(enterprise, `<HCPerson>${named(own)}</HCPerson>`)}</Sender>
  <Receiver>${party(portalEnterprise, `<Dept>${named(portal)}</Dept>`)}</Receiver>
  <Status V="1" DN="OK"/><OriginalMsgId><MsgType V="${about.type}"/>
  <IssueDate>${about.sent}</IssueDate><Id>${about.id}</Id></OriginalMsgId></AppRec>`;
  }

  #message(about, dialog, ...documents) {
    const { enterprise, own, portalEnterprise, portal } = this.named;
    const party = (id, inside) => `<m:Organisation><m:OrganisationName>Noen</m:OrganisationName>
      <m:Ident><m:Id>${id}</m:Id><m:TypeId ${HER}/></m:Ident>${inside}</m:Organisation>`;
    const doctor = `<m:HealthcareProfessional><m:FamilyName>Lund</m:FamilyName>
      <m:GivenName>Ingrid</m:GivenName><m:Ident><m:Id>${own}</m:Id>
      <m:TypeId ${code("HER", 8116)}/></m:Ident></m:HealthcareProfessional>`;
    const patient = `<m:Patient><m:FamilyName>${escaped(about.family)}</m:FamilyName>
      <m:GivenName>${escaped(about.given)}</m:GivenName><m:Ident><m:Id>${about.patient}</m:Id>
      <m:TypeId ${code("FNR", 8116)}/></m:Ident></m:Patient>`;
    const dialogue = `<Dialogmelding xmlns="http://www.kith.no/xmlstds/dialog/2013-01-23">${dialog}
      </Dialogmelding>`;
    const carried = [dialogue, ...documents].map(
      (one) => `<m:Document><m:RefDoc><m:IssueDate V="${now()}"/><m:MsgType V="XML"/>
        <m:Content>${one}</m:Content></m:RefDoc></m:Document>`,
    );
    return `<?xml version='1.0' encoding='utf-8'?>
<m:MsgHead xmlns:m='${HEAD}'><m:MsgInfo><m:Type V="${about.type}"/>
  <m:MIGversion>v1.2 2006-05-24</m:MIGversion><m:GenDate>${now()}</m:GenDate>
  <m:MsgId>${randomUUID().toUpperCase()}</m:MsgId>
  <m:Ack V="${documents.length ? "N" : "J"}"/><m:ConversationRef>
  <m:RefToParent>${about.id}</m:RefToParent>
  <m:RefToConversation>${about.conversation}</m:RefToConversation></m:ConversationRef>
  <m:Sender>${party(enterprise, doctor)}</m:Sender>
  <m:Receiver>${party(portalEnterprise, party(portal, ""))}</m:Receiver>
  ${about.patient ? patient : ""}</m:MsgInfo>${carried.join("")}</m:MsgHead>`;
  }
}

const now = () => new Date().toISOString();
