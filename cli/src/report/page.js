"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const byId = new Map(data.machines.map((machine) => [machine.id, machine]));
const body = document.getElementById("rows");
const number = new Intl.NumberFormat("en-US");
const bytes = (value) => (value === null || value === undefined ? "?" : number.format(value));
const stateName = (kind) => (typeof kind === "string" ? kind[0].toUpperCase() + kind.slice(1) : "Suspend" + kind.suspended);

// Without their paths, names of types are readable; the whole name is the tooltip.
const short = (name) =>
  (name || "?")
    .replace(/, alloc::alloc::Global(?=>)/g, "")
    .replace(/::\{(async|gen|async_gen)_(\w+)_env#\d+\}/g, (_, kind, body) => ` {${kind.replace("_", " ")} ${body}}`)
    .replace(/(?:[A-Za-z_]\w*|\{[a-z_]+#\d+\})::(?=[\w{<])/g, "");

function element(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function vector(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// A value that lives through several states keeps its colour.
function colours(machine) {
  const seen = new Map();
  return (slot) => {
    const key = slot.name + "@" + slot.offset;
    if (!seen.has(key)) seen.set(key, seen.size % 7);
    return "var(--s" + seen.get(key) + ")";
  };
}

function picture(machine, colour) {
  const states = machine.states.filter((state) => typeof state.kind !== "string" || state.kind === "unresumed");
  const size = machine.size || 1;
  const height = Math.max(120, Math.min(440, size * 3));
  const column = 190, gap = 64, top = 34, left = 52;
  const width = left + states.length * (column + gap);
  const svg = vector("svg", { width, height: height + top + 22, viewBox: `0 0 ${width} ${height + top + 22}`, role: "img" });
  svg.append(vector("title", {}, `${machine.path}: ${bytes(machine.size)} bytes, by state`));
  const scale = height / size;
  const step = Math.max(1, 2 ** Math.ceil(Math.log2(size / 8)));
  for (let offset = 0; offset <= size; offset += step) {
    const y = top + offset * scale;
    svg.append(vector("line", { class: "edge", x1: left - 6, x2: width - gap + 8, y1: y, y2: y }));
    svg.append(vector("text", { class: "soft", x: left - 10, y: y + 4, "text-anchor": "end" }, bytes(offset)));
  }
  states.forEach((state, index) => {
    const x = left + index * (column + gap);
    const line = state.place ? ":" + state.place.line : "";
    svg.append(vector("text", { x, y: 14, "font-weight": "bold" }, stateName(state.kind)));
    svg.append(vector("text", { class: "soft", x, y: 28 }, line ? "line " + line.slice(1) : ""));
    svg.append(vector("rect", { x, y: top, width: column, height, fill: "var(--other)" }));
    for (const [offset, length] of machine.padding) {
      svg.append(vector("rect", { x, y: top + offset * scale, width: column, height: length * scale, fill: "var(--padding)" },
        vector("title", {}, `padding: ${length} bytes at ${offset}`)));
    }
    const tag = machine.discriminant;
    if (tag) {
      svg.append(vector("rect", { x, y: top + tag[0] * scale, width: column, height: Math.max(2, tag[1] * scale), fill: "var(--state)" },
        vector("title", {}, `which state it is in: ${tag[1]} byte at ${tag[0]}`)));
    }
    let labelled = -Infinity;
    const placed = state.slots.map((slot) => (slot.offset === null || !slot.size ? null : { y: top + slot.offset * scale, h: Math.max(2, slot.size * scale) }));
    const order = state.slots.map((_, at) => at).filter((at) => placed[at]).sort((a, b) => placed[a].y - placed[b].y);
    for (const at of order) {
      const slot = state.slots[at], { y, h } = placed[at];
      svg.append(vector("rect", { x, y, width: column, height: h, fill: colour(slot), stroke: "var(--page)", "stroke-width": h > 4 ? 1 : 0 },
        vector("title", {}, `${slot.name}: ${slot.type_name || "?"}\n${bytes(slot.size)} bytes at ${slot.offset}`)));
      const middle = y + h / 2;
      if (middle - labelled >= 12 && h >= 11) {
        const label = `${slot.name} ${bytes(slot.size)}`;
        svg.append(vector("text", { class: "on", x: x + 6, y: middle + 4 }, label.length > 26 ? label.slice(0, 25) + "…" : label));
        labelled = middle;
      }
    }
    state.slots.forEach((slot, from) => slot.points_at.forEach((target, nth) => {
      const a = placed[from], b = placed[target.slot];
      if (!a || !b) return;
      const y1 = a.y + a.h / 2, y2 = b.y + b.h / 2 + nth * 3, edge = x + column, out = edge + 18 + 7 * ((from + nth) % 5);
      const may = target.certainty === "possible";
      const path = vector("path", { class: may ? "arrow may" : "arrow", d: `M${edge} ${y1} C${out} ${y1} ${out} ${y2} ${edge + 5} ${y2}` },
        vector("title", {}, `${slot.name} ${may ? "may point at" : "points at"} ${state.slots[target.slot].name}${target.part}`));
      svg.append(path, vector("path", { d: `M${edge} ${y2} l7 -3.5 v7 z`, fill: "var(--ink)" }));
    }));
  });
  return element("div", { class: "picture", tabindex: "0", role: "group", "aria-label": "picture of the bytes" }, svg);
}

const words = { captured: "captured", awaited: "awaited", used_after: "used after", dropped_after: "dropped after", address_taken: "address taken" };
const reason = (one) => (typeof one === "string" ? words[one] || one : "borrowed by " + one.borrowed_by);

function slotTable(machine, state, colour, path) {
  const table = element("table", { class: "slots" });
  const place = state.place ? ` ${state.place.file}:${state.place.line}` : "";
  table.append(element("caption", {}, stateName(state.kind), element("span", { class: "place mono" }, place)));
  const head = element("tr", {});
  for (const [text, kind] of [["offset", "number"], ["bytes", "number"], ["name", ""], ["type", ""], ["why", ""], ["points at", ""]]) head.append(element("th", { scope: "col", class: kind }, text));
  table.append(element("thead", {}, head));
  const rows = element("tbody", {});
  for (const slot of state.slots) {
    const name = element("td", { class: "mono" }, element("span", { class: "key", style: `background:${slot.offset === null ? "none" : colour(slot)}` }), slot.name);
    const child = slot.child && childMachine(slot.child);
    const where = element("td", { class: "mono", title: slot.type_name || "" }, slot.evidence === "lost" ? "lost: another value has its name" : short(slot.type_name) + " ");
    const row = element("tr", {}, element("td", { class: "number" }, bytes(slot.offset)), element("td", { class: "number" }, bytes(slot.size)), name, where,
      element("td", {}, slot.reasons.map(reason).join(", ")),
      element("td", {}, slot.points_at.map((target) => `${target.certainty === "possible" ? "may: " : ""}${state.slots[target.slot].name}${target.part}`).join(", ")));
    rows.append(row);
    if (child && !path.includes(child.id)) {
      const button = element("button", { class: "open", "aria-expanded": "false" }, "open");
      button.addEventListener("click", () => toggle(button, () => {
        const cell = element("td", { colspan: "6", class: "detail" }, detail(child, [...path, child.id]));
        row.after(element("tr", {}, cell));
        return row.nextSibling;
      }));
      where.append(button);
    }
  }
  table.append(rows);
  return table;
}

function childMachine(child) {
  if (child.machine && byId.has(child.machine)) return byId.get(child.machine);
  for (const inner of child.children) {
    const found = childMachine(inner);
    if (found) return found;
  }
  return null;
}

const opened = new WeakMap();
function toggle(button, open) {
  const row = opened.get(button);
  if (row) {
    row.remove();
    opened.delete(button);
  } else {
    opened.set(button, open());
  }
  button.setAttribute("aria-expanded", String(!row));
}

function detail(machine, path) {
  const colour = colours(machine);
  const node = element("div", { class: "machine" });
  if (path.length > 1) node.append(element("p", { class: "mono" }, `${machine.path}: ${bytes(machine.size)} bytes`));
  node.append(picture(machine, colour));
  node.append(element("p", { class: "legend" }, "to scale, from offset 0 down", legend("var(--other)", "used in other states"), legend("var(--padding)", "padding"), legend("var(--state)", "which state it is in"), "solid arrow: points at; dashed: may point at"));
  for (const state of machine.states) {
    if (state.slots.length && state.kind !== "returned" && state.kind !== "panicked") node.append(element("div", { class: "scroll" }, slotTable(machine, state, colour, path)));
  }
  if (machine.remarks.length) node.append(element("ul", { class: "notes" }, ...machine.remarks.map((remark) => element("li", {}, remark))));
  return node;
}

function legend(colour, text) {
  return element("span", {}, element("span", { class: "key", style: `background:${colour}` }), text);
}

for (const button of body.querySelectorAll(".name button")) {
  const row = button.closest("tr");
  button.addEventListener("click", () => toggle(button, () => {
    const machine = byId.get(row.dataset.id);
    const cell = element("td", { colspan: "7", class: "detail" }, detail(machine, [machine.id]));
    const below = element("tr", { class: "below" }, cell);
    row.after(below);
    return below;
  }));
}

const rows = [...body.querySelectorAll("tr[data-id]")];
const search = document.getElementById("search");
const count = document.getElementById("count");
function filter() {
  const wanted = search.value.trim().toLowerCase();
  let shown = 0;
  for (const row of rows) {
    const hit = row.dataset.text.includes(wanted);
    row.hidden = !hit;
    if (row.nextElementSibling && row.nextElementSibling.classList.contains("below")) row.nextElementSibling.hidden = !hit;
    shown += hit;
  }
  count.textContent = `${number.format(shown)} of ${number.format(rows.length)}`;
}
search.addEventListener("input", filter);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "Escape" && document.activeElement === search) {
    search.value = "";
    filter();
  }
});

for (const header of document.querySelectorAll("th[data-key]")) {
  header.querySelector("button").addEventListener("click", () => {
    const was = header.getAttribute("aria-sort");
    const text = header.dataset.kind === "text";
    const down = was ? was === "ascending" : !text;
    for (const other of document.querySelectorAll("th[data-key]")) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = header.dataset.key;
    const value = (row) => (text ? row.dataset[key] : Number(row.dataset[key]));
    const sorted = [...rows].sort((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0));
    if (down) sorted.reverse();
    for (const row of sorted) {
      const below = row.nextElementSibling && row.nextElementSibling.classList.contains("below") ? row.nextElementSibling : null;
      body.append(row);
      if (below) body.append(below);
    }
  });
}
filter();
