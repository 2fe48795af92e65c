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
  const drawn = KG.display.nodes.includes(id);
  KG.set(change);
  if (!fact && !drawn) KG.set({ roots: [id], steps: 1, grown: [] });
  KG.redrawAll({ fit: false });
  if (KG.state.level === "timeline") KG.$("timeline").querySelector(fact ? ".line.here" : ".lane-name.here")?.scrollIntoView({ block: "center" });
  KG.say(`${node.label}, ${KG.styles.kinds[node.kind].one}`);
  KG.openPanel();
  KG.lookAt(KG.around(id), { least: drawn && !fact ? 0.45 : 0 });
};

/* What is looked at with a node: its neighbours in the picture; those who take part in a fact. */
KG.around = function (id) {
  const fact = KG.facts[KG.nodes[id].fact];
  const { nodes, edges } = KG.display;
  if (fact) return [id, ...KG.partsOf(fact)].filter((n) => nodes.includes(n));
  if (!nodes.includes(id)) return [];
  return [...new Set([id, ...edges.filter((e) => e.a === id || e.b === id).flatMap((e) => [e.a, e.b])])];
};

KG.partsOf = (fact) => (fact ? [...new Set(fact.parts.map((p) => p[1]))] : []);
/* Bring some nodes into the middle of what an open sheet leaves free: near enough to read, far enough to see all; or, where
   that is too far to read at `least`, the first of them alone. */
KG.lookAt = function (ids, { still = false, least = 0 } = {}) {
  if (!ids.length || KG.WIDE.includes(KG.state.level)) return;
  const size = KG.drawer.size();
  const free = KG.freeHeight();
  const covered = free < size.height ? size.height - free + 12 : 0;
  const fit = (nodes) => KG.fitting({ ...KG.display, nodes }, size, KG.home.boost, { covered, most: 1 });
  let camera = fit(ids);
  if (camera && camera.scale < least) camera = fit(ids.slice(0, 1));
  if (camera) KG.drawer.look(camera, still);
};

/* What came into the picture for the selection's sake, outside of what is seen of it. */
KG.bringIn = function (ids) {
  const own = ids.filter((id) => KG.display.nodes.includes(id));
  if (!own.length || KG.WIDE.includes(KG.state.level)) return;
  const { width } = KG.drawer.size();
  const height = KG.freeHeight();
  const spot = KG.drawer.spotter(KG.drawer.goal());
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
