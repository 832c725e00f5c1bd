// What people write where no rule had anything to say: found by the words of the original around it, as
// mtclean finds it again (Place in mtclean/text/decision.py).
const writings = ((text) => {
  const CONTEXTS = [24, 60, 200, 1000]; // UTF-16 units of context, until the words stand there only
  const whole = (part) => part.replace(/^[\udc00-\udfff]/, "").replace(/[\ud800-\udbff]$/, "");

  // What the original has of the page: its pieces, each the text and the node it stands in.
  function original() {
    const pieces = [];
    let length = 0;
    const add = (content, node) => {
      pieces.push({ at: length, content, node });
      length += content.length;
    };
    const walk = (node) => {
      for (const part of node.childNodes) {
        if (part.nodeType === Node.TEXT_NODE) add(part.data, part);
        else if (part.nodeType !== Node.ELEMENT_NODE || !isOfOriginal(part)) continue;
        else if (part.dataset.c) add(String.fromCodePoint(parseInt(part.dataset.c, 16)).repeat(Number(part.dataset.n ?? 1)));
        else walk(part);
      }
    };
    for (const block of text.children) if (!block.classList.contains("right")) walk(block);
    return { pieces, content: pieces.map((piece) => piece.content).join("") };
  }

  const isOfOriginal = (part) => part.tagName !== "INS" && !part.classList.contains("ghost");
  const isChanged = (node) => node.parentElement.closest("del, ins, .ghost, .sg");

  // Whether words may be changed that stand in *pieces*: what lies over several is no mark, and all is to be seen.
  function isOneRun(pieces) {
    const [{ node }] = pieces;
    if (pieces.length === 1) return !isChanged(node);
    const block = node?.parentElement.closest(".b");
    return pieces.every((one) => one.node && !one.node.parentElement.closest("[data-i], .own, .spare") && block.contains(one.node));
  }

  // The place of what is selected; words that say why there is none; null where nothing is selected.
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return null;
    const { pieces, content } = original();
    const [first, last] = [range.startContainer, range.endContainer].map((node) => pieces.findIndex((one) => one.node === node));
    if (first < 0 || last < 0 || !isOneRun(pieces.slice(first, last + 1))) {
      return "Select words of one paragraph between two marks; a mark is edited with its own key.";
    }
    const [start, end] = [pieces[first].at + range.startOffset, pieces[last].at + range.endOffset];
    for (const length of CONTEXTS) {
      const place = [whole(content.slice(Math.max(0, start - length), start)), content.slice(start, end), whole(content.slice(end, end + length))];
      if (isOnce(content, place.join(""))) return place;
    }
    return "The same words stand in the text more than once, with the same words around them.";
  }

  const isOnce = (content, words) => content.includes(words) && content.indexOf(words) === content.lastIndexOf(words);

  // Show what was written in *place*; whether there is room for it on this page.
  function show(id, [before, words, after], put) {
    hide(id);
    const { pieces, content } = original();
    const found = content.indexOf(before + words + after);
    const start = found + before.length;
    const end = start + words.length;
    const some = pieces.filter((one) => one.at < end && one.at + one.content.length > start);
    if (found < 0 || !some.length || !isOneRun(some)) return false;
    const range = document.createRange();
    range.setStart(some[0].node, start - some[0].at);
    range.setEnd(some.at(-1).node, end - some.at(-1).at);
    const gone = make("del", "swap own");
    const hand = make("ins", "hand own", put);
    for (const part of [gone, hand]) part.dataset.own = id;
    gone.append(range.extractContents());
    range.insertNode(hand);
    range.insertNode(gone);
    return gone;
  }

  function hide(id) {
    for (const part of text.querySelectorAll(`[data-own="${CSS.escape(id)}"]`)) {
      const around = part.parentNode;
      if (part.tagName === "DEL") part.replaceWith(...part.childNodes);
      else part.remove();
      around.normalize();
    }
  }

  const newId = () => [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  return { selected, show, hide, newId };
})(document.getElementById("text"));
