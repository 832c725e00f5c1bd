"use strict";
// How a fix or finding is shown and what can be said of it, on every page that has some.

let names = []; // what is said often is named by its number
const name = (number) => names[number];

const kindOf = (item) => (item.isFinding ? item.severity : item.state);

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

// A rule's explanation may set words in backticks.
function prose(style, content) {
  const paragraph = make("p", style);
  content.split(/(`+)(.+?)\1/).forEach((part, i) => {
    if (i % 3 === 0) paragraph.append(part);
    if (i % 3 === 2) paragraph.append(make("code", "", part));
  });
  return paragraph;
}

// A text as people see it: with tags in it, text and tags in turn.
const seen = (text) => [text].flat().flatMap((part, n) => (n % 2 ? make("code", "chip", part) : inOneRun(part)));

// “{{ limit }}” has signs at its ends that take the direction of what is around.
const PLACEHOLDER = /(\{{1,3}[^{}\p{Script=Arabic}\p{Script=Hebrew}]{1,24}\}{1,3}|__\w{1,24}__|%\(\w{1,24}\)\w|[%$]\{?\w{1,24}\}?)/u;
const inOneRun = (text) => text.split(PLACEHOLDER).map((part, n) => (n % 2 ? make("bdi", "placeholder", part) : part));
const inOneLine = (text) => [text].flat().join("");

function holding(tag, text) {
  const element = make(tag);
  element.append(...seen(text));
  return element;
}

// A title is ours up to its colon, and behind it the text's, which may run the other way.
function titled(tag, item) {
  const title = name(item.title);
  const at = title.indexOf(": ") + 2;
  const element = make(tag, "", at < 2 ? title : title.slice(0, at));
  if (at >= 2) element.append(make("bdi", "", title.slice(at)));
  return element;
}

// A place in the text: what goes, what comes, or what is only pointed at.
function quote(lang, left, parts, right) {
  const line = make("p", "quote");
  line.lang = lang;
  line.dir = "auto";
  line.append(...seen(left), ...parts.filter(([, content]) => content).map(([tag, content]) => holding(tag, content)), ...seen(right));
  return line;
}

const quoteEdit = (lang, [left, before, after, right]) => quote(lang, left, [["del", before], ["ins", after]], right);

// The text of which the unit is a translation, with the place in it that is meant.
function quoteSource([left, here, right]) {
  const line = quote("", left, [["mark", here]], right);
  line.classList.add("source");
  line.prepend(make("bdi", "of", "Source")); // of no account for the direction of what follows
  return line;
}

// What there is and what it becomes; *put* is what is to stand in the place of a finding.
function outcome(item, lang, put = item.candidates?.[0]?.[1]) {
  const source = item.source ? [quoteSource(item.source)] : [];
  if (!item.isFinding) return [...source, ...item.edits.map((edit) => quoteEdit(lang, edit))];
  const [left, here, right] = item.quote;
  const parts = put === undefined ? [["mark", here]] : [["del", here], ["ins", put]];
  return [...source, quote(lang, left, parts, right)];
}

function aboutOf(item) {
  if (item.isFinding) return `${name(item.message)} ${inOneLine(item.quote[1])}`.slice(0, 300);
  return item.edits.map((line) => line.map(inOneLine)).map(([left, b, a, right]) => `${left}[${b} → ${a}]${right}`).join("; ").slice(0, 300);
}

function asDecision(item, verdict, replacement = "", remember = false) {
  return { id: item.id, verdict, rule: name(item.rule), about: aboutOf(item), replacement, remember };
}

// A comment decides nothing.
const deciding = (said) => (said?.verdict === "comment" ? null : said);

// Where a person's name is given, what they decide carries it.
// What somebody else decided, and an undo brought back, keeps theirs.
const signed = (decision, by) => (decision && by && !decision.by ? { ...decision, by, at: new Date().toISOString() } : decision);

// To accept is to make the suggestion, and of what a finding offers to put the first.
// What is to go is no text that could be accepted: it is deleted, as by hand.
const acceptance = (item) => {
  const first = item.candidates?.[0]?.[0];
  return first === undefined ? asIs(item) : asDecision(item, first === "" ? "edit" : "accept", first);
};

// That a finding is true changes nothing; what was chosen of what one offered is a fix now, and stays chosen.
const asIs = (item) => asDecision(item, "accept", !item.isFinding && item.said?.verdict === "accept" ? item.said.replacement : "");

const said = (item, verdict, remember = false) =>
  verdict === "accept" ? acceptance(item) : asDecision(item, verdict, "", remember);

// What can be said of an item: its words, its key, and the decision it is, of an item like this one too.
function options(item) {
  const say = (verdict, put = "") => (one) => asDecision(one, verdict, put);
  if (!item.isFinding) return [["Accept", "a", asIs], ["Reject", "x", say("reject")]];
  const offered = item.candidates.map(([put, words], i) =>
    put ? [`Put “${inOneLine(words)}”`, `${i + 1}`, say("accept", put)] : ["Delete", `${i + 1}`, say("edit")],
  );
  const wrong = ["Wrong", "x", say("reject")];
  const gone = item.text === undefined || item.candidates.some(([put]) => !put) ? [] : [["Delete", "d", say("edit")]];
  if (offered.length) return [...offered, wrong, ["True, leave it", "t", say("accept")], ...gone];
  return [["True", "a", say("accept")], wrong, ...gone];
}

// Of a finding that offers nothing, to accept is to say that it is true: the key for that says it, too.
const WORDS_OF = { d: "Delete", t: "True" };
const pressedOption = (item, key) =>
  options(item).find(([words, k]) => k === key || (WORDS_OF[key] && words === WORDS_OF[key]));

// On the button of the first that is offered stands the key that accepts everywhere.
const keyOf = (key) => (key === "1" ? "a" : key);

function stored(key, otherwise, where = "localStorage") {
  try {
    return JSON.parse(globalThis[where].getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function keep(where, key, value) {
  try {
    globalThis[where].setItem(key, JSON.stringify(value));
  } catch {
    // It holds for this page, then.
  }
}

// A box to tick that is as the person left it.
function setting(id, key, otherwise) {
  const box = document.getElementById(id);
  box.checked = stored(key, otherwise);
  box.addEventListener("change", () => keep("localStorage", key, box.checked));
  return box;
}

// Single keys are a trouble to who speaks to the machine: they can be switched off (WCAG 2.1.4).
const single = setting("single", "mtclean:keys", true);

// Send decisions, as the review server takes them.
function putDecisions(address, changes) {
  const body = JSON.stringify(changes);
  // A small one arrives although the page is left; of larger ones browsers do not promise it.
  return fetch(address, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body,
    keepalive: body.length < 20_000,
  });
}

const SAVING = "Saving …";

// Decisions on their way to the review server: one request at a time, and what did not arrive goes with the next.
// *post* sends them, given what *prepare* made first; *took* adopts the answer, and gives what there is to say.
function outbox(saved, post, took, prepare = () => undefined) {
  let unsent = new Map(); // a decision each, or null for one taken back
  let flying = new Map(); // what was sent, and not answered yet

  async function send() {
    if (flying.size || !unsent.size) return;
    const prepared = await prepare();
    if (flying.size || !unsent.size) return;
    flying = unsent;
    unsent = new Map();
    saved.textContent = SAVING;
    try {
      const answer = await post(flying, prepared);
      if (!answer.ok) throw new Error(await answer.text());
      const said = (await took(await answer.text())) || "Saved";
      saved.textContent = unsent.size ? SAVING : said;
    } catch (problem) {
      unsent = new Map([...flying, ...unsent]);
      flying = new Map();
      saved.textContent = notSaved(problem);
      return;
    }
    flying = new Map();
    await send();
  }

  // The sign is of the last decision, from the moment it is made; it is sent when the next item is on the screen.
  function sendSoon(isLeaving = () => false) {
    saved.textContent = SAVING;
    setTimeout(() => isLeaving() || send());
  }

  return {
    send,
    sendSoon,
    add: (key, decision) => unsent.set(key, decision),
    unsent: () => unsent,
    unanswered: () => new Map([...flying, ...unsent]),
    clear: () => unsent.clear(),
  };
}

// What *find* gives stays where it was put on the screen, whatever is laid out late or anew around it: blocks that were
// not on the screen before and are not as high as was thought, the bar in two lines, the text as the server made it.
// It ends when the reader scrolls.
function keeper(find, bar) {
  let held = null; // where it was put, and how far the page was scrolled then

  const top = () => find()?.getClientRects()[0]?.top;

  // In the middle; of what is too high for that one sees the beginning.
  function bring() {
    find().scrollIntoView({ block: "center" });
    if (top() < bar.getBoundingClientRect().bottom) find().scrollIntoView({ block: "start" });
    hold();
  }

  function hold(at = top()) {
    held = { at, scrolled: scrollY };
    stay();
  }

  function stay() {
    const moved = held ? top() - held.at : NaN;
    if (Math.abs(moved) >= 1) scrollBy(0, moved);
    if (held) held.scrolled = scrollY;
  }

  new ResizeObserver(stay).observe(document.body); // before the frame is painted
  addEventListener("resize", () => held && top() !== undefined && bring());
  addEventListener("scroll", () => {
    if (held && Math.abs(scrollY - held.scrolled) >= 1) held = null;
  });
  return { bring, hold, top };
}

const notSaved = (problem) => `Not saved: ${problem.message || "the review server does not answer"}`;

// Which of *keys* an event is; empty where it belongs to what is written in, pressed or switched off.
function keyPressed(event, keys) {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys) || document.querySelector("dialog[open]")) return "";
  if (event.target.closest("input, textarea, select")) return "";
  if ([" ", "Enter"].includes(event.key) && event.target.closest("button, summary, a")) return "";
  // a key that is held goes on to the next mark, but decides on one only
  if (event.repeat && !["j", "k", "J", "K"].includes(event.key)) return "";
  return event.key.length === 1 && !single.checked ? "" : event.key;
}
