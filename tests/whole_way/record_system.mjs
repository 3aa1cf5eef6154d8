// A record system that has nothing of ours: rhea on the bus, the system's openssl for signatures and
// encryption, its own reader of XML, and messages written as text. It says on each line what it has
// seen, and takes orders on standard input. Settings come as JSON in the first argument.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { Protection } from "./cms.mjs";
import { Letters } from "./letters.mjs";
import { all, find, read, text } from "./xml.mjs";

const rhea = createRequire(import.meta.url)("rhea");
const said = JSON.parse(process.argv[2]);
const protection = new Protection(said);
const letters = new Letters(said);
const withheld = [];
const PROTECTED = "application/pkcs7-mime; smime-type=signed-and-enveloped-data";

const tell = (seen) => console.log(JSON.stringify(seen));
const address = (queue) => (queue.includes("/") ? queue : said.form.replace("{queue}", queue));
const bytes = (message) => message.body?.content ?? Buffer.alloc(0);

const connection = rhea.connect({
  host: "localhost", port: said.port, hostname: said.virtualHost || "localhost", reconnect: false,
  transport: "tls", servername: "localhost", ca: [readFileSync(said.ca)],
  username: said.user, password: said.password, container_id: "another-record-system",
});

function send(queue, subject, body, more = {}) {
  const id = randomUUID();
  const { application = {}, ...properties } = more;
  const sender = connection.open_sender(address(queue));
  sender.once("sendable", () => sender.send({
    message_id: id, to: address(queue), subject, correlation_id: id, content_type: PROTECTED,
    durable: true, ...properties,
    application_properties: {
      fromHerId: Number(said.own), toHerId: Number(said.portal), applicationTimeStamp: new Date(),
      ...application,
    },
    body: rhea.message.data_section(body),
  }));
  sender.once("accepted", () => sender.close());
  return id;
}

// What it must know of a message to show it and to answer it.
function understood(head) {
  const info = find(head, "MsgInfo");
  const dialog = find(head, "Dialogmelding");
  const id = text(info, "MsgId");
  return {
    type: find(info, "Type").attributes.V, id, sent: text(info, "GenDate"),
    wantsReceipt: find(info, "Ack").attributes.V === "J",
    conversation: text(info, "RefToConversation") || id, parent: text(info, "RefToParent"),
    from: all(find(info, "Sender"), "Id").map((one) => one.text),
    to: all(find(info, "Receiver"), "Id").map((one) => one.text),
    patient: text(info, "Patient", "Ident", "Id"),
    given: text(info, "Patient", "GivenName"), family: text(info, "Patient", "FamilyName"),
    isQuestion: Boolean(find(dialog, "Foresporsel")),
    words: text(dialog, "Sporsmal") || text(dialog, "TekstNotatInnhold"),
    first: text(dialog, "FraDato"), last: text(dialog, "TilDato"),
  };
}

function onAsync(message) {
  const root = read(protection.open(bytes(message)));
  if (root.name === "AppRec") {
    const original = find(root, "OriginalMsgId");
    tell({ receipt: find(root, "Status").attributes.V, about: text(original, "Id"),
      type: find(original, "MsgType").attributes.V });
    return;
  }
  const about = understood(root);
  tell({ message: about, subject: message.subject });
  if (about.words.includes("kan ikke leses")) {
    complain(message);
    return;
  }
  if (about.wantsReceipt) send(said.queues.async, "APPREC", protection.close(letters.receipt(about)));
  const words = `Hei ${about.given}. Du skrev: ${about.words}`;
  const back = about.isQuestion ? letters.question(about, words) : letters.answer(about, words);
  tell({ said: text(read(Buffer.from(back)), "MsgId") });
  send(said.queues.async, about.type, protection.close(back));
}

// An error of the bus: a message of its own, with an empty body, on the sender's error queue.
function complain(message) {
  send(said.queues.error, message.subject, Buffer.alloc(0), {
    content_type: "text/plain",
    application: {
      errorCondition: "transport:expired-certificate", errorDescription: "Utløpt",
      originalMessageId: String(message.message_id), receiverTimeStamp: new Date(),
    },
  });
}

function onSync(message) {
  const about = understood(read(protection.open(bytes(message))));
  tell({ asked: about, ttl: message.ttl });
  const answer = () => send(
    message.reply_to, message.subject, protection.close(letters.times(about, said.times)),
    { correlation_id: message.correlation_id, ttl: 15000 },
  );
  if (withheld.length < said.withhold) withheld.push(answer);
  else answer();
}

const onError = ({ application_properties: { errorCondition, originalMessageId } }) =>
  tell({ error: errorCondition, about: originalMessageId });

const ORDERS = {
  "answer-late": () => withheld.forEach((answer) => answer()),
  "send-unencrypted": () => tell({ sent: send(said.queues.async, said.type, Buffer.from("<a/>")) }),
  "send-signed-by-another": () => tell({
    sent: send(said.queues.async, said.type, protection.close("<a/>", protection.encryption)),
  }),
};

for (const [kind, take] of Object.entries({ async: onAsync, sync: onSync, error: onError })) {
  const receiver = connection.open_receiver({
    source: address(`${said.enterprise}_${kind}`), credit_window: 10, autoaccept: true,
  });
  receiver.on("message", ({ message }) => {
    try {
      take(message);
    } catch (error) {
      tell({ failed: String(error.stack) });
    }
  });
  receiver.once("receiver_open", () => tell({ listens: kind }));
}

createInterface({ input: process.stdin }).on("line", (order) => ORDERS[order]());
process.stdin.on("end", () => process.exit(0));
connection.on("connection_error", () => tell({ failed: String(connection.error) }));
connection.on("disconnected", () => process.exit(0));
rhea.on("error", (error) => tell({ failed: String(error) }));
