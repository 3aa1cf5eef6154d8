// What makes a page quicker to use, never what makes it work: counters, one click once, unsaved words.
(() => {
  "use strict";

  const count = (area) => {
    const line = document.getElementById(`${area.id}_count`);
    if (!line) return;
    const most = Number(area.dataset.counted);
    const written = [...area.value.trim()].length;
    const over = written > most;
    line.textContent = (over ? line.dataset.over : line.dataset.room).replace("{n}", over ? written - most : written);
    line.classList.toggle("over", over);
  };

  const begin = (root) => root.querySelectorAll("[data-counted]").forEach(count);

  let unsaved = false;
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-counted]")) {
      count(event.target);
      unsaved = event.target.value.trim() !== event.target.defaultValue.trim();
    }
  });

  // A second click while the first is under way would only be told that it is the same click.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    unsaved = false;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 8000);
  });

  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
    begin(document);
  });

  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  document.addEventListener("htmx:after:swap", () => begin(document));
  begin(document);
})();
