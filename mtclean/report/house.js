"use strict";
// Have what the page proposes written into the settings of the house, and take it back.
(() => {
  const byId = (id) => document.getElementById(id);
  const { standing, rule, words, instead } = document.documentElement.dataset;
  const [write, undo, saved] = ["write", "undo", "saved"].map(byId);

  async function put(content, done, next) {
    saved.textContent = "Working …";
    for (const one of [write, undo]) if (one) one.disabled = true;
    let answer, said;
    try {
      answer = await fetch("/house", { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content) });
      said = await answer.text();
    } catch {
      said = "the review server does not answer";
    }
    for (const one of [write, undo]) if (one) one.disabled = false;
    saved.textContent = answer?.ok ? said : `Not done: ${said}`;
    if (!answer?.ok) return;
    done.hidden = true;
    next.hidden = false;
    next.focus();
  }

  write?.addEventListener("click", () => put({ standing, rule, words, instead }, write, undo));
  undo.addEventListener("click", () => put({ undo: true }, undo, write));
})();
