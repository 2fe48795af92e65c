/* Export: the part that passes the filters as GraphML, GEXF, CSV and JSON. */
"use strict";
/* Characters that XML 1.0 has no place for are dropped, the rest escaped. */
KG.xml = (text) =>
  String(text)
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      "",
    )
    .replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

/* All that passes filters and focus, also where the picture shows the most important part only. */
KG.filteredPart = () => (KG.state.limit >= 1e5 ? KG.display : KG.project({ ...KG.state, limit: 1e6 }));

KG.part = function () {
  const { nodes, edges } = KG.filteredPart();
  const palette = KG.palette();
  return {
    nodes: nodes.map((id) => {
      const n = KG.nodes[id];
      return {
        id: n.iri,
        label: n.label,
        kind: n.kind,
        colour: KG.nodeColour(n, palette),
        size: n.size,
        rank: n.rank,
        community: n.com,
        aliases: (n.aka || []).join(" | "),
        ...KG.position(n, KG.display.level),
      };
    }),
    edges: edges.map((e, i) => ({
      id: `e${i}`,
      source: KG.nodes[e.a].iri,
      target: KG.nodes[e.b].iri,
      label: e.label,
      stance: e.stance,
      colour: palette.stances[e.stance],
      modality: e.modality,
      confidence: e.conf,
      facts: e.facts.length,
      dates: [...new Set(e.facts.map((f) => f.date).filter(Boolean))].sort().join(" | "),
      sentences: e.facts.flatMap((f) => f.ev.map((v) => KG.sentences[v.s].t)).join(" | "),
    })),
  };
};

const NODE_KEYS = {
  label: "string",
  kind: "string",
  rank: "double",
  community: "int",
  aliases: "string",
  x: "double",
  y: "double",
};
const EDGE_KEYS = {
  label: "string",
  stance: "string",
  modality: "string",
  confidence: "double",
  facts: "int",
  dates: "string",
  sentences: "string",
};

KG.toGraphml = function ({ nodes, edges }) {
  const keys = (table, of) =>
    Object.entries(table)
      .map(([k, t]) => `<key id="${of[0]}_${k}" for="${of}" attr.name="${k}" attr.type="${t}"/>`)
      .join("\n");
  const data = (row, table, p) =>
    Object.keys(table)
      .map((k) => `<data key="${p}_${k}">${KG.xml(row[k])}</data>`)
      .join("");
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${keys(NODE_KEYS, "node")}\n${keys(EDGE_KEYS, "edge")}\n<graph edgedefault="directed">\n` +
    nodes.map((n) => `<node id="${KG.xml(n.id)}">${data(n, NODE_KEYS, "n")}</node>\n`).join("") +
    edges
      .map(
        (e) => `<edge id="${e.id}" source="${KG.xml(e.source)}" target="${KG.xml(e.target)}">${data(e, EDGE_KEYS, "e")}</edge>\n`,
      )
      .join("") +
    "</graph>\n</graphml>\n"
  );
};

KG.toGexf = function ({ nodes, edges }) {
  const rgb = (hex) => `<viz:color r="${parseInt(hex.slice(1, 3), 16)}" g="${parseInt(hex.slice(3, 5), 16)}" b="${parseInt(hex.slice(5, 7), 16)}"/>`;
  const type = (t) => (t === "int" ? "integer" : t);
  const keys = (table, of) =>
    `<attributes class="${of}">${Object.entries(table)
      .filter(([k]) => !["label", "x", "y"].includes(k))
      .map(([k, t]) => `<attribute id="${k}" title="${k}" type="${type(t)}"/>`)
      .join("")}</attributes>`;
  const values = (row, table) =>
    `<attvalues>${Object.keys(table)
      .filter((k) => !["label", "x", "y"].includes(k))
      .map((k) => `<attvalue for="${k}" value="${KG.xml(row[k])}"/>`)
      .join("")}</attvalues>`;
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">\n<graph defaultedgetype="directed" mode="static">\n${keys(NODE_KEYS, "node")}\n${keys(EDGE_KEYS, "edge")}\n<nodes>\n` +
    nodes
      .map(
        (n) =>
          `<node id="${KG.xml(n.id)}" label="${KG.xml(n.label)}">${values(n, NODE_KEYS)}${rgb(n.colour)}<viz:position x="${n.x}" y="${-n.y}" z="0"/><viz:size value="${n.size}"/></node>\n`,
      )
      .join("") +
    "</nodes>\n<edges>\n" +
    edges
      .map(
        (e) =>
          `<edge id="${e.id}" source="${KG.xml(e.source)}" target="${KG.xml(e.target)}" label="${KG.xml(e.label)}" weight="${e.facts}">${values(e, EDGE_KEYS)}${rgb(e.colour)}</edge>\n`,
      )
      .join("") +
    "</edges>\n</graph>\n</gexf>\n"
  );
};

/* Facts, one row each. A cell that a spreadsheet would take for a formula is led by an apostrophe. */
KG.toCsv = function () {
  const cell = (value) => {
    const text = /^[=+\-@\t\r]/.test(String(value)) ? `'${value}` : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  const names = (fact, ...parts) =>
    KG.who(fact, ...parts)
      .map((id) => KG.nodes[id].label)
      .join(" | ");
  const rows = KG.shownFacts().map((f) => [
    f.kind,
    f.cls,
    names(f, "agent", "speaker", "member", "subject"),
    f.kind === "statement" ? f.cue : f.words,
    names(f, "patient", "addressee", "about", "organization", "object"),
    names(f, "place"),
    f.date,
    f.modality,
    f.conf,
    f.text || f.label,
    f.ev.map((v) => KG.sentences[v.s].t).join(" | "),
    f.articles.map((a) => KG.articles[a].h).join(" | "),
    f.iri,
  ]);
  return (
    [
      [
        "kind",
        "class",
        "who",
        "words",
        "whom",
        "where",
        "date",
        "modality",
        "confidence",
        "text",
        "sentences",
        "articles",
        "iri",
      ],
      ...rows,
    ]
      .map((r) => r.map(cell).join(","))
      .join("\r\n") + "\r\n"
  );
};

/* The facts behind the ties of the filtered part. */
KG.shownFacts = function () {
  const { edges, facts } = KG.filteredPart();
  const tied = new Set(edges.flatMap((e) => e.facts.map((f) => f.i)));
  return facts.filter((f) => tied.has(f.i));
};

KG.toJson = () =>
  JSON.stringify(
    {
      title: KG.title,
      ...KG.part(),
      facts: KG.shownFacts().map((f) => ({
        iri: f.iri,
        kind: f.kind,
        class: f.cls,
        label: f.label,
        date: f.date,
        modality: f.modality,
        confidence: f.conf,
        parts: f.parts.map(([part, id]) => [part, KG.nodes[id].iri]),
        sentences: f.ev.map((v) => KG.sentences[v.s].t),
      })),
    },
    null,
    1,
  ) + "\n";

KG.download = function (name, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = KG.el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  KG.say(`${name} is saved.`);
};
