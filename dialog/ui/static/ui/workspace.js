// The office's keyboard. Marks in the page say what a key does: data-item for j and k, data-key for the rest.
(() => {
  "use strict";

  const writing = (target) => target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

  const step = (by) => {
    const items = [...document.querySelectorAll("[data-item]")];
    if (!items.length) return false;
    const now = items.indexOf(document.activeElement?.closest("[data-item]") ?? null);
    const next = now < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(Math.max(now + by, 0), items.length - 1);
    items[next].focus();
    return true;
  };

  const go = (key) => {
    const target = document.querySelector(`[data-key="${key}"]`);
    if (!target) return false;
    if (target.matches("textarea, input, select")) target.focus();
    else target.click();
    return true;
  };

  const help = () => {
    const keys = document.getElementById("tastatur");
    if (!keys) return false;
    keys.open = !keys.open;
    if (keys.open) keys.querySelector("summary").focus();
    return true;
  };

  document.addEventListener("click", (event) => {
    const wanted = event.target.closest("[data-copy]");
    if (!wanted) return;
    const field = document.getElementById(wanted.dataset.copy);
    field.select();
    navigator.clipboard?.writeText(field.value).catch(() => {});
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && writing(event.target)) return event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    const acts = { j: () => step(1) || go("j"), k: () => step(-1) || go("k"), "?": help };
    const act = acts[event.key] ?? (/^[a-z]$/.test(event.key) ? () => go(event.key) : null);
    if (act && act()) event.preventDefault();
  });
})();
