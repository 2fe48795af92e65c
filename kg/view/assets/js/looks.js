/* Looks: colours, sizes and lines of what is drawn, for the canvas, WebGL and SVG alike. */
"use strict";
KG.dark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};
KG.token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

KG.palette = function () {
  const mode = KG.dark() ? "dark" : "light";
  const pick = (table) => Object.fromEntries(Object.entries(table).map(([k, v]) => [k, v[mode]]));
  return {
    mode,
    kinds: pick(KG.styles.kinds),
    stances: { ...pick(KG.styles.stances), statement: KG.styles.kinds.statement[mode] },
    com: KG.styles.communities[mode],
    paper: KG.token("--paper"),
    ink: KG.token("--ink"),
    soft: KG.token("--soft"),
    accent: KG.token("--accent"),
  };
};

KG.nodeColour = function (node, palette) {
  if (KG.state.colour === "com" && node.thing)
    return node.com >= 0 && node.com < palette.com.length ? palette.com[node.com] : palette.soft;
  if (node.kind === "event") return palette.stances[KG.facts[node.fact].stance];
  return palette.kinds[node.kind];
};

/* Where a node stands: a drawing for broad screens and one for upright ones; where there is but one, it is turned. */
KG.spotOf = (node, level) => (level === "events" || level === "all" ? node.full : node.actors);
KG.rim = new Map();
KG.position = function (node, level) {
  const put = KG.isPut(node, level);
  if (put) return { x: put[0], y: put[1] };
  if (KG.rim.has(node.id)) return KG.rim.get(node.id);
  if (KG.moved.has(node.id)) return KG.moved.get(node.id);
  const [x, y, ux, uy] = KG.spotOf(node, level);
  const drawn = !KG.upright ? [x, y] : ux === undefined ? [y, x] : [ux, uy];
  return { x: drawn[0] * KG.stretch.x, y: drawn[1] * KG.stretch.y };
};
/* A node that the reader has put somewhere stays there: in the drawing where it was put, in the link and in what is saved. */
KG.spotKey = function (node, level) {
  const layer = level === "events" || level === "all" ? "f" : "a";
  return (KG.upright ? layer.toUpperCase() : layer) + node.id;
};
KG.isPut = (node, level) => KG.state.spots[KG.spotKey(node, level)];
KG.place = (node, level, { x, y }) =>
  KG.set({ spots: { ...KG.state.spots, [KG.spotKey(node, level)]: [Math.round(x), Math.round(y)] } });

/* Nodes and lines grow where the whole picture is seen from far. */
KG.boost = 1;
KG.thick = 1;
KG.nodeSize = (node) => node.size * KG.boost;
KG.chooseBoost = function (display, size) {
  KG.upright = size.height > size.width * 1.15;
  KG.boost = KG.thick = 1;
  const camera = KG.fitting(display, size, 1);
  const scale = camera ? camera.scale : 1;
  // nodes grow until they would crowd one another, were they spread evenly
  const mean = display.nodes.reduce((sum, id) => sum + KG.nodes[id].size, 0) / Math.max(display.nodes.length, 1);
  const n = Math.max(display.nodes.length, 1);
  const crowd = ((n > 600 ? 0.2 : n > 300 ? 0.28 : 0.36) * Math.sqrt((size.width * size.height) / n)) / (mean * scale || 1);
  const boost = Math.max(Math.min((size.width < 600 ? 0.45 : n > 90 ? 0.58 : 0.72) / scale, crowd, 5), 1);
  const thick = Math.max(Math.min(0.9 / scale, display.edges.length > 120 ? 0.45 / scale : 2.4, 12), 1);
  KG.home = { scale, boost, thick };
  KG.boost = boost;
  KG.thick = thick;
};

/* Nearer by, nodes and lines grow less than the space between them. */
KG.sizesAt = function (scale) {
  const grown = Math.sqrt(KG.home.scale / scale);
  const [boost, thick] = [Math.max(KG.home.boost * grown, 1), Math.max(KG.home.thick * grown, 1)];
  const changed = Math.abs(boost / KG.boost - 1) > 0.1 || Math.abs(thick / KG.thick - 1) > 0.1;
  if (changed) [KG.boost, KG.thick] = [boost, thick];
  return changed;
};

KG.nodeLook = function (id, display, palette) {
  const node = KG.nodes[id];
  const fill = KG.nodeColour(node, palette);
  const quiet = KG.rim.has(id);
  return {
    id,
    quiet,
    ...KG.position(node, display.level),
    size: quiet ? 6 * KG.boost : KG.nodeSize(node),
    shape: node.shape,
    hollow: node.kind === "group",
    fill: node.kind === "group" ? palette.paper : fill,
    line: node.kind === "group" ? fill : palette.paper,
  };
};

KG.edgeLook = function (edge, palette) {
  const modality = KG.styles.modalities[edge.modality];
  const stance = KG.styles.stances[edge.stance] || KG.styles.stances.neutral;
  const n = edge.facts.length;
  return {
    colour: palette.stances[edge.stance],
    opacity: (edge.stance === "neutral" ? 0.72 : 0.9) * modality.weight * (edge.back ?? 1),
    width: (Math.min(1.3 + Math.log2(n) * 1.1, 6) + (edge.stance === "neutral" ? 0 : 0.5)) * KG.thick,
    dash: modality.dash,
    arrow: edge.directed ? stance.arrow : null,
    mark: edge.back < 0.6 ? "none" : stance.mark,
    bend: edge.bend,
  };
};

/* The control point of an edge's curve, by vis-network's own rule for curvedCW and curvedCCW. */
KG.via = function (from, to, bend) {
  const dx = to.x - from.x;
  const dy = from.y - to.y;
  const reach = (Math.abs(bend) * 0.5 + 0.5) * Math.hypot(dx, dy);
  const angle = Math.atan2(dy, dx) + (bend * 0.5 + 0.5) * Math.PI;
  return { x: from.x + reach * Math.sin(angle), y: from.y + reach * Math.cos(angle) };
};
KG.along = function (from, via, to, t) {
  const u = 1 - t;
  return {
    x: u * u * from.x + 2 * u * t * via.x + t * t * to.x,
    y: u * u * from.y + 2 * u * t * via.y + t * t * to.y,
    angle: Math.atan2(u * (via.y - from.y) + t * (to.y - via.y), u * (via.x - from.x) + t * (to.x - via.x)),
  };
};

/* Short bars across a hostile line and a band along a friendly one: stance without colour. */
KG.drawMark = function (ctx, from, to, look, scale) {
  if (look.mark === "none") return;
  const via = KG.via(from, to, look.bend);
  ctx.strokeStyle = look.colour;
  if (look.mark === "double") {
    ctx.globalAlpha = 0.22 * look.opacity;
    ctx.lineWidth = look.width + 5 / Math.sqrt(scale);
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.quadraticCurveTo(via.x, via.y, to.x, to.y);
    ctx.stroke();
  } else {
    ctx.globalAlpha = look.opacity;
    const unit = 1 / Math.min(scale, 1.4); // as large on the screen whatever the scale
    ctx.lineWidth = 1.2 * unit;
    ctx.beginPath();
    for (const [p, q] of KG.ticks(from, via, to, unit)) {
      ctx.moveTo(p.x, p.y);
      ctx.lineTo(q.x, q.y);
    }
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
};
KG.ticks = function (from, via, to, unit = 1) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const n = Math.max(2, Math.min(40, Math.floor(length / (13 * unit))));
  const bars = [];
  for (let k = 1; k < n; k++) {
    const at = KG.along(from, via, to, k / n);
    const [nx, ny] = [-Math.sin(at.angle) * 3.4 * unit, Math.cos(at.angle) * 3.4 * unit];
    bars.push([
      { x: at.x + nx, y: at.y + ny },
      { x: at.x - nx, y: at.y - ny },
    ]);
  }
  return bars;
};
