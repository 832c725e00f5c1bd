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

  // The place of what is selected; words that say why there is none; null where nothing is selected.
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return null;
    const { startContainer: node, startOffset: from, endOffset: to } = range;
    if (node !== range.endContainer || node.nodeType !== Node.TEXT_NODE || isChanged(node)) {
      return "Select words of one paragraph between two marks; a mark is edited with its own key.";
    }
    const { pieces, content } = original();
    const piece = pieces.find((one) => one.node === node);
    const [start, end] = [piece.at + from, piece.at + to];
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
    const piece = pieces.findLast((one) => one.at <= start && one.node);
    if (found < 0 || start + words.length > piece.at + piece.content.length || isChanged(piece.node)) return false;
    const node = start > piece.at ? piece.node.splitText(start - piece.at) : piece.node;
    if (words.length < node.data.length) node.splitText(words.length);
    const gone = make("del", "swap own", words);
    const hand = make("ins", "hand own", put);
    for (const part of [gone, hand]) part.dataset.own = id;
    node.replaceWith(gone, hand);
    return gone;
  }

  function hide(id) {
    for (const part of text.querySelectorAll(`[data-own="${CSS.escape(id)}"]`)) {
      const around = part.parentNode;
      if (part.tagName === "DEL") part.replaceWith(part.textContent);
      else part.remove();
      around.normalize();
    }
  }

  const newId = () => [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  return { selected, show, hide, newId };
})(document.getElementById("text"));
