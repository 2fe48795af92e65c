/* Panel: the details of what is selected, or an overview that says who matters when nothing is. */
"use strict";
const SHOWN = 12;

KG.showPanel = function () {
  const host = KG.$("panel");
  const sel = KG.state.sel;
  if (KG.loading) KG.put(host, KG.loadingPanel());
  else if (KG.state.path.length === 2) KG.put(host, KG.pathPanel());
  else if (sel.startsWith("n:") && KG.nodes[+sel.slice(2)]) KG.put(host, KG.nodePanel(KG.nodes[+sel.slice(2)]));
  else if (sel.startsWith("e:")) KG.put(host, KG.edgePanel(sel));
  else if (KG.state.marked.length > 1) KG.put(host, KG.comparePanel());
  else if (KG.state.level === "quotes") KG.put(host, KG.quotesPanel());
  else KG.put(host, KG.overview());
  host.scrollTop = 0;
};

KG.section = (title, ...body) => (body.flat().some(Boolean) ? KG.el("section", {}, KG.el("h3", {}, title), body) : null);

/* The first dozen of a list, and a button for the rest: a hub may have thousands. */
KG.some = function (items, draw, shown = SHOWN, tag = "div") {
  const box = KG.el(tag, { class: "list" }, items.slice(0, shown).map(draw));
  let next = shown;
  if (items.length > shown) {
    const more = KG.button(
      `Show more (${items.length - next} left)`,
      () => {
        const last = tag === "ol" ? more.parentElement : more;
        items.slice(next, next + 40).forEach((item) => last.before(draw(item)));
        next += 40;
        if (next >= items.length) last.remove();
        else more.textContent = `Show more (${items.length - next} left)`;
      },
      { class: "more" },
    );
    box.append(tag === "ol" ? KG.el("li", {}, more) : more);
  }
  return box;
};

KG.closer = (more = "") =>
  KG.button(
    "×",
    () => {
      KG.set({ sel: "", path: [] });
      KG.closeSheets();
      KG.$("canvas").focus();
    },
    { class: `close ${more}`, "aria-label": "Close the details" },
  );

KG.nodePanel = function (node) {
  if (node.fact !== undefined) return KG.factPanel(KG.facts[node.fact]);
  if (node.kind === "article") return KG.articlePanel(KG.articles[node.article], node);
  const passing = new Set(KG.display.facts.map((f) => f.i));
  const all = node.facts.map((i) => KG.facts[i]);
  const facts = all.filter((f) => passing.has(f.i)).sort(KG.byTime);
  const of = (kind) => facts.filter((f) => f.kind === kind);
  const isSpeaker = (f) => KG.who(f, "speaker").includes(node.id);
  const said = of("statement").filter(isSpeaker);
  const about = of("statement").filter((f) => !isSpeaker(f));
  const ties = KG.display.edges
    .filter((e) => e.a === node.id || e.b === node.id)
    .sort((a, b) => b.facts.length - a.facts.length || b.conf - a.conf);
  return [
    KG.el(
      "header",
      { class: "panel-head" },
      KG.closer(),
      KG.el("p", { class: "kind" }, KG.sign(node.kind, KG.nodeColour(node, KG.palette())), KG.kindWords(node)),
      KG.el("h2", { dir: "auto" }, node.label),
      node.aka &&
        KG.el(
          "p",
          { class: "aka" },
          "also: ",
          node.aka.map((a, i) => [i ? ", " : "", KG.el("bdi", {}, a)]),
        ),
      KG.el("p", { class: "facts-line" }, KG.nodeLine(node, facts)),
      KG.hiddenThing(node),
      KG.site && KG.el("p", { class: "facts-line" }, KG.pageLink(node.iri, "All about it on its page", "", { class: "to-page" })),
    ),
    KG.nodeTools(node),
    KG.section("Roles", of("role").length && KG.some(of("role"), KG.factCard)),
    KG.section("Ties", ties.length && KG.some(ties, KG.tieRow)),
    KG.section("What happened", of("event").length && KG.someFacts(of("event"), 8)),
    KG.section("Said", said.length && KG.some(said, KG.factCard, 6)),
    KG.section("Said about it", about.length && KG.some(about, KG.factCard, 6)),
    KG.section("Relations", of("relation").length && KG.some(of("relation"), KG.factCard)),
    node.same &&
      KG.section(
        "Elsewhere",
        KG.el(
          "ul",
          { class: "plain" },
          node.same.map((u) => KG.el("li", {}, KG.link(u, u))),
        ),
      ),
    all.length > facts.length &&
      KG.el("p", { class: "nothing" }, `${KG.plural(all.length - facts.length, "fact")} hidden by the filters.`),
    KG.fixTools(node),
  ];
};

/* The facts about a thing that pass the filters. */
KG.factsOf = (node, state = KG.state) =>
  node.facts.map((i) => KG.facts[i]).filter((f) => KG.passes(f, state) && KG.kindsPass(f, state));

KG.byTime = (a, b) => (a.date || `9999 ${a.told}`).localeCompare(b.date || `9999 ${b.told}`) || a.i - b.i;
KG.kindWords = function (node) {
  const fine = (node.cls || []).map((c) =>
    c
      .split(":")
      .pop()
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase(),
  );
  const com = KG.state.colour === "com" && node.com >= 0 ? ` · community ${node.com + 1}` : "";
  return [KG.styles.kinds[node.kind].one, ...fine].join(" · ") + com;
};
KG.nodeLine = function (node, facts) {
  const words = [];
  if (node.no <= 10) words.push(`no. ${node.no} of the ${node.kind === "place" ? "places" : "actors"}`);
  if (node.m) words.push(KG.plural(node.m, "mention"));
  return [...words, KG.deedWords(node, facts), KG.onlyWords(node)].filter(Boolean).join(" · ");
};
/* "only reported" and the like, where nothing of it is told as fact. */
KG.onlyWords = function (node) {
  const standing = KG.standing(node);
  return standing && `only ${standing}`;
};

/* How much a thing does, counted as everywhere: the events in which it is who or whom, those that only happen there,
   and its quotes. */
KG.deeds = function (node, facts) {
  const plays = (f, ...parts) => f.parts.some(([part, id]) => id === node.id && parts.includes(part));
  const events = facts.filter((f) => f.kind === "event");
  const own = events.filter((f) => plays(f, "agent", "patient")).length;
  const quotes = facts.filter((f) => f.kind === "statement" && plays(f, "speaker")).length;
  return { events: own, there: events.length - own, quotes };
};
KG.deedWords = function (node, facts) {
  const { events, there, quotes } = KG.deeds(node, facts);
  const words = events || !(there || quotes) ? [KG.plural(events, "event")] : [];
  if (there) words.push(events ? `${there} there` : `${KG.plural(there, "event")} there`);
  if (quotes) words.push(KG.plural(quotes, "quote"));
  return words.join(" · ");
};

KG.nodeTools = function (node) {
  const focused = KG.state.roots.includes(node.id);
  return KG.el(
    "div",
    { class: "node-tools", role: "group", "aria-label": "Actions on this node" },
    KG.el(
      "span",
      { class: "steps", role: "group", "aria-label": "Focus on the neighbourhood" },
      "Focus ",
      [1, 2, 3].map((n) =>
        KG.button(String(n), () => KG.focus(node.id, n), {
          "aria-pressed": String(focused && KG.state.steps === n),
          "aria-label": KG.plural(n, "step"),
          "data-steps": n,
        }),
      ),
    ),
    KG.button("Expand", () => KG.expand(node.id), { title: "Show its neighbours (E)", "data-do": "expand" }),
    KG.expandBy(node),
    KG.button("Collapse", () => KG.collapse(node.id), {
      title: "Hide neighbours that hang on it alone (C)",
      "data-do": "collapse",
    }),
    KG.button("Hide", () => KG.hide(node.id), { title: "Hide this node (H)", "data-do": "hide" }),
    KG.button("Choose", () => KG.toggleMarked(node.id), {
      title: "Choose it beside others, to compare (Shift and click)",
      "data-do": "choose",
      "aria-pressed": String(KG.state.marked.includes(node.id)),
    }),
    KG.button("Path to …", () => KG.startPath(node.id), { title: "Shortest path to another (P)", "data-do": "path" }),
  );
};

/* Expand by one kind of tie alone. */
KG.expandBy = function (node) {
  const counts = new Map();
  for (const i of node.facts) {
    const fact = KG.facts[i];
    if (!fact.pairs.length) continue;
    const key = fact.kind === "event" ? fact.stance : fact.kind;
    counts.set(key, (counts.get(key) || 0) + 1);
    if (fact.kind !== "statement") counts.set(fact.cls, (counts.get(fact.cls) || 0) + 1);
  }
  if (!counts.size) return null;
  const name = (key) =>
    KG.styles.stances[key]?.label || { role: "Roles", relation: "Relations", statement: "Quotes" }[key] || KG.classOf(key).name;
  const keys = [...counts].filter(([key]) => key !== "org:Membership").sort((a, b) => a[0].includes(":") - b[0].includes(":") || b[1] - a[1]);
  return KG.el(
    "select",
    {
      "aria-label": "Expand by a kind of tie",
      "data-do": "expand-by",
      on: { change: (e) => e.target.value && KG.expandOnly(node.id, e.target.value) },
    },
    KG.el("option", { value: "" }, "Expand by …"),
    keys.map(([key, n]) => KG.el("option", { value: key }, `${name(key)} (${n})`)),
  );
};

/* What is looked at but not in the picture says so, and why; one press brings it back. */
KG.hiddenNote = function (words, press) {
  return KG.el("p", { class: "hidden-note", role: "status" }, words, " ", KG.button("Show it", press));
};
KG.hiddenFact = (fact) =>
  !(KG.passes(fact) && KG.kindsPass(fact, KG.state)) &&
  KG.hiddenNote(`The filters hide this ${fact.kind === "statement" ? "quote" : "fact"}.`, () => KG.set(KG.unhiding(fact)));
KG.hiddenThing = function (node) {
  const { kinds, cut } = KG.state;
  if (cut.includes(node.id)) return KG.hiddenNote("It is hidden.", () => KG.set({ cut: cut.filter((id) => id !== node.id) }));
  return (
    kinds.includes(node.kind) &&
    KG.hiddenNote(`${KG.styles.kinds[node.kind].many} are switched off.`, () => KG.set({ kinds: kinds.filter((k) => k !== node.kind) }))
  );
};

KG.factPanel = (fact) => [
  KG.el(
    "header",
    { class: "panel-head" },
    KG.closer(),
    KG.el(
      "p",
      { class: "kind" },
      fact.kind === "statement" ? "quote" : `event · ${KG.className(fact)}`,
      KG.site && [" · ", KG.pageLink(fact.iri, "its page", "", { class: "to-page" })],
    ),
    fact.kind === "statement" ? null : KG.el("h2", { dir: "auto" }, fact.label),
    KG.hiddenFact(fact),
  ),
  KG.factCard(fact, { heading: fact.kind === "statement" }),
];

KG.articlePanel = function (article, node) {
  const facts = KG.display.facts.filter((f) => f.articles.includes(article.i)).sort(KG.byTime);
  return [
    KG.el(
      "header",
      { class: "panel-head" },
      KG.closer(),
      KG.el("p", { class: "kind" }, KG.sign("article", KG.nodeColour(node, KG.palette())), "article"),
      KG.el("h2", { dir: "auto" }, article.h),
    ),
    KG.source(article.i),
    article.au?.length > 0 && KG.el("p", { class: "source" }, "by ", article.au.join(", ")),
    KG.section("The text", KG.articleText(article)),
    KG.section("What it says", facts.length > 0 && KG.someFacts(facts)),
  ];
};

KG.tieRow = function (edge) {
  const row = KG.el(
    "button",
    { type: "button", class: `tie ${edge.stance}`, "data-edge": edge.id, on: { click: () => KG.set({ sel: edge.id }) } },
    KG.lineSign(edge.stance, edge.modality, KG.palette()),
    KG.el(
      "span",
      {},
      KG.el("bdi", {}, KG.clip(KG.nodes[edge.a].label, 34)),
      KG.el("em", {}, ` ${edge.label} `),
      KG.el("bdi", {}, KG.clip(KG.nodes[edge.b].label, 34)),
      KG.sureWords(edge),
    ),
  );
  return row;
};
/* How sure a tie or a pair is at best: of several facts, that of the surest. */
KG.sureWords = ({ conf, facts }) =>
  conf < 1 &&
  KG.el(
    "small",
    { class: "sure", title: `How sure the builder is${facts.length > 1 ? " of the surest of its facts" : ""}` },
    ` ${facts.length > 1 ? "up to " : ""}${Math.round(conf * 100)} %`,
  );

KG.findEdge = (id) => KG.display.edges.find((e) => e.id === id);
KG.edgePanel = function (id) {
  const edge = KG.findEdge(id);
  if (!edge) return KG.el("div", { class: "panel-head" }, KG.closer(), KG.el("h2", {}, "A tie"), KG.hiddenNote("The filters hide this tie.", KG.reset));
  const facts = [...edge.facts].sort(KG.byTime);
  return [
    KG.el(
      "header",
      { class: "panel-head" },
      KG.closer(),
      KG.el("p", { class: "kind" }, KG.lineSign(edge.stance, edge.modality, KG.palette()), KG.plural(facts.length, "fact")),
      KG.el("h2", {}, KG.nodeButton(edge.a), KG.el("em", { class: edge.stance }, ` ${edge.label} `), KG.nodeButton(edge.b)),
    ),
    KG.someFacts(facts),
  ];
};
