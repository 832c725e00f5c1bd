"use strict";
(() => {
  const table = document.getElementById("table");
  if (!table) return;
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];

  // A report finds its neighbours here, in the order last looked at.
  function remember() {
    const links = [...body.querySelectorAll("a")].map((link) => link.href);
    try {
      localStorage.setItem("mtclean:documents", JSON.stringify(links));
    } catch {
      // Without it the reports have no keys for the next document; all else works.
    }
  }

  function value(row, column) {
    const raw = row.cells[column].dataset.v;
    return column === 0 ? raw : Number(raw);
  }

  function sort(column) {
    const head = heads[column];
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...body.rows].sort((a, b) => {
      const [x, y] = [value(a, column), value(b, column)];
      const order = column === 0 ? x.localeCompare(y) : x - y;
      return down ? -order : order;
    });
    body.append(...rows);
    remember();
  }

  heads.forEach((head, column) => head.firstElementChild.addEventListener("click", () => sort(column)));
  remember();
})();
