// A record system written by others, as far as the bus can see: answers what it is asked, and sends
// one message. It says on each line what it has seen. Settings come as JSON in the first argument.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { randomUUID } from "node:crypto";

const rhea = createRequire(import.meta.url)("rhea");
const said = JSON.parse(process.argv[2]);
const tls = said.ca ? { transport: "tls", ca: [readFileSync(said.ca)], servername: said.host } : {};
const login = said.user ? { username: said.user, password: said.password } : {};
const tell = (seen) => console.log(JSON.stringify(seen));

const connection = rhea.connect({
  host: said.host, port: said.port, reconnect: false, container_id: "stranger", ...tls, ...login,
});

function properties() {
  return {
    fromHerId: said.own, toHerId: said.other, applicationTimeStamp: new Date(),
  };
}

connection.on("connection_open", () => {
  connection.open_receiver({ source: `${said.own}_sync`, credit_window: 5, autoaccept: true });
});

connection.on("receiver_open", () => {
  const sender = connection.open_sender(`${said.other}_async`);
  sender.once("sendable", () => sender.send({
    message_id: randomUUID(), to: `${said.other}_async`, subject: "DIALOG_INNBYGGER_TEST",
    content_type: "text/plain", durable: true, application_properties: properties(),
    body: rhea.message.data_section(Buffer.from("from a stranger")),
  }));
  sender.on("accepted", () => tell({ accepted: true }));
});

connection.on("message", ({ message, delivery }) => {
  tell({
    subject: message.subject, type: message.content_type, ttl: message.ttl, durable: message.durable,
    from: message.application_properties.fromHerId, to: message.application_properties.toHerId,
    time: message.application_properties.applicationTimeStamp instanceof Date,
    body: message.body.content.toString(), count: message.delivery_count,
  });
  const sender = connection.open_sender(message.reply_to);
  sender.once("sendable", () => sender.send({
    message_id: randomUUID(), to: message.reply_to, correlation_id: message.correlation_id,
    subject: message.subject, content_type: message.content_type,
    application_properties: properties(),
    body: rhea.message.data_section(Buffer.concat([Buffer.from("heard: "), message.body.content])),
  }));
});

connection.on("disconnected", () => process.exit(0));
connection.on("connection_error", () => tell({ refused: connection.error.condition }));
rhea.on("error", (error) => { tell({ error: String(error) }); process.exit(1); });
