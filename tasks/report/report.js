"use strict";
(() => {
  const root = document.documentElement;
  const text = document.getElementById("text");
  const card = document.getElementById("card");
  const where = document.getElementById("where");

  // What can be stepped through, in document order: a change, suggestion or finding, and its marks.
  const marks = new Map();
  for (const mark of text.querySelectorAll("[data-i]")) {
    const key = mark.dataset.i;
    if (marks.has(key)) marks.get(key).push(mark);
    else marks.set(key, [mark]);
  }
  const stops = [...marks.keys()];
  const places = new Map(stops.map((key, i) => [key, i]));
  let at = -1;
  let parsed = null;

  // The data is read when it is first needed, so that a large page is on the screen before.
  function data() {
    parsed ??= JSON.parse(document.getElementById("data").textContent);
    return parsed;
  }

  function make(tag, style, content) {
    const element = document.createElement(tag);
    if (style) element.className = style;
    if (content !== undefined) element.textContent = content;
    return element;
  }

  function quote(left, before, after, right) {
    const line = make("p", "quote");
    line.append(left);
    if (before) line.append(make("del", "", before));
    if (after) line.append(make("ins", "", after));
    line.append(right);
    return line;
  }

  // A rule's explanation may set words in backticks.
  function prose(style, content) {
    const paragraph = make("p", style);
    content.split(/(`+)(.+?)\1/).forEach((part, i) => {
      if (i % 3 === 0) paragraph.append(part);
      if (i % 3 === 2) paragraph.append(make("code", "", part));
    });
    return paragraph;
  }

  function about(rule) {
    const parts = [];
    const [category, summary, rest] = data().rules[rule] ?? ["", "", []];
    if (summary) parts.push(prose("about", summary));
    for (const paragraph of rest) parts.push(prose("about", paragraph));
    if (category) parts.push(make("p", "about", category));
    return parts;
  }

  function fixPart(fix) {
    const names = data().names;
    const part = make("article");
    part.append(make("h3", "", names[fix.rule] || "(no rule)"));
    part.append(make("span", `tag ${fix.state}`, fix.state), make("span", "tag", names[fix.stage]));
    if (names[fix.reason]) part.append(make("p", "", names[fix.reason]));
    for (const edit of fix.edits) part.append(quote(...edit));
    if (fix.edits.length > 1) part.append(make("p", "about", "These edits belong together."));
    part.append(...about(fix.rule));
    return part;
  }

  function findingPart(finding) {
    const names = data().names;
    const part = make("article");
    part.append(make("h3", "", names[finding.rule] || "(no rule)"));
    part.append(make("span", `tag ${finding.severity}`, finding.severity));
    part.append(make("span", "tag", names[finding.stage]));
    part.append(make("p", "", names[finding.message]));
    if (finding.excerpt) part.append(make("p", "quote", finding.excerpt));
    if (finding.suggestions.length) {
      part.append(make("p", "", `Perhaps: ${finding.suggestions.join(" · ")}`));
    }
    part.append(...about(finding.rule));
    return part;
  }

  function partsOf(key) {
    const number = Number(key.slice(1));
    const { changes, fixes, findings } = data();
    if (key[0] === "f") return [findingPart(findings[number])];
    if (key[0] === "s") return [fixPart(fixes[number])];
    return changes[number].map((n) => fixPart(fixes[n]));
  }

  function idOf(key) {
    const number = Number(key.slice(1));
    const { changes, fixes, findings } = data();
    if (key[0] === "f") return findings[number].id;
    return fixes[key[0] === "s" ? number : changes[number][0]].id;
  }

  function keyOf(id) {
    const { changes, fixes, findings } = data();
    const finding = findings.findIndex((f) => f.id === id);
    if (finding >= 0) return `f${finding}`;
    const fix = fixes.findIndex((f) => f.id === id);
    if (fix < 0) return null;
    const change = changes.findIndex((numbers) => numbers.includes(fix));
    return change >= 0 ? `c${change}` : `s${fix}`;
  }

  function leave() {
    for (const mark of marks.get(stops[at]) ?? []) mark.classList.remove("now");
  }

  function go(place, scroll = true) {
    if (place < 0 || place >= stops.length) return;
    leave();
    at = place;
    const key = stops[at];
    const here = marks.get(key);
    for (const mark of here) mark.classList.add("now");
    const close = make("button", "close", "Close");
    close.type = "button";
    close.addEventListener("click", shut);
    card.replaceChildren(close, ...partsOf(key));
    card.classList.add("open");
    root.classList.add("reading");
    where.textContent = `${(at + 1).toLocaleString()} of ${stops.length.toLocaleString()}`;
    if (scroll) {
      // In the view of one text a mark of the other has no place of its own; its block has.
      const seen = here.find((mark) => mark.getClientRects().length) ?? here[0].parentElement;
      seen.scrollIntoView({ block: "center" });
    }
    try {
      history.replaceState(null, "", `#e-${idOf(key)}`);
    } catch {
      // Some browsers keep files from changing their address; the link is a convenience.
    }
  }

  function shut() {
    leave();
    card.classList.remove("open");
    root.classList.remove("reading");
  }

  function step(by) {
    go(at < 0 ? (by > 0 ? 0 : stops.length - 1) : at + by);
  }

  function show(view) {
    root.dataset.view = view;
    for (const button of document.querySelectorAll("[data-show]")) {
      button.setAttribute("aria-pressed", String(button.dataset.show === view));
    }
    if (at >= 0) marks.get(stops[at])[0].scrollIntoView({ block: "center" });
  }

  function follow() {
    const key = location.hash.startsWith("#e-") ? keyOf(location.hash.slice(3)) : null;
    if (key && places.has(key)) go(places.get(key));
  }

  const views = ["inline", "original", "cleaned"];
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    v: () => show(views[(views.indexOf(root.dataset.view) + 1) % views.length]),
    Escape: shut,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-i]");
    if (mark) go(places.get(mark.dataset.i), false);
  });
  for (const button of document.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  for (const button of document.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => show(button.dataset.show));
  }
  window.addEventListener("hashchange", follow);
  where.textContent = stops.length === 1 ? "1 mark" : `${stops.length.toLocaleString()} marks`;
  follow();
})();
