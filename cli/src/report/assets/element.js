const data = JSON.parse(document.getElementById("data").textContent);
const text = (id) => (id === undefined || id === null ? "?" : data.texts[id]);
const number = (value) => (value === undefined || value === null ? "?" : value.toLocaleString("en-US"));
const bytes = (value) => (value === 1 ? "1 byte" : `${number(value)} bytes`);
const clamp = (least, value, most) => Math.max(least, Math.min(value, most));

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

const element = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

const drawn = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

// At most so many characters; of a path the end says more than the beginning.
const fitting = (name, room, keepEnd) => {
  if (name.length <= room) return name;
  if (room < 2) return "";
  return keepEnd ? "…" + name.slice(name.length - room + 1) : name.slice(0, room - 1) + "…";
};
