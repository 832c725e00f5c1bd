(() => {
  const byId = (id) => document.getElementById(id);
  const list = byId("list");
  const saved = byId("saved");
  const data = JSON.parse(byId("data").textContent);
  names = data.names;

  const FEW = 3; // places of a group that are shown at once
  const MANY = 200; // groups that are shown at once

  // A group is what one decision serves: its items, its section, and its element once it is shown.
  const groups = data.sections.flatMap((section) =>
    section.groups.map((group) => ({ ...group, section, items: group.items.map((n) => data.items[n]), element: null })),
  );
  for (const section of data.sections) section.groups = groups.filter((group) => group.section === section);

  // What was said of an item before: a comment, which stays with what is decided.
  for (const item of data.items) item.said = item.note && { ...asDecision(item, "comment"), ...item.note };

  const decided = new Map(); // item → decision
  let past = [];
  const box = outbox(saved, put, (answer) => answer); // decisions by item
  let now = null;

  const isLeft = (item) => !decided.has(item);
  const left = (group) => group.items.filter(isLeft);
  const documentOf = (item) => data.documents[item.document];
  const addressOf = (item) => `${documentOf(item)[0]}#e-${item.id}`;
  const count = (n, one, more) => `${n.toLocaleString()} ${n === 1 ? one : more}`;

  // ---- Decisions -------------------------------------------------------------------------------

  function decide(pairs) {
    if (!pairs.length) return;
    past.push(pairs.map(([item]) => item));
    for (const [item, decision] of pairs) {
      decided.set(item, decision);
      box.add(item, { ...decision, comment: item.said?.comment });
    }
    settle(pairs.map(([item]) => item));
  }

  function undo() {
    const items = past.pop();
    if (!items) return;
    for (const item of items) {
      decided.delete(item);
      box.add(item, item.said ?? null);
    }
    settle(items);
    const group = groups.find((one) => one.items.includes(items[0]));
    if (group) go(group);
  }

  function settle(items) {
    const touched = new Set(items);
    for (const group of groups) if (group.items.some((item) => touched.has(item))) refresh(group);
    say();
    box.sendSoon();
  }

  function put(some) {
    const changes = {};
    for (const [item, decision] of some) (changes[documentOf(item)[0]] ??= {})[item.id] = decision;
    return putDecisions("/open", changes);
  }

  // Who closes the page loses nothing.
  window.addEventListener("pagehide", () => box.unsent().size && put(box.unsent()));

  function say() {
    const open = data.items.filter(isLeft);
    const documents = new Set(open.map((item) => item.document)).size;
    byId("progress").textContent = open.length ? `${open.length.toLocaleString()} left` : "Nothing left";
    byId("elsewhere").textContent = open.length ? `in ${count(documents, "document", "documents")}` : "";
  }

  // ---- The list --------------------------------------------------------------------------------

  // With what is put where: the first that is offered, as accepting does.
  function place(item) {
    const [, title, language, direction] = documentOf(item);
    const box = make("div", "place");
    box.append(...outcome(item, language));
    for (const line of box.querySelectorAll(":scope > :not(.source)")) line.dir = direction; // a source has its own
    const link = make("a", "says", title);
    link.href = addressOf(item);
    box.append(link);
    return box;
  }

  function draw(group) {
    const element = make("article", "group");
    element.tabIndex = 0;
    element.setAttribute("aria-label", name(group.title));
    element.addEventListener("focusin", () => mark(group));
    element.addEventListener("click", () => mark(group));
    group.element = element;
    refresh(group);
    return element;
  }

  // Show what of a group is left; nothing of it where all is decided.
  function refresh(group) {
    if (!group.element) return;
    const items = left(group);
    group.element.hidden = !items.length || !isFound(group);
    group.section.element.hidden = group.section.groups.every((one) => !left(one).length || !isFound(one));
    if (!items.length) return;
    const head = titled("h3", group);
    if (items.length > 1) head.append(" ", make("span", "says", `${items.length.toLocaleString()} times`));
    const why = new Set(items.map((item) => name(item.isFinding ? item.message : item.reason)));
    const choices = make("div", "choices");
    for (const [words, key, decision] of options(items[0])) {
      const all = items.length > 1 ? `${words}: all ${items.length}` : words;
      choices.append(button(all, () => take(group, decision), "", keyOf(key)));
    }
    const shown = items.slice(0, group.isWide ? items.length : FEW).map(place);
    if (items.length > shown.length) {
      shown.push(button(`${items.length - shown.length} more`, () => {
        group.isWide = true;
        refresh(group);
      }));
    }
    group.element.replaceChildren(head, ...(why.size === 1 ? [make("p", "why", [...why][0])] : []), choices, ...shown, ...ofWords(group));
  }

  // ---- For good: each leads to a page that shows what it would change ----------------------------

  const house = document.documentElement.dataset.house;

  function ofRule(section) {
    const rule = name(section.rule);
    const ways = [["Never again: switch the rule off", { standing: "never", rule }]];
    if (section.suggests) ways.push(["Always: make what it suggests unasked", { standing: "always", rule }]);
    return forGood("This rule for good", ways);
  }

  function ofWords({ words, instead }) {
    if (words === undefined) return [];
    const ways = [[`Never touch “${words.trim()}”`, { standing: "never", words: words.trim() }]];
    if (instead) ways.push([`Always “${instead}” for “${words}”`, { standing: "always", words, instead }]);
    if (instead === "") ways.push([`Always without “${words.trim()}”`, { standing: "always", words, instead }]);
    return forGood("These words for good", ways);
  }

  function forGood(title, ways) {
    if (!house) return [];
    const box = make("details", "same");
    const list = make("div", "choices");
    for (const [words, wanted] of ways) {
      const link = make("a", "", `${words} …`);
      link.href = `${house}?${new URLSearchParams(wanted)}`;
      list.append(link);
    }
    box.append(make("summary", "", title), list);
    return [box];
  }

  function drawSection(section) {
    const element = make("section");
    const all = section.groups.flatMap(left).length;
    const head = make("h2", "", section.kind);
    head.append(" ", make("span", "says", count(all, "time", "times")), " ", make("code", "rule", name(section.rule)));
    const wholesale = make("div", "choices");
    if (section.groups.length > 1) {
      wholesale.append(
        button("Accept all of the rule", () => takeAll(section, "accept"), "", "A"),
        button("Reject all of the rule", () => takeAll(section, "reject"), "", "X"),
      );
    }
    element.append(head, prose("why", section.summary), wholesale, ...ofRule(section));
    section.element = element;
    return element;
  }

  // The next groups are drawn when one comes near the end of those that are.
  let drawn = 0;
  function drawMore() {
    for (const group of groups.slice(drawn, drawn + MANY)) {
      if (!group.section.element) list.append(drawSection(group.section));
      group.section.element.append(draw(group));
    }
    drawn = Math.min(groups.length, drawn + MANY);
    list.append(more);
    more.hidden = drawn >= groups.length;
  }
  const more = button("Show more", drawMore, "more");
  new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && drawMore()).observe(more);

  const wanted = () => byId("find").value.trim().toLowerCase();
  function isFound(group) {
    const words = wanted();
    return !words || `${name(group.title)} ${group.section.kind} ${name(group.section.rule)} ${left(group).map((i) => documentOf(i)[1]).join(" ")}`.toLowerCase().includes(words);
  }

  // ---- Steps -----------------------------------------------------------------------------------

  const bar = byId("bar");
  const spot = keeper(() => now?.element, bar);

  function mark(group) {
    now?.element?.classList.remove("here");
    now = group;
    now.element.classList.add("here");
  }

  function go(group) {
    while (!group.element) drawMore();
    mark(group);
    group.element.focus({ preventScroll: true });
    group.element.scrollIntoView({ block: "nearest" }); // it is laid out now, and may be higher than was thought
    const { top, bottom } = group.element.getBoundingClientRect();
    if (top >= bar.getBoundingClientRect().bottom && bottom <= innerHeight * 0.9) spot.hold();
    else spot.bring();
  }

  function step(by) {
    const isWanted = (group) => left(group).length && isFound(group);
    const at = now ? groups.indexOf(now) : by > 0 ? -1 : groups.length;
    const ahead = by > 0 ? groups.slice(at + 1) : groups.slice(0, Math.max(0, at)).reverse();
    const behind = by > 0 ? groups.slice(0, at + 1) : groups.slice(at).reverse();
    const next = ahead.find(isWanted) ?? behind.find(isWanted);
    if (next) go(next);
    else end();
  }

  function end() {
    now = null;
    if (data.items.some(isLeft)) return;
    list.replaceChildren(
      make("h2", "", "Nothing left"),
      make("p", "", "Every decision is saved, and the cleaned texts follow. End the review with Ctrl-C."),
    );
  }

  function take(group, decision) {
    decide(left(group).map((item) => [item, decision(item)]));
    mark(group);
    step(1);
  }

  function takeAll(section, verdict) {
    const last = section.groups.at(-1);
    decide(section.groups.flatMap(left).map((item) => [item, said(item, verdict)]));
    while (!last.element) drawMore();
    mark(last);
    step(1);
  }

  function choose(key) {
    if (!now) return;
    const item = left(now)[0] ?? now.items[0];
    const found = pressedOption(item, key) ?? (key === "a" ? options(item)[0] : undefined);
    if (found) take(now, found[2]);
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    " ": () => step(1),
    A: () => now && takeAll(now.section, "accept"),
    X: () => now && takeAll(now.section, "reject"),
    u: undo,
    "/": () => byId("find").focus(),
    "?": () => byId("keys").showModal(),
    Enter: () => now && left(now).length && leaveFor(addressOf(left(now)[0])),
  };
  for (const key of "axtd12345") keys[key] = () => choose(key);

  // Another page is opened only when what was decided here is on disk.
  async function leaveFor(target) {
    const some = box.unanswered();
    if (some.size) {
      const answer = await put(some).catch(() => null);
      if (!answer?.ok) return box.send();
      box.clear();
    }
    location.href = target;
  }

  document.addEventListener("keydown", (event) => {
    if (event.target === byId("find") && ["Escape", "Enter"].includes(event.key)) return event.target.blur();
    const key = keyPressed(event, keys);
    if (!key) return;
    event.preventDefault();
    keys[key]();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leaveFor(link.href);
  });
  byId("undo").addEventListener("click", undo);
  byId("help").addEventListener("click", keys["?"]);
  byId("find").addEventListener("input", () => {
    while (drawn < groups.length) drawMore();
    groups.forEach(refresh);
  });

  const root = document.documentElement;
  new ResizeObserver(() => root.style.setProperty("--bar", `${bar.offsetHeight}px`)).observe(bar);
  list.replaceChildren();
  say();
  drawMore();
  step(1);
})();
