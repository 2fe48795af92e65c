/* SPARQL: the query that gives the facts behind the current filter from graph.ttl. */
"use strict";
KG.quoteIri = (iri) => `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (c) => encodeURIComponent(c))}>`;
KG.quoteText = (text) =>
  `"${text.replace(/[\\"\n\r\t]/g, (c) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[c])}"`;

KG.toSparql = function (state = KG.state) {
  const P = KG.prefixes;
  const lines = [];
  const events = KG.sparqlEvents(state);
  const quotes = state.level === "quotes" || state.level === "all";
  const blocks = [];
  if (state.level !== "quotes") blocks.push(...events, ...KG.sparqlRoles(state), ...KG.sparqlRelations(state));
  if (
    quotes &&
    !state.kinds.includes("statement") &&
    !state.classes.includes("nkg:Statement") &&
    !state.stances.includes("neutral") &&
    !state.mods.includes("Asserted")
  )
    blocks.push(KG.sparqlQuotes(state));
  const used = ["rdf", "rdfs", "schema", "org", "sem", "plover", "nkg", "prov"];
  lines.push(...used.map((p) => `PREFIX ${p}: <${P[p]}>`), "", "SELECT DISTINCT ?fact ?class ?from ?to ?date WHERE {");
  lines.push(
    blocks.length ? blocks.map((b) => `  {\n${b.map((l) => `    ${l}`).join("\n")}\n  }`).join("\n  UNION\n") : "  FILTER(false)",
  );
  lines.push(...KG.sparqlCommon(state).map((l) => `  ${l}`), "}", "ORDER BY ?date ?fact");
  return lines.join("\n") + "\n";
};

/* The same rule as KG.pairs: agent and patient, or all who take part in what is mutual; else one side and the place;
   else two agents. */
KG.sparqlEvents = function (state) {
  const off = (stance) => state.stances.includes(stance);
  const classes = Object.entries(KG.styles.events)
    .filter(([cls, e]) => !state.classes.includes(cls) && !off(e.stance) && KG.counts.classes.has(cls))
    .map(([cls]) => cls);
  if (!classes.length || state.kinds.includes("event")) return [];
  const term = (cls) => (cls.includes("://") ? KG.quoteIri(cls) : cls); // of the user's own
  const head = [`?fact a sem:Event, ?class .`, `VALUES ?class { ${classes.map(term).join(" ")} }`];
  if (state.mods.length)
    head.push(
      `OPTIONAL { ?fact nkg:modality ?m }`,
      `FILTER(COALESCE(?m, nkg:Asserted) NOT IN (${state.mods.map((m) => `nkg:${m}`).join(", ")}))`,
    );
  head.push(...KG.sparqlWhen(state));
  if (state.source.startsWith("s:"))
    head.push(`?fact nkg:accordingTo/nkg:speaker ${KG.quoteIri(KG.base + state.source.slice(2))} .`);
  if (state.level !== "actors") return [[...head, "?fact nkg:agent|nkg:patient|sem:hasPlace ?from . BIND(?from AS ?to)"]];
  const mutual = classes.filter((cls) => KG.styles.events[cls].mutual).map(term).join(", ");
  const sides = "(nkg:agent|nkg:patient)";
  const blocks = [
    [...head, `FILTER(?class NOT IN (${mutual || "nkg:None"}))`, "?fact nkg:agent ?from ; nkg:patient ?to . FILTER(?from != ?to)"],
    [
      ...head,
      "FILTER NOT EXISTS { ?fact nkg:agent ?a ; nkg:patient ?p FILTER(?class NOT IN (" + (mutual || "nkg:None") + ")) }",
      mutual
        ? `FILTER(?class NOT IN (${mutual}) || NOT EXISTS { ?fact ${sides} ?one, ?other FILTER(?one != ?other) })`
        : "",
      `?fact ${sides} ?from ; sem:hasPlace ?to . FILTER(?from != ?to)`,
    ].filter(Boolean),
    [
      ...head,
      `FILTER(?class NOT IN (${mutual || "nkg:None"}))`,
      "?fact nkg:agent ?from, ?to . FILTER(STR(?from) < STR(?to))",
      "FILTER NOT EXISTS { ?fact nkg:patient ?p } FILTER NOT EXISTS { ?fact sem:hasPlace ?where ; nkg:agent ?one FILTER(?where != ?one) }",
    ],
  ];
  if (mutual) blocks.push([...head, `FILTER(?class IN (${mutual}))`, `?fact ${sides} ?from, ?to . FILTER(STR(?from) < STR(?to))`]);
  return blocks;
};
KG.sparqlWhen = function (state) {
  if (!state.from && !state.to) return [];
  const out = [
    "?fact sem:hasTimeStamp ?own . OPTIONAL { ?fact sem:hasEndTimeStamp ?end }",
    "BIND(SUBSTR(STR(?own), 1, 10) AS ?first) BIND(COALESCE(STR(?end), ?first) AS ?last)",
  ];
  if (state.from) out.push(`FILTER(CONCAT(?last, SUBSTR("9999-12-31", STRLEN(?last) + 1)) >= "${state.from}")`);
  if (state.to) out.push(`FILTER(CONCAT(?first, SUBSTR("0000-01-01", STRLEN(?first) + 1)) <= "${state.to}")`);
  return out;
};
KG.sparqlRoles = function (state) {
  if (
    state.stances.includes("neutral") ||
    state.mods.includes("Asserted") ||
    state.classes.includes("org:Membership") ||
    state.source.startsWith("s:")
  )
    return [];
  return [["?fact a org:Membership ; org:member ?from ; org:organization ?to . BIND(org:Membership AS ?class)"]];
};
KG.sparqlRelations = function (state) {
  const names = [...KG.counts.classes.keys()].filter(
    (c) => KG.styles.relations[c] && !state.classes.includes(c) && !state.stances.includes(KG.styles.relations[c].stance),
  );
  if (!names.length || state.mods.includes("Asserted") || state.source.startsWith("s:")) return [];
  return [
    [
      `?fact a nkg:Relation ; rdf:subject ?from ; rdf:predicate ?class ; rdf:object ?to .`,
      `VALUES ?class { ${names.join(" ")} }`,
    ],
  ];
};
KG.sparqlQuotes = function (state) {
  const by = state.source.startsWith("s:") ? ` FILTER(?from = ${KG.quoteIri(KG.base + state.source.slice(2))})` : "";
  return [
    "?fact a nkg:Statement ; nkg:speaker ?from ; schema:about|nkg:addressee ?to . FILTER(?from != ?to) BIND(nkg:Statement AS ?class)" +
      by,
    ...KG.sparqlWhen(state),
  ];
};

KG.sparqlCommon = function (state) {
  const out = ["OPTIONAL { ?fact sem:hasTimeStamp ?date }"];
  if (state.conf > 0) out.push("OPTIONAL { ?fact nkg:confidence ?c }", `FILTER(COALESCE(?c, 1.0) >= ${state.conf})`);
  if (state.article)
    out.push("?fact prov:wasDerivedFrom ?sentence .", `FILTER(STRSTARTS(STR(?sentence), ${KG.quoteText(`${state.article}#`)}))`);
  if (state.source.startsWith("p:"))
    out.push(
      "?fact prov:wasDerivedFrom ?s .",
      `?article schema:publisher ${KG.quoteText(state.source.slice(2))} .`,
      'FILTER(STRSTARTS(STR(?s), CONCAT(STR(?article), "#")))',
    );
  const types = { person: "schema:Person", organization: "schema:Organization", place: "schema:Place", group: "nkg:Group" };
  for (const kind of state.kinds)
    if (types[kind]) out.push(`FILTER NOT EXISTS { ?from a ${types[kind]} } FILTER NOT EXISTS { ?to a ${types[kind]} }`);
  const only = KG.state.roots.length || !KG.state.leaves ? KG.display.nodes.filter((id) => KG.nodes[id].thing).slice(0, 200) : [];
  if (only.length)
    out.push(
      `VALUES ?from { ${only.map((id) => KG.quoteIri(KG.nodes[id].iri)).join(" ")} }`,
      `VALUES ?to { ${only.map((id) => KG.quoteIri(KG.nodes[id].iri)).join(" ")} }`,
    );
  return out;
};
