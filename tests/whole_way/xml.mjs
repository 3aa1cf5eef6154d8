// Reads XML without anybody's library, so that what the platform writes is read by somebody else.
// Names are local names; which prefix a sender chose means nothing.
const TOKEN = /<\?[^]*?\?>|<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<(\/?)([^\s\/>]+)([^>]*?)(\/?)>|([^<]+)/g;
const KNOWN = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

export function read(bytes) {
  const root = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const source = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  for (const [, cdata, end, name, said, empty, words] of source.matchAll(TOKEN)) {
    const inside = open.at(-1);
    if (cdata !== undefined) inside.text += cdata;
    else if (words !== undefined) inside.text += plain(words);
    else if (end) {
      if (open.pop().name !== local(name)) throw new Error(`</${name}> ends another element`);
    } else if (name) {
      const one = { name: local(name), attributes: attributes(said), children: [], text: "" };
      inside.children.push(one);
      if (!empty) open.push(one);
    }
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error("not one whole element");
  return root.children[0];
}

// The first element at the end of a path of names, each anywhere below the one before.
export function find(node, ...names) {
  return names.reduce((inside, name) => inside && all(inside, name)[0], node);
}

// Every element of a name below this one.
export function all(node, name) {
  return node.children.flatMap((one) => [...(one.name === name ? [one] : []), ...all(one, name)]);
}

export const text = (node, ...names) => find(node, ...names)?.text.trim() ?? "";

export const escaped = (words) =>
  words.replace(/[<&>"]/g, (one) => `&#${one.codePointAt(0)};`);

const local = (name) => name.split(":").at(-1);

function attributes(said) {
  const found = said.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries([...found].map(([, name, one, two]) => [local(name), plain(one ?? two)]));
}

function plain(words) {
  return words.replace(/&(#x?)?(\w+);/g, (_all, number, name) => {
    if (number) return String.fromCodePoint(parseInt(name, number === "#" ? 10 : 16));
    if (!(name in KNOWN)) throw new Error(`nobody knows &${name};`);
    return KNOWN[name];
  });
}
