"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const table = byId("table");
  if (!table) return;
  const PAGE = 100; // rows that are shown at once
  const rows = JSON.parse(byId("data").textContent);
  const heads = [...table.tHead.rows[0].cells];
  const local = location.protocol === "file:";
  // Of a row: where it leads, its name, remarks, and for each column after the name what it sorts by and what it says.
  const href = ([address]) => (address ? new URL(address, location.href).href : "");
  const OPEN = 5;

  function stored(key, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  // Reports that are files keep in the browser what was decided, and say here what that leaves.
  function recount() {
    const left = local ? stored("mtclean:left", {}) : {};
    for (const row of rows) {
      const cell = row[3][OPEN];
      cell.made ??= cell[0];
      const [before, now] = left[href(row)] ?? [];
      const open = before === cell.made ? now : cell.made;
      if (open !== cell[0]) [cell[0], cell[1]] = [open, open ? open.toLocaleString() : "–"];
    }
    const open = rows.map((row) => row[3][OPEN][0]);
    byId("left").textContent = open.reduce((sum, n) => sum + n, 0).toLocaleString();
    const documents = open.filter(Boolean).length;
    byId("left-in").textContent = `in ${documents.toLocaleString()} ${documents === 1 ? "document" : "documents"}`;
    return documents;
  }

  // A report that is a file finds its neighbours here, in the order last looked at.
  function remember() {
    if (!local) return;
    try {
      const list = order.map((row) => [href(row), row[1], row[3][OPEN].made]).filter(([link]) => link);
      localStorage.setItem("mtclean:documents", JSON.stringify(list));
    } catch {
      // Without it the reports have no keys for the next document; all else works.
    }
  }

  function make(tag, style, content) {
    const element = document.createElement(tag);
    if (style) element.className = style;
    if (content !== undefined) element.textContent = content;
    return element;
  }

  function drawn([address, name, remarks, cells]) {
    const line = make("tr");
    const head = make("th");
    head.scope = "row";
    const title = make("bdi", "", name);
    if (address) {
      const link = make("a");
      link.href = address;
      link.append(title);
      head.append(link);
    } else head.append(title);
    head.append(...remarks.map((remark) => make("span", "says", remark)));
    line.append(head, ...cells.map(([, said]) => make("td", "n", said)));
    return line;
  }

  let order = rows;
  let page = 0;

  function draw() {
    const words = byId("find").value.trim().toLowerCase();
    const some = byId("only").value;
    const found = order.filter(
      ([, name, , cells]) => name.toLowerCase().includes(words) && (some !== "open" || cells[OPEN][0]) && (some !== "done" || !cells[OPEN][0]),
    );
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    page = Math.max(0, Math.min(page, pages - 1));
    table.tBodies[0].replaceChildren(...found.slice(page * PAGE, (page + 1) * PAGE).map(drawn));
    byId("found").textContent = `${found.length.toLocaleString()} of ${rows.length.toLocaleString()}${pages > 1 ? `, page ${page + 1} of ${pages}` : ""}`;
    byId("before").disabled = page === 0;
    byId("after").disabled = page === pages - 1;
  }

  function sort(column) {
    const head = heads[column];
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const names = new Intl.Collator();
    order = [...rows].sort((a, b) => {
      const sign = column ? a[3][column - 1][0] - b[3][column - 1][0] : names.compare(a[1], b[1]);
      return down ? -sign : sign;
    });
    page = 0;
    remember();
    draw();
  }

  function turn(by) {
    page += by;
    draw();
    byId("find").scrollIntoView({ block: "nearest" });
  }

  heads.forEach((head, column) => head.firstElementChild.addEventListener("click", () => sort(column)));
  byId("find").addEventListener("input", () => { page = 0; draw(); });
  byId("only").addEventListener("change", () => { page = 0; draw(); });
  byId("before").addEventListener("click", () => turn(-1));
  byId("after").addEventListener("click", () => turn(1));
  // Who comes back to this page sees what was decided meanwhile.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (local) recount(), draw();
    else location.reload();
  });
  byId("tools").hidden = false;
  byId("only").value = recount() ? "open" : "";
  remember();
  draw();
})();
