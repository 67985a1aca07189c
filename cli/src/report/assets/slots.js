// What a state stores, as a table in the order of the bytes.
const COLUMNS = ["Offset", "Size", "Slot", "Type", "Kept because", "Points at"];
const CLASSES = ["number", "number", "slot", "type", "why", "points"];

function stateTable(machine, stateIndex, ancestors) {
  const state = machine.states[stateIndex];
  const rows = state.slots.map((slot, index) => ({ offset: slot.offset, slot, index }));
  let offset = 0;
  for (const [size, kind] of state.bytes) {
    if (kind < 0) rows.push({ offset, size, kind });
    offset += size;
  }
  const order = (row) => (row.offset === null ? Infinity : row.offset);
  rows.sort((a, b) => order(a) - order(b) || (a.slot?.size ?? a.size) - (b.slot?.size ?? b.size));
  const body = element("tbody");
  for (const row of rows) {
    body.append(row.slot ? slotRow(row, stateIndex, ancestors) : runRow(row));
  }
  const head = COLUMNS.map((name, index) => element("th", { scope: "col", class: CLASSES[index] }, name));
  return element("div", { class: "scroll" }, element("table", { class: "slots" }, element("thead", {}, element("tr", {}, head)), body));
}

function runRow({ offset, size, kind }) {
  const [role, meaning] = RUNS[kind];
  return element(
    "tr", { class: `run ${role}` },
    element("td", { class: "number" }, number(offset)),
    element("td", { class: "number" }, number(size)),
    element("td", { colspan: 4 }, element("i", { class: "key" }), meaning),
  );
}

function slotRow({ slot, index }, stateIndex, ancestors) {
  const role = text(slot.role);
  const row = element("tr", { class: role, "data-state": stateIndex, "data-slot": index, "data-value": slot.value });
  const type = element("td", { class: "type", title: text(slot.types?.[0]) });
  const own = slot.child && slot.types && slot.child.types[0] === slot.types[0];
  if (!own) type.append(text(slot.types?.[1]));
  if (slot.child) type.append(childControl(slot.child, row, ancestors, !own));
  const why = element("td", {}, text(slot.why));
  if (slot.twice !== undefined) why.append(element("div", { class: "warning" }, `stored twice: also at ${number(slot.twice)}`));
  if (slot.note !== undefined) why.append(element("div", { class: text(slot.note).startsWith("repaired") ? "pale" : "warning" }, text(slot.note)));
  const points = element("td", { class: "points" });
  for (const point of slot.points ?? []) {
    points.append(element("div", { class: point.certain ? "certain" : "possible" }, `${point.certain ? "→" : "⇢"} ${text(point.text)}`));
  }
  row.append(
    element("td", { class: "number" }, number(slot.offset)),
    element("td", { class: "number" }, number(slot.size)),
    element("th", { scope: "row" }, element("i", { class: "key", title: role }), text(slot.name)),
    type, why, points,
  );
  return row;
}

// A future in a slot. If its machine is known it opens below the row; `isPart` if it is not all of the slot.
function childControl(child, row, ancestors, isPart) {
  const words = { box: "in a box: ", dyn: "known only at run time: " }[child.kind] ?? (isPart ? "holds " : "");
  const node = element("div", { class: isPart ? "child part" : "child" });
  if (isPart && child.kind === "dyn") return node;
  const name = text(child.types[1]);
  const above = ancestors.find((ancestor) => ancestor.index === child.machine);
  if (above) {
    const go = () => above.node.querySelector("h2,h3").focus();
    node.append(words, element("button", { type: "button", class: "link", click: go }, name), " is open above: it is recursive");
  } else if (child.machine !== undefined) {
    node.append(words, disclosure(name, child, row, ancestors));
  } else {
    node.append(words, element("span", { title: text(child.types[0]) }, name));
  }
  if (isPart && child.size !== null) node.append(` ${bytes(child.size)}`);
  if (child.children?.length) {
    node.append(element("ul", {}, child.children.map((inner) => element("li", {}, childControl(inner, row, ancestors, true)))));
  }
  return node;
}

function disclosure(name, child, row, ancestors) {
  let panel = null;
  const toggle = () => {
    const open = panel === null;
    button.setAttribute("aria-expanded", open);
    if (open) {
      const cell = element("td", { colspan: COLUMNS.length });
      panel = element("tr", { class: "inner" }, cell);
      row.after(panel);
      cell.append(machineView(child.machine, ancestors, panel.clientWidth - 40));
    } else {
      panel.remove();
      panel = null;
    }
  };
  const button = element("button", { type: "button", class: "open", "aria-expanded": "false", title: text(child.types[0]), click: toggle }, name);
  return button;
}
