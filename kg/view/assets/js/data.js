/* Data: take what the page holds and tie nodes, facts, sentences and articles together. */
"use strict";
const KG = { hooks: {} };

KG.block = (id) => JSON.parse(document.getElementById(id).textContent);

/* What the page says of itself: title, styles, counts. */
KG.readHead = function (raw) {
  for (const key of ["title", "styles", "prefixes", "options", "base", "site", "days", "mapped", "irregular"]) KG[key] = raw[key];
  [KG.FIRST, KG.FIRST_EDGES] = raw.first;
  KG.counts = Object.fromEntries(Object.entries(raw.counts).map(([field, counts]) => [field, new Map(Object.entries(counts))]));
};

KG.readNode = function (node) {
  node.iri = KG.full(node.iri);
  node.facts = [];
  node.actors = [node.x, node.y, ...(node.up || [])];
  node.full = node.full || [...node.actors];
  node.rank = node.rank || 0;
  node.com = node.com ?? -1;
  node.thing = !["event", "statement", "article"].includes(node.kind);
  return node;
};

KG.readData = function (raw) {
  KG.sentences = raw.sentences;
  KG.articles = raw.articles;
  KG.nodes = raw.net.nodes.map(KG.readNode);
  KG.facts = raw.facts.map(KG.readFact);
  const take = (fact, part, id) => {
    if (!fact.parts.some((p) => p[1] === id && p[0] === part)) fact.parts.push([part, id]);
  };
  const ends = { role: ["member", "organization"], relation: ["subject", "object"] };
  for (const { from, to, part, fact } of raw.net.edges) {
    if (ends[part]) [from, to].forEach((id, k) => take(KG.facts[fact], ends[part][k], id));
    else take(KG.facts[fact], part, part === "agent" || part === "speaker" ? from : to);
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
  KG.rankThings();
};

/* Who matters most comes first; the numbers that a reader sees go by how much each does, as the lists do. */
KG.rankThings = function () {
  KG.byIri = new Map();
  KG.nodes.forEach((n) => {
    KG.byIri.set(n.iri, n.id);
    n.order = Infinity;
  });
  KG.things = KG.nodes.filter((n) => n.thing);
  KG.ranked = [...KG.things].sort((a, b) => b.rank - a.rank || a.id - b.id);
  KG.ranked.forEach((n, i) => {
    n.order = i;
  });
  const numbers = { place: 0, actor: 0 };
  const deeds = new Map(KG.things.map((n) => [n, KG.deeds(n, n.facts.map((i) => KG.facts[i]))]));
  const much = (n) => deeds.get(n).events + (n.kind === "place" ? deeds.get(n).there : 0);
  [...KG.things]
    .sort((a, b) => much(b) - much(a) || a.id - b.id)
    .forEach((n) => {
      n.no = numbers[n.kind === "place" ? "place" : "actor"] += 1;
    });
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
    mutual: Boolean({ event: KG.styles.events, relation: KG.styles.relations }[row.k]?.[row.c]?.mutual),
    direct: Boolean(row.q),
    cue: row.cue || "",
    themes: row.th || [],
    tellings: (row.tel || []).map(([iri, state]) => ({ iri: KG.full(iri), state })),
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
  if (fact.kind === "relation")
    return cross(KG.who(fact, "subject"), KG.who(fact, "object")).map(([a, b]) => [a, b, fact.mutual ? "both" : "to"]);
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

/* The kind, name and stance of a class of facts. */
KG.classOf = function (cls) {
  if (cls === "org:Membership") return { kind: "role", name: "Role", stance: "neutral" };
  if (cls === "nkg:Statement") return { kind: "statement", name: "Quote", stance: "neutral" };
  const kind = KG.styles.relations[cls] ? "relation" : "event";
  const own = KG.styles[`${kind}s`][cls];
  return { kind, name: own?.name || cls.split(":").pop(), stance: own?.stance || "neutral" };
};
KG.className = (fact) => KG.classOf(fact.cls).name;

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
