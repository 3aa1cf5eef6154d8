// Signs, encrypts and opens with the system's openssl. Keys are our own files; the other's
// certificates, and whom to believe them by, are those of the agreement and of the folder of trust.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { X509Certificate } from "node:crypto";
import { all, read } from "./xml.mjs";

const DER = ["-inform", "DER"];
const OUT = ["-outform", "DER", "-binary"];

export class Protection {
  constructor({ keys, trust, agreement, portal, folder }) {
    this.encryption = join(keys, "encryption.pem");
    this.signing = join(keys, "signing.pem");
    this.authorities = join(folder, "authorities.pem");
    const trusted = readdirSync(trust).map((name) => readFileSync(join(trust, name)));
    writeFileSync(this.authorities, trusted.map(pem).join(""));
    [this.toThem, this.byThem] = certificates(agreement, portal).map((der, number) => {
      const path = join(folder, `theirs-${number}.pem`);
      writeFileSync(path, pem(der));
      return path;
    });
  }

  // Only the certificate of the agreement may have signed, whatever lies in the message.
  open(body) {
    const signed = openssl(["-decrypt", ...DER, "-recip", this.encryption], body);
    const believed = ["-CAfile", this.authorities, "-nointern", "-certfile", this.byThem];
    return openssl(["-verify", ...DER, "-binary", "-purpose", "any", ...believed], signed);
  }

  close(xml, signer = this.signing) {
    const signed = openssl(["-sign", "-nodetach", "-md", "sha256", "-signer", signer, ...OUT], xml);
    return openssl(["-encrypt", "-aes-256-cbc", ...OUT, this.toThem], signed);
  }
}

// Theirs for encryption, then theirs for signing, told apart by what each may be used for.
function certificates(path, portal) {
  const parties = all(read(readFileSync(path)), "PartyInfo");
  const theirs = parties.find((one) => all(one, "PartyId").some((id) => id.text === portal));
  const found = all(theirs, "X509Certificate").map((one) => Buffer.from(one.text, "base64"));
  const uses = (der) => openssl(["-text"], pem(der), ["x509", "-noout", "-ext", "keyUsage"]);
  return ["Key Encipherment", "Non Repudiation"].map((use) =>
    found.find((der) => String(uses(der)).includes(use)),
  );
}

const pem = (der) => new X509Certificate(der).toString();

function openssl(words, input, command = ["cms"]) {
  const done = spawnSync("openssl", [...command, ...words], { input, maxBuffer: 2 ** 26 });
  if (done.status !== 0) throw new Error(`openssl ${words[0]}: ${done.stderr}`);
  return done.stdout;
}
