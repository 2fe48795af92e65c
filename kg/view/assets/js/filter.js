/* Filter: which facts pass what the reader chose. */
"use strict";
KG.LEVELS = [
  { id: "actors", name: "Actors", hint: "People, organisations and places; what happened between them is folded into the lines" },
  { id: "events", name: "Actors + events", hint: "Each happening is a node of its own between those who took part" },
  { id: "all", name: "Everything", hint: "Quotes too, and what they are about" },
  { id: "quotes", name: "Quotes", hint: "Who speaks about whom" },
  { id: "timeline", name: "Timeline", hint: "What happened when" },
  { id: "map", name: "Map", hint: "Where it happened" },
];

/* A source is a publisher ("p:…") or someone quoted ("s:" and the node). */
KG.sources = function () {
  const publishers = [...new Set(KG.articles.map((a) => a.pub).filter(Boolean))].sort();
  const counts = new Map();
  for (const fact of KG.facts) {
    if (fact.kind === "statement") KG.who(fact, "speaker").forEach((id) => counts.set(id, (counts.get(id) || 0) + 1));
  }
  return { publishers, speakers: [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]) };
};

KG.fromSource = function (fact, source) {
  if (source.startsWith("p:")) return fact.articles.some((a) => KG.articles[a].pub === source.slice(2));
  const speaker = KG.long(source.slice(2));
  const said = fact.kind === "statement" ? fact : fact.by !== undefined ? KG.facts[KG.nodes[fact.by].fact] : null;
  return Boolean(said) && KG.who(said, "speaker").includes(speaker);
};

KG.passes = function (fact, state = KG.state) {
  if (state.stances.includes(fact.stance) || state.mods.includes(fact.modality) || state.classes.includes(fact.cls)) return false;
  if (fact.conf < state.conf) return false;
  if (state.article && !fact.articles.some((a) => KG.articles[a].iri === state.article)) return false;
  if (state.source && !KG.fromSource(fact, state.source)) return false;
  if ((state.from || state.to) && (fact.kind === "event" || fact.kind === "statement")) {
    if (!fact.date) return false;
    const { first, last } = KG.reach(fact);
    if (state.from && last < state.from) return false;
    if (state.to && first > state.to) return false;
  }
  return true;
};

/* What to change so that a fact passes: only the filters that hide it. */
KG.unhiding = function (fact, state = KG.state) {
  const without = (field, value) => (state[field].includes(value) ? { [field]: state[field].filter((v) => v !== value) } : {});
  const change = {
    ...without("stances", fact.stance),
    ...without("mods", fact.modality),
    ...without("classes", fact.cls),
    ...without("kinds", fact.kind),
  };
  if (fact.conf < state.conf) change.conf = 0;
  if (state.article && !fact.articles.some((a) => KG.articles[a].iri === state.article)) change.article = "";
  if (state.source && !KG.fromSource(fact, state.source)) change.source = "";
  return KG.passes(fact, { ...state, ...change }) ? change : { ...change, from: "", to: "" };
};

/* First and last day of a fact's time, which may be a month, a year or a span. */
KG.reach = function (fact) {
  const pad = (iso, low) =>
    iso.length >= 10 ? iso.slice(0, 10) : iso.length === 7 ? iso + (low ? "-01" : "-31") : iso + (low ? "-01-01" : "-12-31");
  return { first: pad(fact.date, true), last: pad(fact.end || fact.date, false) };
};

KG.passing = function (state = KG.state) {
  return KG.facts.filter((fact) => KG.passes(fact, state) && KG.kindsPass(fact, state));
};

/* A fact goes when its own kind of node is switched off; a thing's kind takes the thing, not the fact. */
KG.kindsPass = (fact, state) => !(fact.kind in KG.styles.kinds) || !state.kinds.includes(fact.kind);

const FACT_FILTERS = ["stances", "mods", "classes", "conf", "article", "source", "from", "to"];
const differs = (state, keys) => keys.some((key) => JSON.stringify(state[key]) !== JSON.stringify(KG.DEFAULTS[key]));
/* Whether some facts are filtered out; and whether anything at all narrows the picture. */
KG.narrowed = (state) => differs(state, FACT_FILTERS) || ["event", "statement"].some((k) => state.kinds.includes(k));
KG.filtered = () => differs(KG.state, [...FACT_FILTERS, "kinds", "roots", "cut"]);

/* How many of each there are under the filters: every row counts what it would show, all other rows being as they are. */
KG.tally = function (state = KG.state) {
  const count = (list, key) => list.reduce((m, x) => m.set(key(x), (m.get(key(x)) || 0) + 1), new Map());
  const but = (field) => KG.passing({ ...state, [field]: KG.DEFAULTS[field] });
  const firm = (facts) => facts.filter((f) => f.kind !== "statement");
  const open = { ...state, kinds: [] };
  const facts = KG.passing(open);
  const kinds = count(facts, (f) => f.kind);
  const narrow = KG.narrowed(open);
  const told = new Set(narrow ? facts.flatMap((f) => f.parts.map((p) => p[1])) : KG.things.map((n) => n.id));
  for (const id of told) kinds.set(KG.nodes[id].kind, (kinds.get(KG.nodes[id].kind) || 0) + 1);
  kinds.set("article", narrow ? new Set(facts.flatMap((f) => f.articles)).size : KG.articles.length);
  return {
    kinds,
    stances: count(firm(but("stances")), (f) => f.stance),
    mods: count(firm(but("mods")), (f) => f.modality),
    classes: count(but("classes"), (f) => f.cls),
  };
};
