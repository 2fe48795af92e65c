/* Labels: names of nodes and words of edges on the screen, the most important first, none over another. */
"use strict";
const measured = new Map();
let ruler = null;

KG.measure = function (text, font) {
  const key = `${font}\u0000${text}`;
  if (!measured.has(key)) {
    ruler ||= document.createElement("canvas").getContext("2d");
    ruler.font = font;
    if (measured.size > 20000) measured.clear();
    measured.set(key, ruler.measureText(text).width);
  }
  return measured.get(key);
};

/* The beginning of a text, cut between words; only a word that is too long by itself is cut, and not where little is lost. */
KG.clip = (text, most) => {
  const points = [...text];
  if (points.length <= most) return text;
  const kept = points.slice(0, most - 1).join("");
  const whole = points[most - 1] === " " ? kept : kept.slice(0, Math.max(kept.lastIndexOf(" "), 0));
  if (!whole) {
    const word = text.split(" ")[0];
    return word.length > most * 1.4 ? `${kept}…` : word === text ? text : `${word}…`;
  }
  const cut = whole.length >= most * 0.35 ? whole.replace(/(?: (?:a|an|and|at|by|for|from|in|of|on|the|to|with))+$/, "") : kept;
  return cut.replace(/[\s,;:–—-]+$/, "") + "…";
};

const meets = (b, box, own) => b.own !== own && b.x0 < box.x1 && b.x1 > box.x0 && b.y0 < box.y1 && b.y1 > box.y0;

/* A coarse grid of what is taken: quick to ask, whatever the number of boxes. */
class Room {
  constructor(width, height) {
    this.cell = 48;
    this.cells = new Map();
    this.width = width;
    this.height = height;
  }
  each(box, visit) {
    for (let x = Math.floor(box.x0 / this.cell); x <= Math.floor(box.x1 / this.cell); x++) {
      for (let y = Math.floor(box.y0 / this.cell); y <= Math.floor(box.y1 / this.cell); y++) if (visit(`${x},${y}`)) return true;
    }
    return false;
  }
  met(box, own) {
    const found = new Set();
    this.each(box, (key) => void (this.cells.get(key) || []).forEach((b) => meets(b, box, own) && found.add(b)));
    return [...found];
  }
  free(box, own) {
    return !this.each(box, (key) => (this.cells.get(key) || []).some((b) => meets(b, box, own)));
  }
  /* The box that lies on the fewest nodes, and on nothing else. */
  leastOver(boxes, own) {
    const met = boxes.map((box) => [box, this.met(box, own)]).filter(([, found]) => found.every((b) => b.node));
    return met.sort((a, b) => a[1].length - b[1].length)[0]?.[0];
  }
  inside(box) {
    return box.x0 >= 0 && box.y0 >= 0 && box.x1 <= this.width && box.y1 <= this.height;
  }
  take(box, own, node = false) {
    const held = { ...box, own, node };
    this.each(box, (key) => {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(held);
      return false;
    });
  }
}

/* The type that a node's name is set in. */
KG.nameType = function (node, scale, small) {
  const quiet = KG.rim.has(node.id);
  const zoom = Math.min(Math.max(scale, 0.55), 1.5);
  const px = Math.round(
    quiet ? 10.5 : node.thing ? Math.min(Math.max((10 + node.size * 0.28) * (0.78 + 0.22 * zoom), small ? 10.5 : 11), 20) : 11,
  );
  const weight = quiet ? 400 : node.order < 8 ? 700 : node.size > 14 ? 600 : 400;
  return { px, weight, font: `${weight} ${px}px ${KG.SANS}` };
};

/* Place labels for a display. `spot(id)` gives a node's place and radius on the screen; the answer lists what to draw. */
KG.placeLabels = function (display, spot, size, scale) {
  const room = new Room(size.width, size.height);
  for (const box of KG.covers()) room.take(box, "cover");
  const seen = [];
  for (const id of display.nodes) {
    const s = spot(id);
    if (s.x < -60 || s.y < -40 || s.x > size.width + 60 || s.y > size.height + 40) continue;
    seen.push([id, s]);
    const r = s.r * 0.85;
    room.take({ x0: s.x - r, x1: s.x + r, y0: s.y - r, y1: s.y + r }, id, true);
  }
  const forced = new Set(display.forced || []);
  const value = (id) => (forced.has(id) ? 1e9 : 0) + (KG.nodes[id].thing ? 1e5 - KG.nodes[id].order : -id / 1e3);
  seen.sort((a, b) => value(b[0]) - value(a[0]));
  const labels = [];
  const small = size.width < 600;
  let rank = 0;
  for (const [id, s] of seen) {
    rank += 1;
    const node = KG.nodes[id];
    if (!node.thing && scale < (node.kind === "event" ? 0.24 : 0.5) && !forced.has(id)) continue;
    const quiet = KG.rim.has(id);
    const { px, weight, font } = KG.nameType(node, scale, small);
    const fact = node.kind === "event" ? KG.facts[node.fact] : null;
    const hedge = fact ? KG.hedge(fact) : display.hedged?.get(id);
    const text = KG.clip(fact ? fact.words : node.label, quiet ? 18 : node.thing ? 30 : 34) + (hedge ? ` (${hedge})` : "");
    const width = KG.measure(text, font);
    const boxes = KG.besides(s, width, px).filter((box) => room.inside(box));
    // the few that matter most are named even where lesser nodes lie under the name: as few as can be
    const found = boxes.find((box) => room.free(box, id)) || (rank <= 8 ? room.leastOver(boxes, id) : null);
    // on a narrow screen only what is selected is named at any price
    if (!found && !(small ? (display.rings || []).includes(id) : forced.has(id))) continue;
    const box = found || KG.besides(s, width, px)[0];
    room.take(box, id);
    const tone = fact ? fact.stance : node.thing && weight > 400 ? "ink" : "soft";
    labels.push({ id, text, font, px, weight, x: (box.x0 + box.x1) / 2, y: (box.y0 + box.y1) / 2, width, tone });
  }
  return labels.concat(KG.placeWords(display, spot, size, room));
};

/* What lies over the picture: no name may stand under it. */
KG.covers = function (host = "canvas") {
  const { left, top } = KG.$(host).getBoundingClientRect();
  return ["zoom", "trail", "notice", "map-beside"]
    .map((id) => KG.$(id))
    .filter((el) => el && !el.hidden)
    .map((el) => el.getBoundingClientRect())
    .map((box) => ({ x0: box.left - left - 3, x1: box.right - left + 3, y0: box.top - top - 3, y1: box.bottom - top + 3 }));
};

KG.besides = function (s, width, px) {
  const w = width / 2 + 2;
  const h = px * 0.62;
  const box = (x, y) => ({ x0: x - w, x1: x + w, y0: y - h, y1: y + h });
  const dy = s.r + h + 1.5;
  const dx = s.r + w + 3;
  const side = w * 0.55;
  return [
    box(s.x, s.y + dy),
    box(s.x, s.y - dy),
    box(s.x + dx, s.y),
    box(s.x - dx, s.y),
    box(s.x + side, s.y + dy),
    box(s.x - side, s.y + dy),
    box(s.x + side, s.y - dy),
    box(s.x - side, s.y - dy),
    box(s.x + dx * 0.85, s.y + dy * 0.7),
    box(s.x - dx * 0.85, s.y - dy * 0.7),
  ];
};

/* Words of the edges, the weightiest first: along the line where they fit, else level beside its middle. */
KG.placeWords = function (display, spot, size, room) {
  const labels = [];
  const px = size.width < 600 ? 10.5 : 11.5;
  const font = `500 ${px}px ${KG.SANS}`;
  const focus = display.focusEdges;
  const worth = (e) =>
    (focus && focus.has(e.id) ? 1e6 : 0) +
    e.facts.length * 40 +
    Math.min(KG.nodes[e.a].rank, KG.nodes[e.b].rank) +
    (e.stance === "neutral" ? 0 : 60) -
    (1 - (e.back ?? 1)) * 300;
  const sorted = [...display.edges].sort((a, b) => worth(b) - worth(a) || (a.id < b.id ? -1 : 1)).slice(0, 260);
  for (const edge of sorted) {
    // that the speaker speaks of them is what every line between quotes says
    if (edge.part || edge.label === "speaks of" || (edge.back < 0.7 && !focus?.has(edge.id))) continue;
    const [from, to] = [spot(edge.a), spot(edge.b)];
    const via = KG.via(from, to, edge.bend);
    // beside their line words take room, and on a narrow screen nobody would know whose they are
    const beside = !KG.phone || focus?.has(edge.id);
    const label =
      KG.alongWords(edge, from, via, to, px, font, room) || (beside && KG.besideWords(edge, from, via, to, px, font, room));
    if (label) labels.push({ edge: edge.id, tone: edge.stance, font, px, weight: 500, ...label });
  }
  return labels;
};

KG.alongWords = function (edge, from, via, to, px, font, room) {
  const text = KG.fitWords(edge, Math.hypot(to.x - from.x, to.y - from.y) - from.r - to.r - 12, font);
  if (!text) return null;
  const width = KG.measure(text, font);
  for (const t of [0.5, 0.4, 0.6, 0.32, 0.68]) {
    const at = KG.along(from, via, to, t);
    let angle = at.angle;
    if (angle > Math.PI / 2) angle -= Math.PI;
    if (angle < -Math.PI / 2) angle += Math.PI;
    const steps = Math.max(2, Math.ceil(width / (px * 1.1)));
    const boxes = [];
    for (let k = 0; k <= steps; k++) {
      const d = (k / steps - 0.5) * width;
      const [x, y] = [at.x + Math.cos(angle) * d, at.y + Math.sin(angle) * d];
      boxes.push({ x0: x - px * 0.55, x1: x + px * 0.55, y0: y - px * 0.6, y1: y + px * 0.6 });
    }
    if (!boxes.every((box) => room.inside(box) && room.free(box, edge.id))) continue;
    boxes.forEach((box) => room.take(box, edge.id));
    return { text, x: at.x, y: at.y, angle, width };
  }
  return null;
};

KG.besideWords = function (edge, from, via, to, px, font, room) {
  const text = KG.clip(edge.label.length <= 22 ? edge.label : edge.first, 22);
  const width = KG.measure(text, font);
  for (const t of [0.5, 0.36, 0.64]) {
    const at = KG.along(from, via, to, t);
    const [sin, cos] = [Math.abs(Math.sin(at.angle)), Math.abs(Math.cos(at.angle))];
    // straight to the side of a steep line, over or under a flat one
    const dx = sin > 0.5 ? (width / 2 + 5) / Math.max(sin, 0.6) : 0;
    const dy = sin > 0.5 ? 0 : px * 0.62 + 3 + cos * 2;
    for (const side of [1, -1]) {
      const [x, y] = [at.x + side * dx, at.y - side * dy];
      const box = { x0: x - width / 2 - 1, x1: x + width / 2 + 1, y0: y - px * 0.6, y1: y + px * 0.6 };
      if (!room.inside(box) || !room.free(box, edge.id)) continue;
      room.take(box, edge.id);
      return { text, x, y, width };
    }
  }
  return null;
};

/* As much of an edge's words as the line has room for: all, the first alone, or their beginning. */
KG.fitWords = function (edge, room, font) {
  for (const text of [edge.label, edge.first]) if (KG.measure(text, font) <= room) return text;
  // cut between words only: half a word tells nothing
  for (let at = edge.first.lastIndexOf(" "); at >= 7; at = edge.first.lastIndexOf(" ", at - 1)) {
    const text = `${edge.first.slice(0, at)}…`;
    if (KG.measure(text, font) <= room) return text;
  }
  return null;
};
KG.toneOf = (label, palette) => palette.stances[label.tone] || palette[label.tone];

/* Draw placed labels in screen pixels, each on a halo of the paper's colour. */
KG.drawLabels = function (ctx, labels, palette, faded) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const label of labels) {
    const pale = faded && (label.edge ? !faded.edges.has(label.edge) : !faded.nodes.has(label.id));
    ctx.globalAlpha = pale ? 0.28 : 1;
    ctx.font = label.font;
    ctx.save();
    ctx.translate(label.x, label.y);
    if (label.angle) ctx.rotate(label.angle);
    ctx.strokeStyle = palette.paper;
    ctx.lineWidth = label.edge ? 4 : 3.2;
    ctx.strokeText(label.text, 0, 0);
    ctx.fillStyle = KG.toneOf(label, palette);
    ctx.fillText(label.text, 0, 0);
    ctx.restore();
  }
  ctx.globalAlpha = 1;
};
