/* Acts: what a reader does to the picture: pick, reveal, focus, expand, collapse, hide. */
"use strict";
KG.pick = function (id) {
  KG.tieFrom = id;
  KG.set({ sel: `n:${id}`, path: [] });
  KG.say(`${KG.nodes[id].label}, ${KG.styles.kinds[KG.nodes[id].kind].one}`);
  KG.openPanel();
};

/* Select and bring into view, undoing whatever hides it. */
KG.reveal = function (id) {
  const node = KG.nodes[id];
  const change = { sel: `n:${id}`, path: [] };
  if (!node.thing && !["events", "all", "timeline"].includes(KG.state.level))
    change.level = node.kind === "event" ? "events" : "all";
  if (KG.state.kinds.includes(node.kind)) change.kinds = KG.state.kinds.filter((k) => k !== node.kind);
  KG.set(change);
  if (!KG.display.nodes.includes(id)) KG.set({ roots: [id], steps: 1, grown: [], cut: KG.state.cut.filter((c) => c !== id) });
  KG.redrawAll({ fit: false });
  if (!KG.WIDE.includes(KG.state.level) && KG.display.nodes.includes(id))
    KG.drawer.look({ ...KG.position(node, KG.display.level), scale: Math.max(KG.drawer.camera().scale, 0.8) });
  KG.say(`${node.label}, ${KG.styles.kinds[node.kind].one}`);
  KG.openPanel();
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
