(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const text = byId("text");
  const card = byId("card");
  const progress = byId("progress");
  const saved = byId("saved");
  const filters = byId("filters");
  const address = root.dataset.save; // where decisions are sent; empty for a page that is a file
  const memory = `mtclean:${root.dataset.document}`;

  // ---- A long page -----------------------------------------------------------------------------

  // The rest of its text and its data are deflated, in base 64 (packing.py): put them where they belong.
  async function unpack(page) {
    for (const packed of page.querySelectorAll("[data-packed]")) {
      const content = await inflated(packed.textContent);
      const home = page.getElementById(packed.dataset.packed);
      if (home.localName === "script") home.textContent = content;
      else home.append(...new DOMParser().parseFromString(content, "text/html").body.childNodes);
      packed.remove();
    }
  }

  function inflated(signs) {
    const bytes = Uint8Array.from(atob(signs), (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).text();
  }

  // ---- What the page is about ------------------------------------------------------------------

  // A stop is what can be stepped to, in document order: a change (c), suggestion (s) or finding
  // (f), with its marks in the text and the fixes and findings it comes from.
  let marks, stops, places, parsed, items, byName, plan;
  let at = -1;

  function index() {
    marks = new Map();
    for (const mark of text.querySelectorAll("[data-i]")) {
      const key = mark.dataset.i;
      if (marks.has(key)) marks.get(key).push(mark);
      else {
        marks.set(key, [mark]);
        mark.tabIndex = 0;
      }
    }
    stops = [...marks.keys()];
    places = new Map(stops.map((key, i) => [key, i]));
    plan = null;
  }

  // What a screen reader says of a mark when it is reached.
  function label(key) {
    const mark = marks.get(key)[0];
    if (mark.hasAttribute("aria-label")) return;
    mark.setAttribute("role", "group");
    mark.setAttribute("aria-label", itemsOf(key).map((item) => `${kindOf(item)}: ${name(item.title)}`).join("; "));
  }

  // The data is read when it is first needed, so that a large page is on the screen before.
  function data() {
    if (parsed) return parsed;
    parsed = JSON.parse(byId("data").textContent);
    names = parsed.names;
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
    });
    for (const item of items) {
      item.isOwn = item.decision === "write";
      const verdict = item.decision ?? (item.note ? "comment" : null);
      item.said = verdict && { ...asDecision(item, verdict, item.replacement), ...item.note, place: item.place };
      item.decision = deciding(item.said);
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

  const categoryOf = (item) =>
    name(item.category) || (data().rules[item.rule] ?? [""])[0];

  // ---- Decisions -------------------------------------------------------------------------------

  // What was decided here since the page was made: a decision by id, or null for one taken back.
  let own = new Map();
  let past = [];

  const saidOn = (item) => (own.has(item.id) ? own.get(item.id) : item.said);
  const decisionOn = (item) => deciding(saidOn(item));

  const isAsked = (item) =>
    !item.isOwn && Boolean(item.decision || decisionOn(item)) ||
    (item.isFinding ? item.severity !== "neutral" : item.state !== "applied");

  const isLeft = (item) => isAsked(item) && !decisionOn(item);

  // Take some decisions at once, each an item with what is decided; it is one step for undo.
  function decide(pairs) {
    if (!pairs.length) return;
    past.push(pairs.map(([item]) => [item, saidOn(item) ?? null]));
    for (const [item, decision] of pairs) set(item, withComment(item, decision));
    settle(pairs.map(([item]) => item));
  }

  function undo() {
    const step = past.pop();
    if (!step) return goBack();
    const some = step.map(([item, before]) => [byName.get(item.id) ?? item, before]);
    for (const [item, before] of some) set(item, before);
    settle(some.map(([item]) => item));
    const first = some.map(([item]) => places.get(item.key)).find((place) => place !== undefined);
    showRest();
    if (first !== undefined) go(first);
  }

  // What was said of an item stays with what is decided; who decided is who does it now.
  function withComment(item, decision) {
    if (!decision) return null;
    const { by, at, ...mine } = decision;
    return { ...mine, comment: decision.comment ?? saidOn(item)?.comment };
  }

  function set(item, said) {
    own.set(item.id, said);
    box.add(item.id, said);
  }

  function settle(some) {
    for (const key of new Set(some.map((item) => item.key))) paint(key);
    for (const item of some) if (item.place) paintOwn(item.id);
    count();
    // What takes its time waits until the next item is on the screen.
    if (address) return box.sendSoon(() => leaving);
    isDue = true;
    setTimeout(remember);
  }

  let isDue = false; // something was decided here that is not remembered yet

  function remember() {
    isDue = false;
    try {
      localStorage.setItem(memory, JSON.stringify([...own]));
      noteLeft();
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
    for (const [id, said] of [...own]) if (!byName.has(id) && !said?.place) own.delete(id);
    paintUnsaved();
  }

  function paintUnsaved() {
    for (const id of own.keys()) {
      if (byName.has(id)) paint(byName.get(id).key);
      else paintOwn(id);
    }
  }

  function paintOwn(id) {
    const said = own.get(id);
    if (said) writings.show(id, said.place, said.replacement);
    else writings.hide(id);
    read.clear();
  }

  // The server does the document again and answers with the page of it; where its text is the one
  // that stands here already, with the figures alone.
  const box = outbox(
    saved,
    (changes, sum) => put(changes, `?shown=${sum}`),
    async (answer) => {
      const page = new DOMParser().parseFromString(answer, "text/html");
      await unpack(page);
      adopt(page);
      return root.dataset.note;
    },
    () => digest(textNow()),
  );

  const put = (changes, query) => putDecisions(address + query, Object.fromEntries(changes));

  async function digest(content) {
    if (!globalThis.crypto?.subtle) return "";
    const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(content));
    return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // Another page is opened only when what was decided here is on disk; its text may follow.
  let leaving = false;

  async function leaveFor(target, filters = "") {
    const some = box.unanswered();
    if (!address && own.size) remember();
    if (address && some.size) {
      saved.textContent = SAVING;
      leaving = true;
      try {
        const answer = await put(some, "?later");
        if (!answer.ok) throw new Error(await answer.text());
        box.clear();
      } catch (problem) {
        saved.textContent = notSaved(problem);
        leaving = false;
        return;
      }
    }
    location.href = target + filters;
  }

  function adopt(page) {
    for (const id of ["figures", "by-stage"]) byId(id).replaceChildren(...page.getElementById(id).childNodes);
    for (const fact of ["note", "left", "documents", "ahead", "aheadName", "aheadOpen"]) {
      root.dataset[fact] = page.documentElement.dataset[fact] ?? "";
    }
    if (page.getElementById("data").textContent) adoptText(page);
    count();
    if (at < 0) showRest();
  }

  function adoptText(page) {
    const here = at >= 0 ? itemsOf(stops[at])[0].id : null;
    const before = spot.top();
    const writing = card.querySelector("textarea");
    for (const id of ["text", "data"]) byId(id).replaceChildren(...page.getElementById(id).childNodes);
    parsed = null;
    own = new Map(box.unsent());
    data();
    twin();
    index();
    paintUnsaved();
    fill();
    sift();
    paintAll();
    if (at < 0) return;
    at = places.get(byName.get(here)?.key) ?? Math.min(at, stops.length - 1);
    if (at < 0) return shut();
    mark(at);
    spot.hold(before);
    if (writing) return;
    focusMark();
    describe();
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

  // Whether a person puts other words there than the page shows.
  const isHand = (item) => {
    const decision = decisionOn(item);
    return decision?.verdict === "edit" || (item.isFinding && decision?.verdict === "accept" && decision.replacement !== "");
  };

  // Show in the marks of a stop what was decided on it.
  function paint(key) {
    if (!marks.has(key)) return; // other fixes undid what this one did
    const some = itemsOf(key);
    const here = marks.get(key);
    read.delete(here[0].closest(".b"));
    const written = some.find((item) => isHand(item) && !unchanged(item));
    const made = key[0] === "c";
    const wanted = some.filter(isWanted).length;
    const set = (style, on) => here.forEach((m) => m.classList.toggle(style, on));
    set("no", made ? wanted === 0 : some.every((item) => decisionOn(item)?.verdict === "reject"));
    set("part", made && wanted > 0 && wanted < some.length);
    // What was accepted and not made when the page was was left out for another decision.
    set("yes", key[0] === "s" && decisionOn(some[0])?.verdict === "accept" && !unchanged(some[0]));
    set("swap", Boolean(written));
    set("decided", some.every((item) => decisionOn(item)));
    for (const old of here.filter((m) => m.classList.contains("hand"))) {
      read.delete(old.closest(".b"));
      old.remove();
    }
    const left = here.filter((m) => !m.classList.contains("hand"));
    if (written) {
      for (const block of new Set(left.map((m) => m.closest(".b")))) {
        const last = left.filter((m) => m.closest(".b") === block).at(-1);
        const hand = make("ins", "hand", decisionOn(written).replacement);
        hand.dataset.i = key;
        read.delete(block);
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
  // Blocks are read again only where something was decided.
  const read = new Map();

  function textNow() {
    let out = "";
    for (const block of text.children) {
      if (block.classList.contains("right")) continue;
      if (!read.has(block)) read.set(block, textOf(block));
      out += read.get(block);
    }
    return out;
  }

  function textOf(node) {
    let out = "";
    for (const part of node.childNodes) {
      if (part.nodeType === Node.TEXT_NODE) out += part.data;
      else if (part.nodeType === Node.ELEMENT_NODE && isRead(part.classList, part.tagName)) {
        out += part.classList.contains("c")
          ? String.fromCodePoint(parseInt(part.dataset.c, 16)).repeat(Number(part.dataset.n ?? 1))
          : textOf(part);
      }
    }
    return out;
  }

  function isRead(has, tag) {
    if (has.contains("hand")) return true;
    if (has.contains("swap")) return false;
    if (has.contains("ghost")) return has.contains("yes");
    if (has.contains("sg")) return !has.contains("yes");
    if (tag === "DEL") return has.contains("no");
    return tag !== "INS" || !has.contains("no");
  }

  // ---- The card --------------------------------------------------------------------------------

  function about(item) {
    const [category, summary, rest] = data().rules[item.rule] ?? ["", "", []];
    const more = make("details", "about");
    more.append(make("summary", "", "About this rule"));
    for (const paragraph of [summary, ...rest].filter(Boolean)) more.append(prose("about", paragraph));
    const ids = [name(item.rule), categoryOf(item) || category, name(item.stage)].filter(Boolean);
    more.append(make("p", "about", ids.join(" · ")));
    return more;
  }

  const SAID = { accept: "accepted", reject: "rejected", edit: "written by hand", write: "written by hand" };

  function partOf(item) {
    const part = make("article");
    const decision = decisionOn(item);
    const note = saidOn(item);
    part.append(make("span", `tag ${kindOf(item)}`, kindOf(item)));
    if (item.segment !== undefined) part.append(make("span", "tag", name(item.segment)));
    if (decision) part.append(make("span", `tag said ${decision.verdict}`, SAID[decision.verdict]));
    part.append(titled("h2", item));
    part.append(...outcomeOf(item));
    const why = name(item.isFinding ? item.message : item.reason);
    if (why) part.append(make("p", "why", why));
    if (note?.comment) part.append(make("p", "comment", note.comment));
    if (note?.by) part.append(make("p", "about", `${note.by}, ${new Date(note.at).toLocaleString()}`));
    part.append(choices(item), ofTheRule(item), about(item), make("code", "rule", name(item.rule) || "(no rule)"));
    return part;
  }

  function outcomeOf(item) {
    const decision = decisionOn(item);
    if (item.isFinding) return outcome(item, text.lang, isHand(item) ? decision.replacement : undefined);
    const lines = outcome(item, text.lang);
    if (decision?.verdict === "edit") lines.push(make("p", "quote written", decision.replacement));
    return lines;
  }

  const isSame = (one, other) => one?.verdict === other?.verdict && one?.replacement === other?.replacement;

  function choices(item) {
    const box = make("div", "choices deciding");
    const chosen = decisionOn(item);
    if (item.isOwn) {
      box.append(button("Take back", () => take([[item, null]]), "reject", "x"));
      return box;
    }
    for (const [words, key, decided] of options(item)) {
      const decision = decided(item);
      const choice = button(words, () => take([[item, decision]]), decision.verdict, keyOf(key));
      const same = item.isFinding ? isSame(chosen, decision) : chosen?.verdict === decision.verdict;
      choice.setAttribute("aria-pressed", String(same));
      box.append(choice);
    }
    if (item.text !== undefined) {
      const choice = button("Edit", () => write(item), "", "e");
      choice.setAttribute("aria-pressed", String(chosen?.verdict === "edit" && chosen.replacement !== ""));
      box.append(choice);
    }
    box.append(button("Comment", () => comment(item), "", "c"));
    return box;
  }

  function ofTheRule(item) {
    const same = items.filter((other) => other.rule === item.rule && other.isFinding === item.isFinding);
    const all = make("details", "same");
    all.append(make("summary", "", same.length > 1 ? `All ${same.length} of this rule` : "This rule"));
    const row = make("div", "choices");
    const [yes, no] = item.isFinding ? ["True", "Wrong"] : ["Accept", "Reject"];
    const each = (decision) => () => take(same.map((one) => [one, decision(one)]));
    row.append(
      button(`${yes}: all`, each(asIs)),
      button(`${no}: all`, each((one) => said(one, "reject"))),
    );
    all.append(row, ...forGood(item, each));
    return all;
  }

  // A house never wants to hear of the rule again: the server shows first what that would change; a page that is
  // a file can only ask for it.
  function forGood(item, each) {
    const row = make("div", "choices");
    const { house } = root.dataset;
    if (house) {
      const wanted = new URLSearchParams({ standing: "never", rule: name(item.rule) });
      row.append(button("Never again …", () => leaveFor(`${house}?${wanted}`)));
      return [row];
    }
    row.append(button("Reject and remember", each((one) => said(one, "reject", true))));
    return [row, make("p", "about", "Remembered, the rule is switched off in mtclean.toml when the decisions are applied.")];
  }

  // Decide on what the card shows, and go on when nothing in it is open any more.
  function take(pairs) {
    decide(pairs);
    if (at >= 0 && itemsOf(stops[at]).every((item) => decisionOn(item))) goOn();
    else if (at >= 0) describe();
    else showRest();
  }

  function write(item) {
    const begun = decisionOn(item)?.verdict === "edit" ? decisionOn(item).replacement : item.text;
    const label = item.isFinding ? "Put in its place" : "Put instead";
    ask([titled("h2", item), ...outcomeOf(item)], label, begun, (put) => take([[item, asDecision(item, "edit", put)]]));
  }

  // Change what is selected, where no rule had anything to say.
  function writeAnywhere() {
    const place = writings.selected();
    if (!Array.isArray(place)) return saved.replaceChildren(place ?? "Select some words first.");
    const words = place[1];
    shut();
    ask([make("h2", "", "Your own change"), quote(text.lang, "", [["mark", words]], "")], "Put instead", words, (put) => {
      const about = `${words} → ${put}`.slice(0, 300);
      const said = { id: writings.newId(), verdict: "write", rule: "written-by-hand", about, replacement: put, remember: false, place };
      getSelection().removeAllRanges();
      take([[{ id: said.id, place }, said]]);
    });
  }

  function comment(item) {
    ask([titled("h2", item), ...outcomeOf(item)], "Comment", saidOn(item)?.comment ?? "", (words) => {
      const said = saidOn(item) ?? asDecision(item, "comment");
      decide([[item, said.verdict === "comment" && !words ? null : { ...said, comment: words }]]);
      describe();
    });
  }

  // Show in the card what something is about, and ask for a text, which *keep* takes.
  function ask(about, words, begun, keep) {
    const back = () => (at >= 0 ? go(at) : showRest());
    const box = make("form", "writing");
    const label = make("label", "", words);
    const field = make("textarea");
    field.value = begun;
    field.rows = Math.min(8, 2 + field.value.length / 30);
    label.append(field);
    box.append(label, make("button", "accept", "Keep this"), button("Cancel", back));
    box.addEventListener("submit", (event) => {
      event.preventDefault();
      keep(field.value);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") back();
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        box.requestSubmit();
      }
    });
    card.replaceChildren(...about, box);
    card.classList.add("open");
    field.lang = text.lang;
    field.dir = "auto";
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
  }

  // What is seen of the stop: in the view of one text, a mark of the other has no place.
  function seenPart() {
    const here = marks.get(stops[at]);
    return here?.find((m) => m.getClientRects().length) ?? here?.[0].closest(".b");
  }

  const bar = byId("bar");
  const spot = keeper(seenPart, bar);

  function focusMark() {
    label(stops[at]);
    const first = marks.get(stops[at])[0];
    if (document.activeElement !== first) first.focus({ preventScroll: true });
  }

  function go(place, scroll = true) {
    if (place < 0 || place >= stops.length) return;
    mark(place);
    describe();
    card.classList.add("open");
    root.classList.add("reading");
    if (scroll) spot.bring();
    else spot.hold();
    focusMark();
    keepAddress();
  }

  // Without single keys the buttons of the card are the way to decide, and Tab leads to the next mark, not to them.
  function enterCard() {
    if (single.checked || !document.activeElement.closest("#text [data-i]")) return false;
    const first = card.querySelector(".choices button");
    first?.focus();
    return Boolean(first);
  }

  function shut() {
    leave();
    at = -1;
    card.classList.remove("open");
    root.classList.remove("reading");
  }

  const isOpen = (key) => !hidden.has(key) && itemsOf(key).some(isLeft);
  const isShownStop = (key) => !hidden.has(key);
  // With a kind chosen in the filter, its marks are what one goes over; else what is open.
  const walked = () => (filters.elements.show.value ? isShownStop : isOpen);

  // The next stop of a sort in a direction; what was skipped comes again, unless every one is wanted.
  function step(by, every = false) {
    data();
    const wanted = every ? isShownStop : walked();
    const start = at < 0 ? (by > 0 ? -1 : stops.length) : at;
    let place = start + by;
    while (stops[place] && !wanted(stops[place])) place += by;
    if (!stops[place] && !every) {
      place = by > 0 ? 0 : stops.length - 1;
      while (stops[place] && place !== start && !wanted(stops[place])) place += by;
      if (stops[place] && !wanted(stops[place])) place = -1;
    }
    if (stops[place]) go(place);
    else if (every && at >= 0) describe();
    else end();
  }

  // ---- The end of a document, and what is left in the others --------------------------------------

  function end() {
    shut();
    showRest();
    card.classList.add("open");
    text.focus({ preventScroll: true });
  }

  // Who asked for it is led on by the last decision on a text; who was led on can take that back.
  const onward = setting("onward", "mtclean:onward", false);
  const LED = "mtclean:led";
  let ledFrom = null;

  function goOn() {
    const { href } = rest();
    if (!onward.checked || !href || leftHere() || isFiltering()) return step(1);
    const last = past.at(-1).map(([item, before]) => [item.id, item.place, before]);
    keep("sessionStorage", LED, { from: thisPage(), to: new URL(href, location.href).href, name: data().file, last });
    end();
    leaveFor(href);
  }

  function arrive() {
    const led = stored(LED, null, "sessionStorage");
    keep("sessionStorage", LED, null);
    if (led?.back && led.from === thisPage()) {
      past.push(led.last.map(([id, place, before]) => [byName.get(id) ?? { id, place }, before]));
      undo();
    } else if (led && !led.back && led.to === thisPage()) {
      ledFrom = led;
      saved.textContent = `${led.name} is done. Undo goes back to it.`;
    }
  }

  function goBack() {
    if (!ledFrom) return;
    keep("sessionStorage", LED, { ...ledFrom, back: true });
    leaveFor(ledFrom.from);
  }

  function turnOnward() {
    onward.checked = !onward.checked;
    onward.dispatchEvent(new Event("change"));
    saved.textContent = onward.checked ? "The last decision on a text leads to the next one." : "Texts stay until you go on.";
    if (onward.checked && !leftHere()) forward();
  }

  const documents = (n) => `${n.toLocaleString()} ${n === 1 ? "document" : "documents"}`;

  function showRest() {
    if (at >= 0) return;
    const here = leftHere();
    const other = rest();
    const filtered = isFiltering() && here;
    const some = [button("Close", shut, "close")];
    if (filtered) some.push(make("h2", "", "Nothing more here by this filter"));
    else if (here) some.push(make("h2", "", `${here.toLocaleString()} left here`), button("Go on", () => step(1), "strong", "j"));
    else if (other.items) some.push(make("h2", "", "This text is done"));
    else some.push(make("h2", "", other.total > 1 ? `Nothing left; ${documents(other.total)} done` : "Nothing left; the text is done"));
    if (filtered) some.push(button("Show all", actions.clear));
    if (other.href) {
      const row = make("div", "choices");
      some.push(make("p", "", `Next: ${other.name}, ${other.open.toLocaleString()} left`), row);
      row.append(button("Next document", forward, "strong", "↵"));
      if (!here && !onward.checked) row.append(button("From now on by itself", turnOnward, "", "g"));
    } else if (!here) some.push(...whatNext());
    card.replaceChildren(...some, legend);
  }

  function whatNext() {
    if (address) return [make("p", "", `Every decision is saved. The cleaned texts are in ${root.dataset.texts || "the output folder"}; end the review with Ctrl-C.`)];
    if (!own.size) return [];
    return [make("p", "", "Export the decisions; mtclean apply makes the text of them."), button("Export decisions", exportDecisions, "strong")];
  }

  // What is left in the other documents: the server says it, and files remember it from the index.
  function rest() {
    const facts = root.dataset;
    if (address) {
      return {
        items: Number(facts.left), documents: Number(facts.documents), total: Number(facts.total),
        href: facts.ahead, name: facts.aheadName, open: Number(facts.aheadOpen),
      };
    }
    const list = listed();
    const place = list.findIndex(([href]) => href === thisPage());
    const others = place < 0 ? [] : [...list.slice(place + 1), ...list.slice(0, place)].filter(([, , n]) => n);
    const [href, name, open] = others[0] ?? ["", "", 0];
    const items = others.reduce((sum, [, , n]) => sum + n, 0);
    return { items, documents: others.length, total: Math.max(1, list.length), href, name, open };
  }

  const thisPage = () => location.href.split("#")[0];

  // The documents of the index: address, name and how many are left by what was decided in this browser.
  function listed() {
    const left = stored("mtclean:left", {});
    return stored("mtclean:documents", []).map(([href, name, open]) => [href, name, left[href]?.[0] === open ? left[href][1] : open]);
  }

  function noteLeft() {
    const open = stored("mtclean:documents", []).find(([href]) => href === thisPage())?.[2];
    if (open === undefined) return;
    const left = stored("mtclean:left", {});
    left[thisPage()] = [open, leftHere()];
    localStorage.setItem("mtclean:left", JSON.stringify(left));
  }

  function forward() {
    if (stops.some(walked()) && !(filters.elements.show.value && at >= 0)) return step(1);
    const { href } = rest();
    if (href) leaveFor(href, wantedFilters());
    else end();
  }

  function show(view) {
    root.dataset.view = view;
    for (const choice of document.querySelectorAll("[data-show]")) {
      choice.setAttribute("aria-pressed", String(choice.dataset.show === view));
    }
    const here = at >= 0 ? stops[at] : null;
    if (twin()) {
      index();
      paintUnsaved();
      if (here) mark(places.get(here));
    }
    if (here) spot.bring();
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
      if (chosen && !counts.has(chosen)) counts.set(chosen, 0); // it was chosen in another document
      choice.replaceChildren(new Option(`every ${field}`, ""));
      for (const value of [...counts.keys()].filter(Boolean).sort()) choice.append(new Option(`${value} (${counts.get(value)})`, value));
      choice.value = chosen;
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
  function sift() {
    hidden = new Set(isFiltering() ? stops.filter((key) => !itemsOf(key).some(isShown)) : []);
    for (const key of stops) {
      for (const m of marks.get(key)) m.classList.toggle("off", hidden.has(key));
    }
    byId("clear").hidden = !isFiltering();
    map();
    if (at < 0) showRest();
  }

  // ---- The address: a permalink to the stop, and the filters ------------------------------------

  function chosenFilters() {
    return ["show", ...Object.keys(FIELDS)]
      .filter((field) => filters.elements[field].value)
      .map((field) => `${field}=${encodeURIComponent(filters.elements[field].value)}`);
  }

  const wantedFilters = () => (isFiltering() ? `#${chosenFilters().join("&")}` : "");

  function keepAddress() {
    const parts = at >= 0 ? [`e-${itemsOf(stops[at])[0].id}`] : [];
    parts.push(...chosenFilters());
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
        const choice = filters.elements[field];
        if (field in FIELDS && ![...choice.options].some((o) => o.value === decode(value))) {
          choice.append(new Option(`${decode(value)} (0)`, decode(value)));
        }
        if (field in FIELDS || field === "show") choice.value = decode(value);
      }
      sift();
    }
    if (!id) return false;
    data();
    const key = byName.get(decode(id))?.key;
    if (!key || !places.has(key)) return false;
    if (key !== stops[at]) go(places.get(key));
    return true;
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

  // How far into the text each stop stands, in characters; it costs as much as the text is long.
  function planned() {
    if (plan) return plan;
    const blocks = [...text.children].filter((block) => !block.classList.contains("right"));
    const starts = new Map();
    let length = 0;
    for (const block of blocks) {
      starts.set(block, length);
      length += block.textContent.length;
    }
    const inBlock = new Map();
    for (const key of stops) {
      const block = marks.get(key)[0].closest(".b");
      if (inBlock.has(block)) inBlock.get(block).push(key);
      else inBlock.set(block, [key]);
    }
    const offsets = new Map();
    for (const [block, keys] of inBlock) {
      const long = block.textContent.length;
      keys.forEach((key, i) => offsets.set(key, (starts.get(block) ?? 0) + (long * (i + 1)) / (keys.length + 1)));
    }
    plan = { blocks, starts, length, offsets };
    return plan;
  }

  function map() {
    if (!strip || !parsed) return;
    const { blocks, starts, length, offsets } = planned();
    const bins = new Map();
    const rank = { major: 3, minor: 2, suggested: 2, applied: 1, declined: 0, neutral: 0 };
    for (const key of stops) {
      if (hidden.has(key)) continue;
      const kind = kindOf(itemsOf(key)[0]);
      const bin = Math.min(BINS - 1, Math.floor((offsets.get(key) / (length || 1)) * BINS));
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

  const leftHere = () => (data(), items.filter(isLeft).length);

  function count() {
    const here = leftHere();
    const other = rest();
    progress.textContent = here ? `${here.toLocaleString()} left` : "Nothing left";
    const all = here + other.items;
    byId("elsewhere").textContent = other.items ? `here, ${all.toLocaleString()} in ${documents(other.documents + (here > 0))}` : "";
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
    const added = [...own].filter(([id, said]) => said && !byName.has(id)).map(([, said]) => said);
    const said = items.map(saidOn).filter(Boolean);
    return [...said, ...added, ...parsed.stale].map((one) => (own.has(one.id) ? signed(one, reader?.value.trim()) : one));
  }

  const withdrawn = () => [...own].filter(([id, said]) => !said && byName.get(id)?.said).map(([id]) => id);

  function exportDecisions() {
    const content = {
      decisions: decisions(),
      document: data().document,
      schema: "mtclean.decisions",
      version: 1,
      withdrawn: withdrawn(),
    };
    download(JSON.stringify(content, null, 1) + "\n", "application/json", `${data().file}.decisions.json`);
    saved.textContent = "Exported: mtclean apply FILE makes the text of it.";
  }

  function neighbour(by) {
    let target = by < 0 ? root.dataset.previous : root.dataset.next;
    if (!target && !address) {
      const list = listed().map(([href]) => href);
      const place = list.indexOf(thisPage());
      target = place < 0 ? "" : list[place + by];
    }
    if (target) leaveFor(target, wantedFilters());
    else saved.textContent = by < 0 ? "This is the first document." : "This is the last document.";
  }

  // ---- On paper: what is said of each mark, by number, and what was changed, by rule -----------------

  function putNotes() {
    const noted = items.filter((item) => marks.has(item.key) && (isAsked(item) || saidOn(item)));
    noted.sort((one, other) => places.get(one.key) - places.get(other.key));
    const list = make("ol");
    noted.forEach((item, n) => {
      const mark = marks.get(item.key).at(-1);
      mark.dataset.ref = mark.dataset.ref ? `${mark.dataset.ref}, ${n + 1}` : n + 1;
      list.append(noteOf(item));
    });
    const changes = make("ul");
    for (const [rule, { kind, count }] of changedByRule()) {
      const summary = data().rules[rule]?.[1] ?? "";
      changes.append(make("li", "", `${kind}: ${count.toLocaleString()} ${count === 1 ? "time" : "times"}. ${summary}`));
    }
    byId("printed").replaceChildren(make("h2", "", "Marks"), legend.cloneNode(true));
    if (noted.length) byId("printed").append(make("h2", "", "Notes"), list);
    if (changes.children.length) byId("printed").append(make("h2", "", "Changed"), changes);
  }

  function noteOf(item) {
    const said = saidOn(item);
    const line = make("li");
    line.append(titled("strong", item), ` ${name(item.isFinding ? item.message : item.reason)}`);
    const decided = deciding(said);
    if (decided) line.append(` ${SAID[decided.verdict]}${decided.replacement ? `: “${decided.replacement}”` : ""}${said.by ? `, ${said.by}` : ""}.`);
    if (said?.comment) line.append(make("p", "comment", said.comment));
    return line;
  }

  function changedByRule() {
    const changed = new Map();
    for (const item of items.filter((one) => one.state === "applied" && !saidOn(one))) {
      const [kind] = name(item.title).split(": ");
      changed.set(item.rule, { kind, count: (changed.get(item.rule)?.count ?? 0) + 1 });
    }
    return changed;
  }

  window.addEventListener("beforeprint", () => (data(), putNotes()));
  window.addEventListener("afterprint", () => {
    for (const mark of text.querySelectorAll("[data-ref]")) delete mark.dataset.ref;
    byId("printed").replaceChildren();
  });

  // ---- Keys and buttons -------------------------------------------------------------------------

  const here = () => (at >= 0 ? itemsOf(stops[at]) : []);
  const views = ["inline", "side", "original", "cleaned"];

  function all(verdict) {
    data();
    decide(items.filter((item) => !item.isOwn).map((item) => [item, verdict === "accept" ? asIs(item) : said(item, verdict)]));
    if (at >= 0) describe();
    else showRest();
  }

  function decideHere(verdict) {
    const some = here().filter((item) => !item.isOwn || verdict === "reject"); // one's own words are accepted
    if (!some.length) return;
    decide(some.map((item) => [item, item.isOwn ? null : said(item, verdict)]));
    goOn();
  }

  // Press the button of that key on the card.
  function choose(key) {
    for (const item of here()) {
      const found = pressedOption(item, key);
      if (found) return take([[item, found[2](item)]]);
    }
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    J: () => step(1, true),
    K: () => step(-1, true),
    " ": () => step(1),
    a: () => decideHere("accept"),
    x: () => decideHere("reject"),
    t: () => choose("t"),
    d: () => choose("d"),
    u: undo,
    g: turnOnward,
    e: () => {
      const item = here().find((one) => one.text !== undefined && !one.isOwn);
      if (writings.selected()) writeAnywhere();
      else if (item) write(item);
    },
    c: () => here().length && comment(here()[0]),
    o: () => byId("open") && leaveFor(byId("open").href),
    v: () => show(views[(views.indexOf(root.dataset.view) + 1) % views.length]),
    "[": () => neighbour(-1),
    "]": () => neighbour(1),
    "/": () => {
      byId("filter").open = true;
      filters.elements.show.focus();
    },
    "?": () => byId("keys").showModal(),
    Enter: () => enterCard() || forward(),
    Escape: () => {
      const menus = document.querySelectorAll(".menu[open]");
      for (const menu of menus) menu.open = false;
      if (!menus.length) shut();
    },
  };
  for (const digit of "12345") keys[digit] = () => choose(digit);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest("#filters")) {
      byId("filter").open = false;
      event.target.blur();
    }
    const key = document.body.inert ? "" : keyPressed(event, keys);
    if (!key) return;
    event.preventDefault();
    keys[key]();
  });

  const actions = {
    "accept-all": () => all("accept"),
    "reject-all": () => all("reject"),
    undo,
    export: exportDecisions,
    text: () => download(textNow(), "text/plain;charset=utf-8", data().file.replace(/(\.txt)?$/, ".txt")),
    help: keys["?"],
    change: writeAnywhere,
    forward,
    previous: keys["["],
    next: keys["]"],
    clear: () => {
      filters.reset();
      sift();
      keepAddress();
      if (at < 0) step(1);
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
  text.addEventListener("focusin", (event) => {
    const place = places.get(event.target.dataset.i);
    if (place !== undefined && place !== at) go(place);
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
    if (at < 0 || hidden.has(stops[at])) shut();
  });
  filters.addEventListener("submit", (event) => event.preventDefault());
  document.querySelector(".kind")?.addEventListener("click", (event) => {
    if (!event.target.href || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leaveFor(event.target.href);
  });
  // Who closes the page loses nothing.
  window.addEventListener("pagehide", () => {
    if (address && box.unsent().size) put(box.unsent(), "?later");
    if (isDue) remember();
  });

  // The bar may take two lines: the card stays below it, and so does what is scrolled to.
  const legend = byId("legend");
  new ResizeObserver(() => root.style.setProperty("--bar", `${bar.offsetHeight}px`)).observe(bar);
  // On a phone the steps stand on the card, which is as high as there is to say in it.
  new ResizeObserver(() => root.style.setProperty("--card", `${card.offsetHeight}px`)).observe(card);

  // Whose decisions these are, in a page that is a file; the review server is told by --as.
  const reader = byId("reader");
  if (reader) {
    reader.value = stored("mtclean:name", "");
    reader.addEventListener("change", () => localStorage.setItem("mtclean:name", JSON.stringify(reader.value)));
  }

  // A page that was sent alone has no page of all documents beside it: only that one makes itself known.
  if (!address && !listed().some(([href]) => href === thisPage())) document.querySelector(".kind")?.remove();

  function begin() {
    index();
    recall();
    window.addEventListener("hashchange", follow);
    const linked = follow();
    // What needs the data waits until the text is on the screen.
    requestAnimationFrame(() => setTimeout(() => {
      data();
      paintAll();
      fill();
      if (isFiltering()) sift();
      if (!linked && at < 0) {
        if (stops.some(walked())) step(1);
        else if (items.some(isAsked)) showRest();
      }
      count();
      map();
      arrive();
    }));
  }

  // A long page can be read, but nothing can be done to it, until all of it is there.
  if (document.querySelector("[data-packed]")) {
    document.body.inert = true;
    unpack(document).then(() => {
      document.body.inert = false;
      begin();
    }, (problem) => {
      saved.textContent = `The rest of the text cannot be shown: ${problem.message}`;
    });
  } else begin();
})();
