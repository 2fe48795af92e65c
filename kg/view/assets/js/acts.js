/* Acts: what a reader does to the picture: pick, reveal, focus, expand, collapse, hide. */
"use strict";
KG.pick = function (id) {
  KG.tieFrom = id;
  KG.set({ sel: `n:${id}`, path: [] });
  KG.say(`${KG.nodes[id].label}, ${KG.styles.kinds[KG.nodes[id].kind].one}`);
  KG.openPanel();
};

/* Select and bring into view, in the view that one is in, undoing whatever hides it. What is no node in that view is
   shown by those who take part and the ties that it is in. */
KG.reveal = function (id) {
  const node = KG.nodes[id];
  const fact = KG.facts[node.fact];
  const change = { sel: `n:${id}`, path: [] };
  if (fact) Object.assign(change, KG.unhiding(fact));
  else if (KG.state.kinds.includes(node.kind)) change.kinds = KG.state.kinds.filter((k) => k !== node.kind);
  const cut = KG.state.cut.filter((c) => c !== id && !KG.partsOf(fact).includes(c));
  if (cut.length < KG.state.cut.length) change.cut = cut;
  KG.set(change);
  if (!fact && !KG.display.nodes.includes(id)) KG.set({ roots: [id], steps: 1, grown: [] });
  KG.redrawAll({ fit: false });
  const own = [id, ...KG.partsOf(fact)].filter((n) => KG.display.nodes.includes(n));
  if (KG.state.level === "timeline") KG.$("timeline").querySelector(fact ? ".line.here" : ".lane-name.here")?.scrollIntoView({ block: "center" });
  if (!KG.WIDE.includes(KG.state.level) && own.length) KG.lookAt(KG.display.nodes.includes(id) ? [id] : own);
  KG.say(`${node.label}, ${KG.styles.kinds[node.kind].one}`);
  KG.openPanel();
};

KG.partsOf = (fact) => (fact ? [...new Set(fact.parts.map((p) => p[1]))] : []);
/* Bring some nodes into the middle, near enough to read and far enough to see all. */
KG.lookAt = function (ids) {
  const at = ids.map((id) => KG.position(KG.nodes[id], KG.display.level));
  const [xs, ys] = [at.map((p) => p.x), at.map((p) => p.y)];
  const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
  const wide = (values) => Math.max(...values) - Math.min(...values) + 1;
  const { width, height } = KG.drawer.size();
  const room = Math.min((width * 0.7) / wide(xs), (height * 0.6) / wide(ys));
  KG.drawer.look({ x: middle(xs), y: middle(ys), scale: Math.min(Math.max(KG.drawer.camera().scale, 0.8), room) });
};

/* What came into the picture for a fact's sake, outside of what is seen of it. */
KG.bringIn = function (ids) {
  const own = ids.filter((id) => KG.display.nodes.includes(id));
  if (!own.length || KG.WIDE.includes(KG.state.level)) return;
  const { width, height } = KG.drawer.size();
  const spot = KG.drawer.spotter();
  const out = ({ x, y }) => x < 20 || y < 20 || x > width - 20 || y > height - 20;
  if (own.map(spot).some(out)) KG.lookAt(own);
};

KG.focus = (id, steps) =>
  KG.set({ roots: [id], steps, grown: [], sel: `n:${id}`, ...(KG.WIDE.includes(KG.state.level) ? { level: "actors" } : {}) });
KG.hide = (id) => KG.set({ cut: [...KG.state.cut, id], sel: "" });

/* Neighbours that are not drawn join; hidden ones come back. */
KG.expand = function (id) {
  const near = new Set(KG.nodes[id].facts.flatMap((i) => KG.facts[i].parts.map((p) => p[1])));
  const cut = KG.state.cut.filter((c) => !near.has(c));
  if (KG.state.roots.length) KG.set({ grown: [...new Set([...KG.state.grown, id])], cut });
  else
    KG.set({ cut, grown: [...new Set([...KG.state.grown, id, ...[...near].filter((n) => KG.nodes[n].thing)])], sel: `n:${id}` });
};
/* The neighbours that one kind of tie leads to, and no others. */
KG.expandOnly = function (id, key) {
  const fits = (f) => f.cls === key || f.kind === key || (f.kind === "event" && f.stance === key);
  const near = KG.nodes[id].facts
    .map((i) => KG.facts[i])
    .filter(fits)
    .flatMap((f) => f.pairs.flatMap(([a, b]) => (a === id ? [b] : b === id ? [a] : [])));
  const joined = [...new Set([...KG.state.joined, ...near])];
  KG.set({ joined, cut: KG.state.cut.filter((c) => !near.includes(c)) });
  KG.say(`${KG.plural(new Set(near).size, "neighbour")} by ${key.split(":").pop()}`);
};
KG.collapse = function (id) {
  const next = KG.adjacency(KG.display.edges);
  const hanging = [...new Set((next.get(id) || []).map((l) => l.to))].filter(
    (n) => new Set(next.get(n).map((l) => l.to)).size === 1,
  );
  if (!hanging.length) return KG.say("No neighbour hangs on it alone.");
  KG.set({ cut: [...KG.state.cut, ...hanging], grown: KG.state.grown.filter((g) => g !== id) });
};

KG.addPath = function () {
  const steps = KG.findPath(KG.state.path) || [];
  const nodes = new Set([...KG.display.nodes, ...KG.state.path, ...steps.flatMap((s) => [s.from, s.to])]);
  KG.display.nodes = [...nodes].sort((a, b) => a - b);
  const own = new Set(KG.display.edges.map((e) => e.id));
  if (["actors", "quotes"].includes(KG.display.level))
    for (const tie of steps.flatMap((s) => s.ties)) if (!own.has(tie.id)) KG.display.edges.push(tie);
  KG.bend(KG.display.edges);
};
