"use strict";
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const text = byId("text");
  const card = byId("card");
  const where = byId("where");
  const progress = byId("progress");
  const saved = byId("saved");
  const filters = byId("filters");
  const keysHelp = byId("keys");
  const address = root.dataset.save; // where decisions are sent; empty for a page that is a file
  const memory = `mtclean:${root.dataset.document}`;

  // ---- What the page is about ------------------------------------------------------------------

  // A stop is what can be stepped to, in document order: a change (c), suggestion (s) or finding
  // (f), with its marks in the text and the fixes and findings it comes from.
  let marks, stops, places, parsed, items, byName;
  let at = -1;

  function index() {
    marks = new Map();
    for (const mark of text.querySelectorAll("[data-i]")) {
      const key = mark.dataset.i;
      if (marks.has(key)) marks.get(key).push(mark);
      else marks.set(key, [mark]);
    }
    stops = [...marks.keys()];
    places = new Map(stops.map((key, i) => [key, i]));
  }

  // The data is read when it is first needed, so that a large page is on the screen before.
  function data() {
    if (parsed) return parsed;
    parsed = JSON.parse(byId("data").textContent);
    items = [...parsed.fixes, ...parsed.findings];
    byName = new Map(items.map((item) => [item.id, item]));
    parsed.changes.forEach((numbers, n) => {
      for (const i of numbers) parsed.fixes[i].key = `c${n}`;
    });
    parsed.fixes.forEach((fix, n) => {
      if (fix.state !== "applied") fix.key = `s${n}`;
    });
    parsed.findings.forEach((finding, n) => {
      finding.key = `f${n}`;
      finding.isFinding = true;
    });
    for (const item of items) {
      if (item.decision) item.decision = asDecision(item, item.decision, item.decision === "edit" ? item.text : "");
    }
    return parsed;
  }

  function itemsOf(key) {
    const number = Number(key.slice(1));
    const { changes, fixes, findings } = data();
    if (key[0] === "f") return [findings[number]];
    if (key[0] === "s") return [fixes[number]];
    return changes[number].map((n) => fixes[n]);
  }

  const name = (number) => data().names[number];
  const categoryOf = (item) =>
    name(item.category) || (data().rules[item.rule] ?? [""])[0];

  // ---- Decisions -------------------------------------------------------------------------------

  // What was decided here since the page was made: a decision by id, or null for one taken back.
  let own = new Map();
  let past = [];
  let unsent = new Map();
  let sending = false;

  function decisionOn(item) {
    return own.has(item.id) ? own.get(item.id) : item.decision;
  }

  const isAsked = (item) =>
    Boolean(item.decision || decisionOn(item)) ||
    (item.isFinding ? item.severity !== "neutral" : item.state !== "applied");

  function aboutOf(item) {
    if (item.isFinding) return `${name(item.message)} ${item.excerpt}`.slice(0, 300);
    return item.edits.map(([left, b, a, right]) => `${left}[${b} → ${a}]${right}`).join("; ").slice(0, 300);
  }

  function asDecision(item, verdict, replacement = "", remember = false) {
    return { id: item.id, verdict, rule: name(item.rule), about: aboutOf(item), replacement, remember };
  }

  // Decide on some items at once; it is one step for undo.
  function decide(some, verdict, replacement = "", remember = false) {
    if (!some.length) return;
    past.push(some.map((item) => [item.id, decisionOn(item) ?? null]));
    for (const item of some) {
      set(item, verdict ? asDecision(item, verdict, replacement, remember) : null);
    }
    settle(some);
  }

  function undo() {
    const step = past.pop();
    if (!step) return;
    const some = step.filter(([id]) => byName.has(id));
    for (const [id, before] of some) set(byName.get(id), before);
    settle(some.map(([id]) => byName.get(id)));
    const first = some.map(([id]) => places.get(byName.get(id).key)).find((place) => place !== undefined);
    if (first !== undefined) go(first);
  }

  function set(item, decision) {
    own.set(item.id, decision);
    unsent.set(item.id, decision);
  }

  function settle(some) {
    for (const key of new Set(some.map((item) => item.key))) paint(key);
    count();
    map();
    if (address) send();
    else remember();
  }

  function remember() {
    try {
      localStorage.setItem(memory, JSON.stringify([...own]));
    } catch {
      saved.textContent = "Your browser remembers nothing here: export before you leave.";
    }
  }

  function recall() {
    if (address) return;
    try {
      own = new Map(JSON.parse(localStorage.getItem(memory) ?? "[]"));
    } catch {
      own = new Map();
    }
    if (!own.size) return;
    data();
    for (const id of [...own.keys()]) if (!byName.has(id)) own.delete(id);
    for (const id of own.keys()) paint(byName.get(id).key);
  }

  // The server does the document again and answers with the whole page; what is in it is shown.
  async function send() {
    if (sending || !unsent.size) return;
    sending = true;
    const sent = unsent;
    unsent = new Map();
    saved.textContent = "Saving …";
    try {
      const answer = await fetch(address, {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(Object.fromEntries(sent)),
      });
      if (!answer.ok) throw new Error(await answer.text());
      adopt(new DOMParser().parseFromString(await answer.text(), "text/html"));
      saved.textContent = root.dataset.note || "Saved";
    } catch (problem) {
      for (const [id, decision] of sent) if (!unsent.has(id)) unsent.set(id, decision);
      saved.textContent = `Not saved: ${problem.message || "the review server does not answer"}`;
      sending = false;
      return;
    }
    sending = false;
    send();
  }

  function adopt(page) {
    const here = at >= 0 ? itemsOf(stops[at])[0].id : null;
    const open = card.contains(document.activeElement) && document.activeElement.tagName === "TEXTAREA";
    for (const id of ["text", "data", "figures", "by-stage"]) {
      byId(id).replaceChildren(...page.getElementById(id).childNodes);
    }
    root.dataset.note = page.documentElement.dataset.note ?? "";
    parsed = null;
    own = new Map(unsent);
    data();
    twin();
    index();
    for (const id of own.keys()) paint(byName.get(id)?.key);
    fill();
    sift();
    count();
    const key = byName.get(here)?.key;
    if (key && places.has(key)) mark(places.get(key));
    else at = Math.min(at, stops.length - 1);
    if (at >= 0 && !open) describe();
    paintAll();
  }

  // ---- The text --------------------------------------------------------------------------------

  const isWanted = (item) => {
    const decision = decisionOn(item);
    if (decision) return decision.verdict !== "reject";
    return !item.isFinding && item.safe;
  };
  const unchanged = (item) => {
    const decision = decisionOn(item);
    return !own.has(item.id) || (decision?.verdict === item.decision?.verdict && decision?.replacement === item.decision?.replacement);
  };

  // Show in the marks of a stop what was decided on it.
  function paint(key) {
    if (!marks.has(key)) return; // other fixes undid what this one did
    const some = itemsOf(key);
    const here = marks.get(key);
    const written = some.find((item) => decisionOn(item)?.verdict === "edit" && !unchanged(item));
    const made = key[0] === "c";
    const wanted = some.filter(isWanted).length;
    const set = (style, on) => here.forEach((m) => m.classList.toggle(style, on));
    set("no", made ? wanted === 0 : some.every((item) => decisionOn(item)?.verdict === "reject"));
    set("part", made && wanted > 0 && wanted < some.length);
    // What was accepted and not made when the page was was left out for another decision.
    set("yes", key[0] === "s" && decisionOn(some[0])?.verdict === "accept" && !unchanged(some[0]));
    set("swap", Boolean(written));
    set("decided", some.every((item) => decisionOn(item)));
    for (const old of here.filter((m) => m.classList.contains("hand"))) old.remove();
    const left = here.filter((m) => !m.classList.contains("hand"));
    if (written) {
      for (const block of new Set(left.map((m) => m.closest(".b")))) {
        const last = left.filter((m) => m.closest(".b") === block).at(-1);
        const hand = make("ins", "hand", decisionOn(written).replacement);
        hand.dataset.i = key;
        last.after(hand);
        left.push(hand);
      }
    }
    marks.set(key, left);
  }

  function paintAll() {
    for (const item of items) if (item.decision) paint(item.key);
  }

  // The cleaned text with the decisions made here; what no eye can see stands for itself again.
  function textNow(node = text) {
    let out = "";
    for (const part of node.childNodes) {
      if (part.nodeType === Node.TEXT_NODE) out += part.data;
      else if (part.nodeType === Node.ELEMENT_NODE && isRead(part.classList, part.tagName)) {
        out += part.classList.contains("c")
          ? String.fromCodePoint(parseInt(part.dataset.c, 16)).repeat(Number(part.dataset.n ?? 1))
          : textNow(part);
      }
    }
    return out;
  }

  function isRead(has, tag) {
    if (has.contains("hand")) return true;
    if (has.contains("swap") || has.contains("right")) return false;
    if (has.contains("ghost")) return has.contains("yes");
    if (has.contains("sg")) return !has.contains("yes");
    if (tag === "DEL") return has.contains("no");
    return tag !== "INS" || !has.contains("no");
  }

  // ---- The card --------------------------------------------------------------------------------

  function make(tag, style, content) {
    const element = document.createElement(tag);
    if (style) element.className = style;
    if (content !== undefined) element.textContent = content;
    return element;
  }

  function button(label, action, style = "", key = "") {
    const made = make("button", style, label);
    made.type = "button";
    if (key) made.append(" ", make("kbd", "", key));
    made.addEventListener("click", action);
    return made;
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
    const [category, summary, rest] = data().rules[rule] ?? ["", "", []];
    const paragraphs = [summary, ...rest].filter(Boolean);
    if (!paragraphs.length && !category) return [];
    const more = make("details", "about");
    more.append(make("summary", "", "About this rule"));
    for (const paragraph of paragraphs) more.append(prose("about", paragraph));
    if (category) more.append(make("p", "about", category));
    return [more];
  }

  const SAID = { accept: "accepted", reject: "rejected", edit: "written by hand" };

  function partOf(item) {
    const part = make("article");
    part.append(make("h3", "", name(item.rule) || "(no rule)"));
    const kind = item.isFinding ? item.severity : item.state;
    part.append(make("span", `tag ${kind}`, kind), make("span", "tag", name(item.stage)));
    if (item.segment !== undefined) part.append(make("span", "tag", name(item.segment)));
    const decision = decisionOn(item);
    if (decision) part.append(make("span", `tag said ${decision.verdict}`, SAID[decision.verdict]));
    if (item.isFinding) {
      part.append(make("p", "", name(item.message)));
      if (item.excerpt) part.append(make("p", "quote", item.excerpt));
      if (item.suggestions.length) part.append(make("p", "", `Perhaps: ${item.suggestions.join(" · ")}`));
    } else {
      if (name(item.reason)) part.append(make("p", "", name(item.reason)));
      for (const edit of item.edits) part.append(quote(...edit));
      if (item.edits.length > 1) part.append(make("p", "about", "These edits belong together."));
    }
    if (decision?.verdict === "edit") part.append(make("p", "quote written", decision.replacement));
    part.append(choices(item), ...about(item.rule));
    return part;
  }

  function choices(item) {
    const box = make("div", "choices");
    const chosen = decisionOn(item)?.verdict;
    const labels = item.isFinding ? ["True", "Wrong"] : ["Accept", "Reject"];
    ["accept", "reject"].forEach((verdict, i) => {
      const choice = button(labels[i], () => settleOn([item], verdict), verdict, "ax"[i]);
      choice.setAttribute("aria-pressed", String(chosen === verdict));
      box.append(choice);
    });
    if (item.text !== undefined) {
      const choice = button("Edit", () => write(item), "", "e");
      choice.setAttribute("aria-pressed", String(chosen === "edit"));
      box.append(choice);
    }
    const same = items.filter((other) => other.rule === item.rule && other.isFinding === item.isFinding);
    const all = make("details", "same");
    all.append(make("summary", "", same.length > 1 ? `All ${same.length} of this rule` : "This rule"));
    const row = make("div", "choices");
    row.append(
      button(`${labels[0]}: all`, () => settleOn(same, "accept")),
      button(`${labels[1]}: all`, () => settleOn(same, "reject")),
      button("Reject and remember", () => settleOn(same, "reject", "", true)),
    );
    all.append(row, make("p", "about", "Remembered, the rule is switched off in mtclean.toml when the decisions are applied."));
    const wrap = make("div");
    wrap.append(box, all);
    return wrap;
  }

  function settleOn(some, verdict, replacement = "", remembered = false) {
    decide(some, verdict, replacement, remembered);
    if (some.length === 1 && itemsOf(stops[at]).every((item) => decisionOn(item))) step(1);
    else describe();
  }

  function write(item) {
    const box = make("form", "writing");
    const label = make("label", "", item.isFinding ? "Put in its place" : "Put instead");
    const field = make("textarea");
    field.value = decisionOn(item)?.verdict === "edit" ? decisionOn(item).replacement : item.text;
    field.rows = Math.min(8, 2 + field.value.length / 30);
    label.append(field);
    const keep = make("button", "accept", "Keep this");
    box.append(label, keep, button("Cancel", describe));
    box.addEventListener("submit", (event) => {
      event.preventDefault();
      settleOn([item], "edit", field.value);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") describe();
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        box.requestSubmit();
      }
    });
    card.replaceChildren(box);
    field.focus();
    field.select();
  }

  function describe() {
    const close = button("Close", shut, "close");
    card.replaceChildren(close, ...itemsOf(stops[at]).map(partOf));
  }

  // ---- Steps -----------------------------------------------------------------------------------

  function leave() {
    for (const here of marks.get(stops[at]) ?? []) here.classList.remove("now");
  }

  function mark(place) {
    leave();
    at = place;
    for (const here of marks.get(stops[at])) here.classList.add("now");
    say();
  }

  function say() {
    const open = seen();
    where.textContent =
      at < 0
        ? open.length === 1 ? "1 mark" : `${open.length.toLocaleString()} marks`
        : `${(open.indexOf(stops[at]) + 1 || "–").toLocaleString()} of ${open.length.toLocaleString()}`;
  }

  function go(place, scroll = true) {
    if (place < 0 || place >= stops.length) return;
    mark(place);
    describe();
    card.classList.add("open");
    root.classList.add("reading");
    if (scroll) {
      // In the view of one text a mark of the other has no place of its own; its block has.
      const here = marks.get(stops[at]);
      const shown = here.find((m) => m.getClientRects().length) ?? here[0].closest(".b");
      shown.scrollIntoView({ block: "center" });
    }
    keepAddress();
  }

  function shut() {
    leave();
    at = -1;
    say();
    card.classList.remove("open");
    root.classList.remove("reading");
  }

  // The nearest stop in a direction that the filters let through.
  function step(by) {
    let place = at < 0 ? (by > 0 ? 0 : stops.length - 1) : at + by;
    while (stops[place] && hidden.has(stops[place])) place += by;
    if (stops[place]) go(place);
    else if (at >= 0) describe();
  }

  function show(view) {
    root.dataset.view = view;
    for (const choice of document.querySelectorAll("[data-show]")) {
      choice.setAttribute("aria-pressed", String(choice.dataset.show === view));
    }
    const here = at >= 0 ? stops[at] : null;
    if (twin()) {
      index();
      for (const item of own.size ? [...own.keys()].map((id) => byName.get(id)) : []) paint(item.key);
      if (here) mark(places.get(here));
    }
    if (here) marks.get(here)[0].scrollIntoView({ block: "center" });
  }

  // Side by side every block stands twice, so that the two stay level; true where that changed.
  function twin() {
    const wanted = root.dataset.view === "side";
    const twins = text.querySelectorAll(".b.right");
    if (wanted === twins.length > 0) return false;
    for (const block of twins) block.remove();
    if (!wanted) return true;
    for (const block of [...text.children]) {
      const right = block.cloneNode(true);
      right.classList.add("right");
      for (const named of right.querySelectorAll("[id]")) named.removeAttribute("id");
      block.after(right);
    }
    return true;
  }

  // ---- Filters ---------------------------------------------------------------------------------

  let hidden = new Set();

  const KINDS = {
    asked: isAsked,
    undecided: (item) => isAsked(item) && !decisionOn(item),
    changed: (item) => item.state === "applied",
    suggested: (item) => item.state && item.state !== "applied",
    findings: (item) => item.isFinding,
    rejected: (item) => decisionOn(item)?.verdict === "reject",
  };

  const FIELDS = {
    stage: (item) => name(item.stage),
    rule: (item) => name(item.rule),
    category: categoryOf,
  };

  function fill() {
    data();
    for (const [field, of] of Object.entries(FIELDS)) {
      const choice = filters.elements[field];
      const chosen = choice.value;
      const counts = new Map();
      for (const item of items) counts.set(of(item), (counts.get(of(item)) ?? 0) + 1);
      const options = [...counts.keys()].filter(Boolean).sort();
      choice.replaceChildren(new Option(`every ${field}`, ""));
      for (const value of options) choice.append(new Option(`${value} (${counts.get(value)})`, value));
      choice.value = options.includes(chosen) ? chosen : "";
    }
  }

  function isShown(item) {
    const kind = KINDS[filters.elements.show.value];
    if (kind && !kind(item)) return false;
    return Object.entries(FIELDS).every(([field, of]) => {
      const wanted = filters.elements[field].value;
      return !wanted || of(item) === wanted;
    });
  }

  const isFiltering = () => ["show", ...Object.keys(FIELDS)].some((f) => filters.elements[f].value);
  const seen = () => stops.filter((key) => !hidden.has(key));

  function sift() {
    hidden = new Set(isFiltering() ? stops.filter((key) => !itemsOf(key).some(isShown)) : []);
    for (const key of stops) {
      for (const m of marks.get(key)) m.classList.toggle("off", hidden.has(key));
    }
    byId("clear").hidden = !isFiltering();
    say();
    map();
  }

  // ---- The address: a permalink to the stop, and the filters ------------------------------------

  function keepAddress() {
    const parts = at >= 0 ? [`e-${itemsOf(stops[at])[0].id}`] : [];
    for (const field of ["show", ...Object.keys(FIELDS)]) {
      const value = filters.elements[field].value;
      if (value) parts.push(`${field}=${encodeURIComponent(value)}`);
    }
    try {
      history.replaceState(null, "", parts.length ? `#${parts.join("&")}` : " ");
    } catch {
      // Some browsers keep files from changing their address; the link is a convenience.
    }
  }

  function follow() {
    const parts = location.hash.slice(1).split("&").filter(Boolean);
    const id = parts.find((part) => part.startsWith("e-"))?.slice(2);
    const wanted = parts.filter((part) => part.includes("="));
    if (wanted.length) {
      fill();
      for (const part of wanted) {
        const [field, value] = part.split("=");
        if (field in FIELDS || field === "show") filters.elements[field].value = decode(value);
      }
      sift();
    }
    if (!id) return;
    data();
    const key = byName.get(decode(id))?.key;
    if (key && places.has(key)) go(places.get(key));
  }

  function decode(part) {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  }

  // ---- Where the marks are in the whole text ----------------------------------------------------

  const strip = byId("map");
  const BINS = 240;

  function map() {
    if (!strip || !parsed) return;
    const blocks = [...text.children].filter((block) => !block.classList.contains("right"));
    const starts = new Map();
    let length = 0;
    for (const block of blocks) {
      starts.set(block, length);
      length += block.textContent.length;
    }
    const bins = new Map();
    const rank = { major: 3, minor: 2, suggested: 2, applied: 1, declined: 0, neutral: 0 };
    let block = null, inside = 0, count = 1;
    for (const key of stops) {
      if (hidden.has(key)) continue;
      const own = marks.get(key)[0].closest(".b");
      if (own !== block) {
        block = own;
        inside = 0;
        count = own.querySelectorAll("[data-i]").length + 1;
      }
      inside += 1;
      const offset = (starts.get(own) ?? 0) + (own.textContent.length * inside) / count;
      const item = itemsOf(key)[0];
      const kind = item.isFinding ? item.severity : item.state;
      const bin = Math.min(BINS - 1, Math.floor((offset / (length || 1)) * BINS));
      if (!bins.has(bin) || rank[kind] > rank[bins.get(bin)]) bins.set(bin, kind);
    }
    const space = "http://www.w3.org/2000/svg";
    strip.replaceChildren(
      ...[...bins].map(([bin, kind]) => {
        const tick = document.createElementNS(space, "rect");
        tick.setAttribute("y", bin);
        tick.setAttribute("width", 1);
        tick.setAttribute("height", 1.2);
        tick.setAttribute("class", kind);
        return tick;
      }),
    );
    strip.onclick = (event) => {
      const share = event.offsetY / strip.clientHeight;
      const last = blocks.findLast((b) => starts.get(b) <= share * length) ?? blocks[0];
      const key = stops.find((k) => !hidden.has(k) && marks.get(k)[0].closest(".b") === last);
      if (key) go(places.get(key));
      else last?.scrollIntoView({ block: "center" });
    };
  }

  // ---- Progress and what leaves the page ---------------------------------------------------------

  function count() {
    data();
    const asked = items.filter(isAsked);
    const decided = asked.filter((item) => decisionOn(item));
    progress.textContent = asked.length
      ? `${decided.length.toLocaleString()} of ${asked.length.toLocaleString()} decided`
      : "nothing to decide";
    byId("meter").max = asked.length || 1;
    byId("meter").value = asked.length ? decided.length : 1;
  }

  function download(content, type, file) {
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function decisions() {
    data();
    return [...items.map(decisionOn).filter(Boolean), ...parsed.stale];
  }

  function exportDecisions() {
    const content = {
      decisions: decisions(),
      document: data().document,
      schema: "mtclean.decisions",
      version: 1,
    };
    download(JSON.stringify(content, null, 1) + "\n", "application/json", `${data().file}.decisions.json`);
    saved.textContent = "Exported: mtclean apply FILE makes the text of it.";
  }

  function neighbour(by) {
    let target = by < 0 ? root.dataset.previous : root.dataset.next;
    if (!target && !address) {
      try {
        const list = JSON.parse(localStorage.getItem("mtclean:documents") ?? "[]");
        const here = list.indexOf(location.href.split("#")[0]);
        target = here < 0 ? "" : list[here + by];
      } catch {
        target = "";
      }
    }
    if (target) location.href = target;
    else saved.textContent = by < 0 ? "This is the first document." : "This is the last document.";
  }

  // ---- Keys and buttons -------------------------------------------------------------------------

  const here = () => (at >= 0 ? itemsOf(stops[at]) : []);
  const views = ["inline", "side", "original", "cleaned"];

  function all(verdict) {
    decide(items ?? (data(), items), verdict);
    if (at >= 0) describe();
  }

  function decideHere(verdict) {
    if (at < 0) return;
    decide(here(), verdict);
    step(1);
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    " ": () => step(1),
    a: () => decideHere("accept"),
    x: () => decideHere("reject"),
    u: undo,
    e: () => {
      const item = here().find((one) => one.text !== undefined);
      if (item) write(item);
    },
    v: () => show(views[(views.indexOf(root.dataset.view) + 1) % views.length]),
    "[": () => neighbour(-1),
    "]": () => neighbour(1),
    "/": () => filters.elements.show.focus(),
    "?": () => keysHelp.showModal(),
    Escape: shut,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys) || keysHelp.open) return;
    if (event.target.closest("input, textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === " " && event.target.closest("button, summary, a")) return;
    event.preventDefault();
    keys[event.key]();
  });

  const actions = {
    "accept-all": () => all("accept"),
    "reject-all": () => all("reject"),
    undo,
    export: exportDecisions,
    text: () => download(textNow(), "text/plain;charset=utf-8", data().file.replace(/(\.txt)?$/, ".txt")),
    help: keys["?"],
    previous: keys["["],
    next: keys["]"],
    clear: () => {
      filters.reset();
      sift();
      keepAddress();
    },
  };
  for (const choice of document.querySelectorAll("[data-do]")) {
    choice.addEventListener("click", () => {
      data();
      actions[choice.dataset.do]();
      choice.closest("details")?.removeAttribute("open");
    });
  }
  text.addEventListener("click", (event) => {
    const found = event.target.closest("[data-i]");
    if (found) go(places.get(found.dataset.i), false);
  });
  for (const choice of document.querySelectorAll("[data-step]")) {
    choice.addEventListener("click", () => step(Number(choice.dataset.step)));
  }
  for (const choice of document.querySelectorAll("[data-show]")) {
    choice.addEventListener("click", () => show(choice.dataset.show));
  }
  filters.addEventListener("focusin", () => parsed && filters.elements.rule.length > 1 || fill());
  filters.addEventListener("change", () => {
    sift();
    keepAddress();
  });
  filters.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", follow);

  index();
  recall();
  say();
  follow();
  // What needs the data waits until the text is on the screen.
  requestAnimationFrame(() => setTimeout(() => {
    count();
    paintAll();
    fill();
    if (isFiltering()) sift();
    map();
  }));
})();
