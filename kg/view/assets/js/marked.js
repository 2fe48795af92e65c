/* Marked: several things chosen by Shift and a click, or by Shift and a drawn frame, and compared side by side. */
"use strict";
KG.choose = (ids) => KG.set({ marked: [...new Set(ids)].slice(0, 60), sel: "", path: [] });
KG.toggleMarked = function (id) {
  const { marked } = KG.state;
  const own = KG.selected();
  const before = marked.length || own === null || own === id || !KG.nodes[own].thing ? marked : [own];
  KG.choose(before.includes(id) ? before.filter((n) => n !== id) : [...before, id]);
  KG.say(`${KG.plural(KG.state.marked.length, "thing")} chosen`);
  if (KG.state.marked.length > 1) KG.openPanel();
};

KG.buildLasso = function () {
  const box = KG.$("canvas");
  const frame = KG.el("div", { class: "lasso", hidden: true });
  KG.$("stage").append(frame);
  let from = null;
  const at = (e) => {
    const { left, top } = box.getBoundingClientRect();
    return { x: e.clientX - left, y: e.clientY - top };
  };
  const spots = () => {
    const spot = KG.drawer.spotter();
    return KG.display.nodes.map((id) => ({ id, ...spot(id) }));
  };
  const draw = (to) => {
    const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
    Object.assign(frame.style, {
      left: `${x}px`,
      top: `${y}px`,
      width: `${Math.abs(from.x - to.x)}px`,
      height: `${Math.abs(from.y - to.y)}px`,
    });
    frame.hidden = false;
    return { x, y, x1: Math.max(from.x, to.x), y1: Math.max(from.y, to.y) };
  };
  const hold = (e) => {
    e.stopPropagation();
    e.preventDefault();
  };
  box.addEventListener(
    "pointerdown",
    (e) => {
      if (!e.shiftKey || e.button > 0) return;
      hold(e);
      from = at(e);
      KG.hoverCard(null);
    },
    true,
  );
  addEventListener("pointermove", (e) => {
    if (from) draw(at(e));
  });
  addEventListener("pointerup", (e) => {
    if (!from) return;
    const to = at(e);
    const area = draw(to);
    frame.hidden = true;
    const small = Math.hypot(to.x - from.x, to.y - from.y) < 5;
    from = null;
    if (small) {
      const hit = spots()
        .filter((s) => Math.hypot(s.x - to.x, s.y - to.y) <= s.r + 4)
        .sort((a, b) => Math.hypot(a.x - to.x, a.y - to.y) - Math.hypot(b.x - to.x, b.y - to.y))[0];
      if (hit && KG.nodes[hit.id].thing) KG.toggleMarked(hit.id);
      return;
    }
    const inside = spots()
      .filter((s) => KG.nodes[s.id].thing && s.x >= area.x && s.x <= area.x1 && s.y >= area.y && s.y <= area.y1)
      .map((s) => s.id);
    if (inside.length) KG.choose([...KG.state.marked, ...inside]);
    if (KG.state.marked.length > 1) KG.openPanel();
  });
  // the drawing below must not take these for its own
  for (const name of ["mousedown", "touchstart", "click"])
    box.addEventListener(name, (e) => e.shiftKey && hold(e), true);
};

/* What the chosen have in common, and each beside the others. */
KG.comparePanel = function () {
  const ids = KG.state.marked;
  const shown = ids.slice(0, 4);
  const passing = new Map(ids.map((id) => [id, KG.factsOf(KG.nodes[id])]));
  const number = (id, test) => passing.get(id).filter(test).length;
  const says = (id) => (f) => f.kind === "statement" && KG.who(f, "speaker").includes(id);
  const rows = [
    ["is", (id) => KG.kindWords(KG.nodes[id])],
    ["roles", (id) => passing.get(id).filter((f) => f.kind === "role" && KG.who(f, "member").includes(id)).map((f) => [f.words, ...KG.who(f, "organization").map((o) => KG.nodes[o].label)].join(" ")).slice(0, 3).join("; ") || "–"],
    ["counts", (id) => KG.deedWords(KG.nodes[id], passing.get(id))],
    ["acts", (id) => number(id, (f) => KG.who(f, "agent").includes(id))],
    ["is acted on", (id) => number(id, (f) => !f.mutual && KG.who(f, "patient").includes(id))],
    ["hostile", (id) => number(id, (f) => f.kind === "event" && f.stance === "hostile")],
    ["friendly", (id) => number(id, (f) => f.kind === "event" && f.stance === "friendly")],
    ["says", (id) => number(id, says(id))],
    ["articles", (id) => new Set(passing.get(id).flatMap((f) => f.articles)).size],
  ];
  const both = [...new Set(ids.flatMap((id) => passing.get(id).map((f) => f.i)))]
    .map((i) => KG.facts[i])
    .filter((f) => ids.filter((id) => f.parts.some((p) => p[1] === id)).length > 1)
    .sort(KG.byTime);
  const between = KG.section("Between them", both.length > 0 && KG.someFacts(both, 6));
  const near = new Map();
  for (const id of ids)
    for (const other of new Set(passing.get(id).flatMap((f) => f.pairs.flatMap(([a, b]) => (a === id ? [b] : b === id ? [a] : [])))))
      if (!ids.includes(other)) near.set(other, [...(near.get(other) || []), id]);
  const joins = [...near].filter(([, own]) => own.length > 1).sort((a, b) => b[1].length - a[1].length || KG.nodes[a[0]].order - KG.nodes[b[0]].order);
  return [
    KG.el(
      "header",
      { class: "panel-head" },
      KG.button("×", () => KG.choose([]), { class: "close", "aria-label": "Let go of all" }),
      KG.el(ids.length === 2 ? "p" : "h2", ids.length === 2 ? { class: "kind" } : {}, `${KG.plural(ids.length, "thing")} side by side`),
      ids.length === 2 && KG.el("h2", {}, KG.nodeButton(ids[0]), " and ", KG.nodeButton(ids[1])),
      both.length > 0 && KG.el("p", { class: "facts-line" }, `between them: ${KG.sharedWords(both, ids)}`),
    ),
    KG.el(
      "div",
      { class: "node-tools", role: "group", "aria-label": "Actions on those chosen" },
      KG.button("Focus", () => KG.set({ roots: ids, steps: 1, grown: [] })),
      KG.button("Hide", () => KG.set({ cut: [...new Set([...KG.state.cut, ...ids])], marked: [] })),
      ids.length === 2 && KG.button("Path", () => KG.set({ path: ids, marked: [], sel: "" })),
      ids.length === 2 && KG.button("The same?", () => KG.sameDialog(ids)),
    ),
    ids.length === 2 && between,
    KG.el(
      "div",
      { class: "wide-table", tabindex: 0, role: "region", "aria-label": "Side by side" },
      KG.el(
        "table",
        { class: "compare" },
        KG.el("thead", {}, KG.el("tr", {}, KG.el("td", {}), shown.map((id) => KG.el("th", { scope: "col" }, KG.nodeButton(id))))),
        KG.el(
          "tbody",
          {},
          rows.map(([name, value]) =>
            KG.el("tr", {}, KG.el("th", { scope: "row" }, name), shown.map((id) => KG.el("td", { dir: "auto" }, String(value(id))))),
          ),
        ),
      ),
    ),
    ids.length > shown.length && KG.el("p", { class: "nothing" }, `and ${ids.length - shown.length} more`),
    ids.length > 2 && between,
    KG.section(
      "What joins them",
      joins.length > 0 &&
        KG.some(joins, ([id, own]) =>
          KG.el("p", { class: "join" }, KG.nodeButton(id), " with ", own.map((o, i) => [i ? ", " : "", KG.clip(KG.nodes[o].label, 60)])),
        ),
    ),
    !both.length && !joins.length && KG.el("p", { class: "nothing" }, "Nothing that passes the filters joins them."),
  ];
};
