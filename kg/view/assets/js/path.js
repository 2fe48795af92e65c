/* Path: the shortest way between two nodes through ties that pass the filters, with the reasons along it. */
"use strict";
KG.pathFrom = null;

KG.startPath = function (id) {
  KG.pathFrom = id;
  KG.notice(`Path from ${KG.clip(KG.nodes[id].label, 40)}: click the other end, or type its name.`, [["Cancel", KG.cancelPath]]);
  document.body.classList.add("seeking");
  KG.$("search-box").focus();
};
KG.cancelPath = function () {
  if (KG.pathFrom === null) return;
  KG.pathFrom = null;
  document.body.classList.remove("seeking");
  KG.showNotice();
};
KG.finishPath = function (id) {
  const from = KG.pathFrom;
  KG.pathFrom = null;
  document.body.classList.remove("seeking");
  if (from === id) return KG.showNotice();
  KG.set({ path: [from, id], sel: "", ...(KG.WIDE.includes(KG.state.level) ? { level: "actors" } : {}) });
  KG.openPanel();
  KG.lookAt(KG.onPath());
};
KG.WIDE = ["timeline", "map"];

/* Over all facts that pass, not only what is drawn at once: the path itself is then drawn in any case. */
KG.findPath = function ([from, to]) {
  const edges = new Map();
  const kinds = KG.state.level === "quotes" ? ["statement"] : ["event", "role", "relation"];
  for (const fact of KG.passing()) {
    if (kinds.includes(fact.kind)) for (const [a, b, way] of fact.pairs) KG.merge(edges, a, b, way, fact);
  }
  const next = KG.adjacency(edges.values());
  const avoided = new Set(KG.state.avoid.filter((id) => id !== from && id !== to));
  // a step costs one; where sureness counts, a doubtful tie costs as much more as it is doubtful
  const sure = (edge) => 1 - edge.facts.reduce((doubt, f) => doubt * (1 - Math.min(f.conf, 0.99)), 1);
  const cost = KG.state.by === "sure" ? (edge) => 0.05 - Math.log(Math.max(sure(edge), 0.01)) : () => 1;
  const before = new Map([[from, null]]);
  const far = new Map([[from, 0]]);
  const open = new Set([from]);
  while (open.size) {
    const id = [...open].reduce((a, b) => (far.get(b) < far.get(a) ? b : a));
    open.delete(id);
    if (id === to) break;
    const links = [...(next.get(id) || [])].sort(
      (x, y) => y.edge.facts.length - x.edge.facts.length || KG.nodes[y.to].rank - KG.nodes[x.to].rank || x.to - y.to,
    );
    for (const { to: n, edge } of links) {
      const d = far.get(id) + cost(edge);
      if (avoided.has(n) || d >= (far.get(n) ?? Infinity) - 1e-9) continue;
      far.set(n, d);
      before.set(n, { id, edge });
      open.add(n);
    }
  }
  if (!before.has(to)) return null;
  const steps = [];
  for (let at = to; before.get(at); at = before.get(at).id) {
    const { id } = before.get(at);
    const ties = [...edges.values()].filter((e) => (e.a === id && e.b === at) || (e.a === at && e.b === id));
    ties.forEach(KG.wordEdge);
    steps.unshift({ from: id, to: at, ties: ties.sort((x, y) => y.facts.length - x.facts.length) });
  }
  return steps;
};

/* All who stand on the path, its ends first. */
KG.onPath = function (steps = null) {
  const { path } = KG.state;
  if (path.length !== 2) return [];
  return [...new Set([...path, ...(steps || KG.findPath(path) || []).flatMap((s) => [s.from, s.to])])];
};

KG.pathPanel = function () {
  const [from, to] = KG.state.path;
  const steps = KG.findPath(KG.state.path);
  return [
    KG.el(
      "header",
      { class: "panel-head" },
      KG.closer(),
      KG.el("p", { class: "kind" }, steps ? `path of ${KG.plural(steps.length, "step")}` : "no path"),
      KG.el("h2", {}, KG.nodeButton(from), " to ", KG.nodeButton(to)),
    ),
    KG.el(
      "div",
      { class: "node-tools", role: "group", "aria-label": "Which path" },
      [
        ["steps", "Fewest steps"],
        ["sure", "Surest"],
      ].map(([by, name]) => KG.button(name, () => KG.set({ by }), { "aria-pressed": String(KG.state.by === by), "data-by": by })),
      steps?.slice(0, -1).map((s) =>
        KG.button(`Without ${KG.clip(KG.nodes[s.to].label, 24)}`, () => KG.set({ avoid: [...KG.state.avoid, s.to] }), { "data-avoid": s.to }),
      ),
      KG.state.avoid.map((id) =>
        KG.button(`× ${KG.clip(KG.nodes[id].label, 24)} is avoided`, () => KG.set({ avoid: KG.state.avoid.filter((n) => n !== id) }), { "data-allow": id }),
      ),
    ),
    steps
      ? KG.el(
          "ol",
          { class: "path-steps" },
          steps.map((step) => KG.el("li", {}, step.ties.map(KG.pathTie))),
        )
      : KG.el("p", { class: "nothing" }, "Nothing ties the two through facts that pass the filters."),
  ];
};

KG.pathTie = (tie) =>
  KG.el(
    "div",
    {},
    KG.tieRow(tie),
    KG.factCard(tie.facts[0]),
    tie.facts.length > 1 && KG.el("p", { class: "nothing" }, `and ${KG.plural(tie.facts.length - 1, "more fact")}`),
  );
