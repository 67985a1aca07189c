// The picture of a machine: states as columns which share one vertical axis of bytes, so that what is at the same height
// overlaps. A value that is carried from one state to the next is joined by a band.
const AXIS = 58;
const HEAD = 40;
const FOOT = 8;
const LETTER = 6.7;

// The offsets at which something begins or ends.
function cuts(machine, states) {
  const found = new Set([0, machine.size]);
  for (const state of states) {
    let offset = 0;
    for (const [size] of state.bytes) found.add((offset += size));
  }
  return [...found].sort((a, b) => a - b);
}

// From an offset in bytes to a height in pixels: to scale, or with room for a name in each run of bytes.
function scale(machine, states, isEven) {
  const at = cuts(machine, states);
  if (!isEven) {
    const height = clamp(170, machine.size * 6, 460);
    return { height, y: (offset) => HEAD + (Math.min(offset, machine.size) * height) / machine.size, ticks: ticks(machine.size, height) };
  }
  const heights = [0];
  for (let index = 1; index < at.length; index++) {
    heights.push(heights[index - 1] + 15 + Math.min(24, 3 * Math.log2(at[index] - at[index - 1])));
  }
  const y = (offset) => {
    const index = at.findIndex((cut) => cut >= offset);
    if (index <= 0) return HEAD + (index < 0 ? heights.at(-1) : 0);
    const share = (offset - at[index - 1]) / (at[index] - at[index - 1]);
    return HEAD + heights[index - 1] + share * (heights[index] - heights[index - 1]);
  };
  return { height: heights.at(-1), y, ticks: at };
}

// Multiples of a power of two, not too close to each other nor to the end, which has one too.
function ticks(size, height) {
  let step = 1;
  while ((step * height) / size < 30) step *= 2;
  const found = [];
  for (let offset = 0; offset < size - step * 0.6; offset += step) found.push(offset);
  return [...found, size];
}

function axis(drawing) {
  return drawing.ticks.map((offset) => [
    drawn("line", { class: "tick", x1: AXIS - 8, x2: AXIS - 3, y1: drawing.y(offset), y2: drawing.y(offset) }),
    drawn("text", { class: "axis", x: AXIS - 11, y: drawing.y(offset) + 3.5 }, number(offset)),
  ]);
}

const RUNS = { "-1": ["discriminant", "the number of the state"], "-2": ["other", "used by other states only"], "-3": ["padding", "padding: used by no state"] };

function bar(state, stateIndex, [offset, size, kind], x, width, y) {
  const [top, bottom] = [y(offset), y(offset + size)];
  const height = Math.max(bottom - top, 1.25);
  const slot = state.slots[kind];
  const [role, meaning] = slot ? [text(slot.role), text(slot.name)] : RUNS[kind];
  const node = drawn("g", { class: `run ${role}`, "data-state": stateIndex, "data-slot": slot ? kind : undefined, "data-value": slot?.value });
  const title = slot ? `${meaning}: ${text(slot.types?.[1])}\n${bytes(slot.size)} at ${number(slot.offset)}\n${text(slot.why)}` : `${meaning}\n${bytes(size)} at ${number(offset)}`;
  node.append(drawn("title", {}, title), drawn("rect", { class: "ground", x, y: top, width, height }));
  if (slot) node.append(drawn("rect", { class: "strip", x, y: top, width: 4, height }));
  if (height >= 12 && (slot || kind !== -2)) {
    const name = slot ? meaning : role;
    const twice = slot?.twice === undefined ? "" : "2× ";
    const amount = twice + number(size);
    const room = Math.floor((width - 14) / LETTER);
    const middle = height > 24 ? top + 14 : (top + bottom) / 2 + 3.5;
    node.append(drawn("text", { x: x + 9, y: middle }, fitting(name, room - amount.length - 1)));
    node.append(drawn("text", { class: "amount", x: x + width - 5, y: middle }, amount));
  }
  return node;
}

// Bands between two states for the values that both store.
function carried(state, next, x, gap, y) {
  const values = new Map(next.slots.filter((slot) => slot.size > 0).map((slot) => [slot.value, slot]));
  return state.slots
    .filter((slot) => slot.size > 0 && slot.offset !== null && values.has(slot.value))
    .map((slot) => {
      const [top, bottom] = [y(slot.offset), y(slot.offset + slot.size)];
      return drawn("rect", { class: `carried ${text(slot.role)}`, x, y: top, width: gap, height: Math.max(bottom - top, 1) });
    });
}

// `room` is how wide it may be before it has to scroll; `isEven` gives each run of bytes room for its name.
function picture(machine, room, isEven) {
  const states = machine.states.filter((state) => !state.quiet);
  const drawing = scale(machine, states, isEven);
  const spans = states.map((state) => slotSpans(state, drawing.y));
  const arrows = states.map((state, index) => routes(state, spans[index]));
  const gutters = arrows.map(gutter).map((width) => Math.max(width, 24));
  const spare = room - AXIS - gutters.reduce((sum, width) => sum + width, 0);
  const width = Math.floor(clamp(112, spare / states.length, 230));
  const total = AXIS + gutters.reduce((sum, gap) => sum + gap + width, 0);
  const height = HEAD + drawing.height + FOOT;

  const layers = ["guide", "bands", "bars", "arrows"].map((name) => drawn("g", { class: name }));
  let x = AXIS;
  states.forEach((state, index) => {
    const own = machine.states.indexOf(state);
    const places = state.location === null ? "" : text(state.location).split("/").at(-1);
    layers[2].append(
      drawn("text", { class: "name", x, y: 15 }, state.name),
      drawn("text", { class: "pale", x, y: 30 }, drawn("title", {}, text(state.location)), fitting(places, Math.floor((width + 12) / LETTER), true)),
    );
    let offset = 0;
    for (const [size, kind] of state.bytes) {
      layers[2].append(bar(state, own, [offset, size, kind], x, width, drawing.y));
      offset += size;
    }
    if (index + 1 < states.length) layers[1].append(...carried(state, states[index + 1], x + width, gutters[index], drawing.y));
    layers[3].append(...arrows[index].map((route) => arrow(route, x + width)));
    x += width + gutters[index];
  });
  const label = `${text(machine.name)}: ${bytes(machine.size)} in ${states.length} states; the tables below say the same`;
  const columns = drawn(
    "svg", { class: "columns", role: "img", "aria-label": label, width: total, height, viewBox: `0 0 ${total} ${height}` },
    axis(drawing), layers,
  );
  // Stays when the columns are scrolled.
  const rule = drawn("svg", { class: "rule", "aria-hidden": "true", width: AXIS - 3, height }, axis(drawing));
  return { node: element("div", { class: "scroll" }, rule, columns), guide: layers[0], columns, y: drawing.y, left: AXIS, right: total };
}
