/* Data: read the JSON of the page and tie nodes, facts, sentences and articles together. */
"use strict";
const KG = { hooks: {} };

KG.read = function () {
  const raw = JSON.parse(document.getElementById("data").textContent);
  KG.title = raw.title;
  KG.styles = raw.styles;
  KG.prefixes = raw.prefixes;
  KG.options = raw.net.options;
  KG.sentences = raw.sentences;
  KG.articles = raw.articles;
  KG.base = raw.base;
  KG.site = raw.site || "";
  KG.nodes = raw.net.nodes;
  KG.facts = raw.facts.map(KG.readFact);
  for (const node of KG.nodes) {
    node.iri = KG.full(node.iri);
    node.facts = [];
    node.actors = [node.x, node.y, ...(node.up || [])];
    node.full = node.full || [...node.actors];
    node.rank = node.rank || 0;
    node.com = node.com ?? -1;
    node.thing = !["event", "statement", "article"].includes(node.kind);
  }
  for (const edge of raw.net.edges) {
    const fact = KG.facts[edge.fact];
    if (edge.part === "role") fact.parts.push(["member", edge.from], ["organization", edge.to]);
    else if (edge.part === "relation") fact.parts.push(["subject", edge.from], ["object", edge.to]);
    else fact.parts.push([edge.part, edge.part === "agent" || edge.part === "speaker" ? edge.from : edge.to]);
  }
  for (const fact of KG.facts) {
    fact.pairs = KG.pairs(fact);
    for (const id of new Set(fact.parts.map((p) => p[1]))) KG.nodes[id].facts.push(fact.i);
    if (fact.n !== undefined) KG.nodes[fact.n].fact = fact.i;
  }
  KG.articles.forEach((article, i) => {
    article.i = i;
  });
  KG.nodes
    .filter((n) => n.kind === "article")
    .forEach((node, i) => {
      node.article = i;
    });
  KG.byIri = new Map(KG.nodes.map((n) => [n.iri, n.id]));
  KG.things = KG.nodes.filter((n) => n.thing);
  KG.ranked = [...KG.things].sort((a, b) => b.rank - a.rank || a.id - b.id);
  KG.nodes.forEach((n) => {
    n.order = Infinity;
  });
  const numbers = { place: 0, actor: 0 };
  KG.ranked.forEach((n, i) => {
    n.order = i;
  });
  // the numbers that a reader sees go by how many facts there are, as the lists do
  [...KG.things]
    .filter((n) => n.order < Infinity)
    .sort((a, b) => b.facts.length - a.facts.length || a.order - b.order)
    .forEach((n) => {
      n.no = numbers[n.kind === "place" ? "place" : "actor"] += 1;
    });
  KG.land = JSON.parse(document.getElementById("land").textContent);
};

KG.readFact = function (row, i) {
  const ev = (row.ev || []).map(([s, ...marks]) => ({ s, marks }));
  const articles = [...new Set(ev.map((e) => KG.sentences[e.s].a))];
  // the day of the article is when it was told, never when it happened
  const told = articles
    .map((a) => KG.articles[a].d)
    .filter(Boolean)
    .sort()[0];
  return {
    i,
    iri: KG.full(row.iri),
    kind: row.k,
    cls: row.c,
    label: row.l,
    words: row.w,
    at: row.at || row.w + " in",
    stance: row.s || "neutral",
    n: row.n,
    date: row.d || "",
    end: row.e || "",
    told: told || "",
    modality: row.m || "Asserted",
    by: row.by,
    conf: row.f ?? 1,
    text: row.t || "",
    trigger: row.tr || "",
    mutual: row.k === "event" && Boolean(KG.styles.events[row.c]?.mutual),
    direct: Boolean(row.q),
    cue: row.cue || "",
    themes: row.th || [],
    ev,
    articles,
    parts: (row.who || []).map((id) => ["member", id]),
  };
};

KG.who = (fact, ...parts) => fact.parts.filter((p) => parts.includes(p[0])).map((p) => p[1]);

/* The pairs of things a fact links when it is folded into edges: the same rule as multigraph.pairs in Python. */
KG.pairs = function (fact) {
  const cross = (xs, ys) => xs.flatMap((x) => ys.filter((y) => y !== x).map((y) => [x, y, "to"]));
  if (fact.kind === "role") return cross(KG.who(fact, "member"), KG.who(fact, "organization"));
  if (fact.kind === "relation") return cross(KG.who(fact, "subject"), KG.who(fact, "object"));
  if (fact.kind === "statement") {
    const speaker = KG.who(fact, "speaker");
    const about = cross(speaker, KG.who(fact, "about")).map(([a, b]) => [a, b, "of"]);
    const told = new Set(about.map(([a, b]) => `${a} ${b}`));
    return about.concat(cross(speaker, KG.who(fact, "addressee")).filter(([a, b]) => !told.has(`${a} ${b}`)));
  }
  const agents = KG.who(fact, "agent");
  const patients = KG.who(fact, "patient");
  const sides = [...new Set([...agents, ...patients])];
  const each = (ids, way) => ids.flatMap((a, i) => ids.slice(i + 1).map((b) => [a, b, way]));
  if (fact.mutual && sides.length > 1) return each(sides, "both");
  if (agents.length && patients.length && !fact.mutual) return cross(agents, patients);
  const placed = cross(sides, KG.who(fact, "place")).map(([a, b]) => [a, b, "place"]);
  return placed.length ? placed : each([...new Set(agents)], "with");
};

/* IRIs travel without the beginning that they share. */
KG.full = (iri) => (iri.startsWith("~") ? KG.base + iri.slice(1) : iri);

KG.fold = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
KG.plural = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many || one + "s"}`;

KG.className = function (fact) {
  if (fact.kind === "role") return "Role";
  if (fact.kind === "statement") return "Quote";
  const table = fact.kind === "relation" ? KG.styles.relations : KG.styles.events;
  return table[fact.cls]?.name || fact.cls.split(":").pop();
};

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
KG.sayDate = function (iso, short) {
  const [y, m, d] = iso.split("-").map(Number);
  if (!m) return String(y || "");
  const month = short ? MONTHS[m - 1].slice(0, 3) : MONTHS[m - 1];
  return d ? `${d} ${month} ${y}` : `${month} ${y}`;
};
KG.dayNumber = function (iso) {
  const [y, m, d] = iso.split("-").map(Number);
  return Math.floor(new Date(0).setUTCFullYear(y, (m || 1) - 1, d || 1) / 864e5);
};
KG.isoDay = (n) => new Date(n * 864e5).toISOString().slice(0, 10);
