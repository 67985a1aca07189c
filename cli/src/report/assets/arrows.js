// Where in a state each slot is drawn: its first and last pixel, by its index. A slot whose place is not known has none.
function slotSpans(state, y) {
  const spans = state.slots.map((slot) => (slot.size === 0 && slot.offset !== null ? [y(slot.offset), y(slot.offset)] : null));
  let offset = 0;
  for (const [size, kind] of state.bytes) {
    if (kind >= 0) spans[kind] = spans[kind] && state.slots[kind].size ? [spans[kind][0], y(offset + size)] : [y(offset), y(offset + size)];
    offset += size;
  }
  return spans;
}

// The self-references of a state, each with the lane beside the column in which it runs: as few lanes as keep lines apart.
function routes(state, spans) {
  const found = [];
  state.slots.forEach((slot, from) => {
    for (const point of slot.points ?? []) {
      if (!spans[from] || !spans[point.to]) continue;
      const middle = (index, share) => spans[index][0] + (spans[index][1] - spans[index][0]) * share;
      // A slot may hold a reference and be referred to: the two ends keep apart.
      found.push({ slot, point, from, start: middle(from, 0.62), end: middle(point.to, 0.38) });
    }
  });
  const length = (route) => Math.abs(route.start - route.end);
  found.sort((a, b) => length(a) - length(b));
  const lanes = [];
  for (const route of found) {
    const [top, bottom] = [Math.min(route.start, route.end) - 3, Math.max(route.start, route.end) + 3];
    let lane = lanes.findIndex((taken) => taken.every(([from, to]) => bottom < from || to < top));
    if (lane < 0) lane = lanes.push([]) - 1;
    lanes[lane].push([top, bottom]);
    route.lane = lane;
  }
  return found;
}

const LANE = 9;
const gutter = (found) => 20 + LANE * Math.max(0, ...found.map((route) => route.lane + 1));

function arrow(route, right) {
  const { start, end, point, slot } = route;
  const far = right + 10 + LANE * route.lane;
  const bend = Math.min(5, Math.abs(start - end) / 2) * Math.sign(end - start);
  const line = `M${right} ${start}H${far - 5}q5 0 5 ${bend}V${end - bend}q0 ${bend} -5 ${bend}H${right + 5}`;
  const name = `${text(slot.name)} ${text(point.text)}`;
  return drawn(
    "g", { class: point.certain ? "arrow certain" : "arrow possible" },
    drawn("title", {}, name),
    drawn("path", { d: line }),
    drawn("circle", { cx: right, cy: start, r: 2 }),
    drawn("path", { class: "head", d: `M${right} ${end}l7 -3.5v7z` }),
  );
}
