// What one has chosen to send: seen before it goes, turned the right way, taken away again. Without this, the field still works.
(() => {
  "use strict";
  if (document.documentElement.dataset.uploads) return; // a page may have several such fields
  document.documentElement.dataset.uploads = "yes";
  const SIDE = 160;
  const turns = new WeakMap();

  const size = (bytes) => {
    const large = bytes >= 1024 * 1024;
    const number = (bytes / (large ? 1024 * 1024 : 1024)).toLocaleString(document.documentElement.lang, { maximumFractionDigits: large ? 1 : 0 });
    return `${number}\u00a0${large ? "MB" : "kB"}`;
  };

  const element = (name, words, look) => {
    const made = document.createElement(name);
    if (words) made.textContent = words;
    if (look) made.className = look;
    return made;
  };

  const button = (words, about, act) => {
    const made = element("button", words, "ds-button");
    made.type = "button";
    made.dataset.variant = "tertiary";
    made.dataset.size = "sm";
    made.append(element("span", ` ${about}`, "ds-sr-only"));
    made.addEventListener("click", act);
    return made;
  };

  const draw = (canvas, picture, quarters) => {
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const [width, height] = [picture.width * scale, picture.height * scale];
    [canvas.width, canvas.height] = quarters % 2 ? [height, width] : [width, height];
    const pen = canvas.getContext("2d");
    pen.translate(canvas.width / 2, canvas.height / 2);
    pen.rotate((quarters * Math.PI) / 2);
    pen.drawImage(picture, -width / 2, -height / 2, width, height);
  };

  const remove = (input, file) => {
    const left = new DataTransfer();
    [...input.files].filter((one) => one !== file).forEach((one) => left.items.add(one));
    input.files = left.files;
    show(input);
    input.focus();
  };

  const line = (input, file, words) => {
    const row = element("li");
    const turned = element("input");
    Object.assign(turned, { type: "hidden", name: `${input.name}_turned`, value: turns.get(file) ?? 0 });
    const about = element("span", `${file.name}, ${size(file.size)}`);
    const acts = element("span", "", "inline");
    row.append(about, acts, turned);
    if (file.size > Number(input.dataset.largest)) about.append(element("strong", ` ${words.large}`, "late"));
    createImageBitmap(file).then((picture) => {
      const canvas = element("canvas");
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", file.name);
      draw(canvas, picture, turns.get(file) ?? 0);
      row.prepend(canvas);
      const turn = (quarters) => () => {
        turned.value = ((turns.get(file) ?? 0) + quarters) % 4;
        turns.set(file, Number(turned.value));
        draw(canvas, picture, Number(turned.value));
      };
      acts.prepend(button(words.left, file.name, turn(3)), button(words.right, file.name, turn(1)));
    }, () => {}); // a PDF, or a kind of picture that this browser cannot show
    acts.append(button(words.remove, file.name, () => remove(input, file)));
    return row;
  };

  const show = (input) => {
    const list = document.getElementById(`${input.id}_chosen`);
    list?.replaceChildren(...[...input.files].map((file) => line(input, file, list.dataset)));
  };

  // A picture just taken joins those already chosen, so that one more can be taken after it.
  const join = (camera) => {
    const input = document.getElementById(camera.dataset.into);
    const all = new DataTransfer();
    [...input.files, ...camera.files].forEach((one) => all.items.add(one));
    input.files = all.files;
    camera.value = "";
    show(input);
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=file][data-largest]")) show(event.target);
    if (event.target.matches("input[type=file][data-into]")) join(event.target);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("input[type=file][data-largest]").forEach(show));
})();
