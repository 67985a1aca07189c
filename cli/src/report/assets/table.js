const table = document.getElementById("machines");
const body = table.tBodies[0];
const search = document.getElementById("search");
const rows = [...body.rows];
const FIGURES = ["size", "states", "children", "refs", "twice", "padding"];
const machineOf = (row) => Number(row.id.slice(1));

// A machine's line and what is opened below it stay together.
const opened = new Map();

// A narrow window has fewer columns.
const visibleColumns = () => [...table.tHead.rows[0].cells].filter((cell) => cell.offsetWidth > 0).length;
const spanColumns = (count) => opened.forEach((detail) => (detail.cells[0].colSpan = count));
addEventListener("resize", () => spanColumns(visibleColumns()));

function toggleRow(row, open = !opened.has(row)) {
  const button = row.querySelector("button");
  button.setAttribute("aria-expanded", open);
  if (open && !opened.has(row)) {
    const cell = element("td", { colspan: visibleColumns() });
    const detail = element("tr", { class: "detail" }, cell);
    row.after(detail);
    // The table's own width: what is opened scrolls by itself.
    cell.append(machineView(machineOf(row), [], table.clientWidth - 34));
    opened.set(row, detail);
  } else if (!open) {
    opened.get(row)?.remove();
    opened.delete(row);
  }
}

function openRow(index) {
  const row = rows.find((row) => machineOf(row) === index);
  if (!row) return;
  if (row.hidden) {
    search.value = "";
    filter();
  }
  toggleRow(row, true);
  row.scrollIntoView({ block: "start" });
  row.querySelector("button").focus({ preventScroll: true });
}

function sortKey(key) {
  const figure = FIGURES.indexOf(key);
  if (figure >= 0) return (row) => Number(row.dataset.figures.split(",")[figure]);
  return (row) => {
    const machine = data.machines[machineOf(row)];
    return (key === "name" ? text(machine.name) : machine.location === null ? "" : text(machine.location)).toLowerCase();
  };
}

function sort(button) {
  const head = button.closest("th");
  const first = FIGURES.includes(button.dataset.key) ? "descending" : "ascending";
  const other = first === "descending" ? "ascending" : "descending";
  const order = head.getAttribute("aria-sort") === first ? other : first;
  for (const column of table.tHead.rows[0].cells) column.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", order);
  const of = sortKey(button.dataset.key);
  const keys = new Map(rows.map((row) => [row, of(row)]));
  const sign = order === "ascending" ? 1 : -1;
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  rows.sort((a, b) => sign * compare(keys.get(a), keys.get(b)) || machineOf(a) - machineOf(b));
  body.append(...rows.flatMap((row) => (opened.has(row) ? [row, opened.get(row)] : [row])));
}

let haystacks = null;
function filter() {
  haystacks ??= data.machines.map((machine) =>
    [text(machine.name), text(machine.kind), machine.location === null ? "" : text(machine.location)].join("\n").toLowerCase());
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const row of rows) {
    const hit = words.every((word) => haystacks[machineOf(row)].includes(word));
    if (row.hidden === hit) row.hidden = !hit;
    if (opened.has(row)) opened.get(row).hidden = !hit;
    count += hit;
  }
  document.getElementById("count").textContent = words.length ? `${number(count)} of ${number(rows.length)}` : "";
  document.getElementById("nothing").hidden = count > 0 || !words.length;
}

table.tHead.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) sort(button);
});

body.addEventListener("click", (event) => {
  const row = event.target.closest("tr");
  // Not in what is opened, and not when text was selected to be copied.
  if (row && row.parentNode === body && !row.classList.contains("detail") && getSelection().isCollapsed) toggleRow(row);
});

search.addEventListener("input", filter);

function nextRow(row, step) {
  const visible = rows.filter((row) => !row.hidden);
  return visible[visible.indexOf(row) + step];
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = event.target.closest("#machines > tbody > tr:not(.detail)");
  let next = null;
  if (event.key === "/" && !isTyping) next = search;
  else if (isTyping && (event.key === "Enter" || step === 1)) next = rows.find((row) => !row.hidden)?.querySelector("button");
  else if (step && row) next = nextRow(row, step)?.querySelector("button");
  else if (event.key === "Escape" && isTyping) {
    search.value = "";
    filter();
    return;
  }
  if (!next) return;
  event.preventDefault();
  next.focus();
  if (next === search) search.select();
});

const THEMES = ["auto", "light", "dark"];
const theme = document.getElementById("theme");
theme.addEventListener("click", () => {
  const next = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme ?? "auto") + 1) % THEMES.length];
  document.documentElement.dataset.theme = next;
  theme.textContent = `Theme: ${next}`;
});

// On paper nothing can be opened: what belongs to an opened machine is shown.
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  for (const details of closed) details.open = true;
  spanColumns(table.tHead.rows[0].cells.length);
});
addEventListener("afterprint", () => {
  for (const details of closed) details.open = false;
  spanColumns(visibleColumns());
});

document.querySelector(".controls").hidden = false;
document.documentElement.classList.add("live");
if (/^#m\d+$/.test(location.hash)) openRow(Number(location.hash.slice(2)));
