const LEGEND = [
  ["argument", "captured argument"], ["local", "local"], ["temporary", "temporary"], ["drop-flag", "drop flag"], ["awaitee", "awaited"],
  ["discriminant", "number of the state"], ["other", "only other states"], ["padding", "padding"],
];

function legend() {
  const line = (kind) =>
    drawn("svg", { width: 26, height: 10, "aria-hidden": "true" }, drawn("g", { class: `arrow ${kind}` }, drawn("path", { d: "M26 5H7" }), drawn("path", { class: "head", d: "M1 5l7 -3.5v7z" })));
  return element(
    "p", { class: "legend" },
    LEGEND.map(([role, name]) => element("span", { class: `run ${role}` }, element("i", { class: "key" }), name)),
    element("span", {}, line("certain"), " points at"),
    element("span", {}, line("possible"), " may point at"),
    element("span", {}, "2× stored twice"),
  );
}

// In which machines each one is, by their indices.
let parents = null;
function parentsOf(index) {
  if (!parents) {
    parents = data.machines.map(() => new Set());
    const visit = (child, parent) => {
      if (child.machine !== undefined) parents[child.machine].add(parent);
      for (const inner of child.children ?? []) visit(inner, parent);
    };
    data.machines.forEach((machine, parent) => {
      for (const state of machine.states) for (const slot of state.slots) if (slot.child) visit(slot.child, parent);
    });
  }
  return [...parents[index]];
}

function quietSentence(machine) {
  const quiet = machine.states.filter((state) => state.quiet);
  if (!quiet.length) return null;
  const one = quiet.length === 1;
  const captured = `only ${one ? "has" : "have"} the places of what was captured`;
  const stores = quiet.some((state) => state.slots.length) ? captured : `${one ? "stores" : "store"} nothing`;
  return element("p", { class: "note" }, `${quiet.map((state) => state.name).join(" and ")} ${stores}.`);
}

function pictureOf(machine, room, view) {
  if (!machine.size) {
    return element("p", { class: "note" }, machine.size === 0 ? "It has no bytes." : "Its size is not known, so there is no picture.");
  }
  const frame = element("div", { class: "picture" });
  let shown;
  const draw = (isEven) => {
    const next = picture(machine, room, isEven);
    if (shown) shown.node.replaceWith(next.node);
    else frame.append(next.node);
    shown = next;
  };
  const button = element("button", {
    type: "button", class: "even", "aria-pressed": "false",
    title: "to scale, or with room for each name",
    click: () => {
      const isEven = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", isEven);
      draw(isEven);
    },
  }, "Room for every name");
  frame.append(button);
  draw(false);
  joinWithTables(frame, () => shown, machine, view);
  return frame;
}

// A slot under the pointer is shown in all states, with everything at its height; a click goes to its row.
function joinWithTables(frame, shown, machine, view) {
  const own = (node) => node?.closest("[data-slot]");
  const mark = (target) => {
    for (const marked of view.querySelectorAll(".marked")) marked.classList.remove("marked");
    shown().guide.replaceChildren();
    const { state, slot: index, value } = target?.dataset ?? {};
    const slot = machine.states[state]?.slots[index];
    if (!slot || target.closest(".machine") !== view) return;
    for (const same of view.querySelectorAll(`[data-value="${value}"]`)) if (same.closest(".machine") === view) same.classList.add("marked");
    if (slot.offset === null || !slot.size) return;
    const { y, left, right } = shown();
    const height = Math.max(y(slot.offset + slot.size) - y(slot.offset), 1);
    shown().guide.append(drawn("rect", { x: left - 8, y: y(slot.offset), width: right - left, height }));
  };
  view.addEventListener("pointerover", (event) => mark(own(event.target)));
  view.addEventListener("pointerleave", () => mark(null));
  view.addEventListener("focusin", (event) => mark(own(event.target)));
  frame.addEventListener("click", (event) => {
    const bar = own(event.target);
    if (!bar) return;
    const details = view.querySelector(`details[data-index="${bar.dataset.state}"]`);
    details.open = true;
    details.querySelector(`tr[data-slot="${bar.dataset.slot}"]`)?.scrollIntoView({ block: "nearest" });
  });
}

const storedBytes = (state) => state.bytes.reduce((sum, [size, kind]) => sum + (kind >= 0 ? size : 0), 0);

// Tables are only made when they are opened.
function stateDetails(machine, index, ancestors, isOpen) {
  const state = machine.states[index];
  const awaited = state.slots.find((slot) => text(slot.role) === "awaitee");
  const summary = element(
    "summary", {}, element("b", {}, state.name), state.number === null ? "" : element("span", { class: "pale" }, ` = ${state.number}`),
    state.location === null ? "" : element("span", { class: "pale place" }, text(state.location)),
    element("span", {}, machine.size === null ? `${state.slots.length} slots` : `stores ${number(storedBytes(state))} of ${bytes(machine.size)}`),
    awaited ? element("span", { class: "awaits" }, `awaits ${text((awaited.child?.types ?? awaited.types)?.[1])}`) : "",
  );
  const details = element("details", { class: "state", "data-index": index }, summary);
  const make = () => details.open && details.childElementCount === 1 && details.append(stateTable(machine, index, ancestors));
  // The event comes later, and a click on the picture wants the row at once.
  details.addEventListener("toggle", make);
  new MutationObserver(make).observe(details, { attributeFilter: ["open"] });
  if (isOpen) {
    details.open = true;
    make();
  }
  return details;
}

// Of more states than these only the largest is open from the start.
const FEW = 3;

function machineView(index, above, room) {
  const machine = data.machines[index];
  const node = element("section", { class: "machine", "aria-label": text(machine.name) });
  const ancestors = [...above, { index, node }];
  const size = `${bytes(machine.size)}, align ${number(machine.align)}`;
  node.append(
    element(above.length ? "h3" : "h2", { tabindex: -1 }, element("span", { class: "pale" }, text(machine.kind), " "), text(machine.name) || "?"),
    element("p", { class: "facts" }, element("b", {}, size), machine.location === null ? "" : element("span", { class: "pale" }, text(machine.location)), insideOf(index)),
    pictureOf(machine, room, node),
  );
  if (!above.length && machine.size) node.append(legend());
  const shown = machine.states.map((state, at) => [state, at]).filter(([state]) => !state.quiet);
  const full = shown.filter(([state]) => state.slots.length).sort(([a], [b]) => storedBytes(b) - storedBytes(a));
  const open = new Set((full.length > FEW ? full.slice(0, 1) : full).map(([, at]) => at));
  node.append(...shown.map(([, at]) => stateDetails(machine, at, ancestors, open.has(at))));
  const quiet = quietSentence(machine);
  if (quiet) node.append(quiet);
  if (machine.remarks.length) {
    node.append(element("ul", { class: "remarks", "aria-label": "Remarks" }, machine.remarks.map((remark) => element("li", {}, text(remark)))));
  }
  return node;
}

function insideOf(index) {
  const found = parentsOf(index);
  if (!found.length) return "";
  const most = 4;
  const links = found.slice(0, most).map((parent) => element("button", { type: "button", class: "link", title: text(data.machines[parent].name), click: () => openRow(parent) }, text(data.machines[parent].path)));
  const span = element("span", { class: "inside" }, "in ");
  links.forEach((link, at) => span.append(at ? ", " : "", link));
  if (found.length > most) span.append(` and ${number(found.length - most)} more`);
  return span;
}
