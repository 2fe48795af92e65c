/* Project: from the facts that pass to the nodes and edges of a level, the most important first. */
"use strict";
// KG.FIRST and KG.FIRST_EDGES, shown at first, come with the page: it chooses by them what it draws before all is read
KG.FIRST_ASIDE = 48;

KG.project = function (state = KG.state) {
  const facts = KG.passing(state);
  const edges = new Map();
  const nodes = new Set();
  const level = ["timeline", "map"].includes(state.level) ? "actors" : state.level;
  const shown = (id) => !state.kinds.includes(KG.nodes[id].kind) && !state.cut.includes(id);
  const wanted = {
    actors: ["event", "role", "relation"],
    events: ["role", "relation"],
    all: ["role", "relation"],
    quotes: ["statement"],
  }[level];
  for (const fact of facts) {
    if (wanted.includes(fact.kind)) {
      for (const [a, b, way] of fact.pairs) if (shown(a) && shown(b)) KG.merge(edges, a, b, way, fact);
    } else if (level === "all" || (level === "events" && fact.kind === "event")) {
      KG.unfold(edges, fact, shown, level);
    }
  }
  for (const edge of edges.values()) nodes.add(edge.a).add(edge.b);
  const display = KG.narrow(state, nodes, [...edges.values()], shown);
  display.facts = facts;
  display.level = level;
  display.edges.forEach(KG.wordEdge);
  KG.bend(display.edges);
  display.hedged = new Map(display.nodes.map((id) => [id, KG.standing(KG.nodes[id])]).filter(([, word]) => word));
  return display;
};

/* Where lines are many, the long ones between groups step back behind the short ones within them. */
KG.recede = function (display) {
  const { edges, level } = display;
  const lengths = edges.map((e) => {
    const [a, b] = [KG.position(KG.nodes[e.a], level), KG.position(KG.nodes[e.b], level)];
    return Math.hypot(a.x - b.x, a.y - b.y);
  });
  const usual = [...lengths].sort((a, b) => a - b)[Math.floor(edges.length / 2)];
  edges.forEach((edge, i) => {
    edge.back = edges.length > 120 ? Math.min(1, Math.max(0.22, (usual * 2.2) / lengths[i])) : 1;
  });
};

/* Parallel facts of one direction and stance share an edge; what is mutual has one line, whoever is named first.
   Who did a thing side by side did it not to one another: their line tells of neither friend nor foe. */
KG.merge = function (edges, a, b, way, fact) {
  const stance = fact.kind === "statement" ? "statement" : way === "with" ? "neutral" : fact.stance;
  const sign = { both: "=", with: "+" }[way] || "";
  if (sign && a > b) [a, b] = [b, a];
  const key = `${a}:${b}:${sign}${stance}`;
  let edge = edges.get(key);
  if (!edge) edges.set(key, (edge = { id: `e:${key}`, a, b, stance, facts: [], ways: [] }));
  edge.facts.push(fact);
  edge.ways.push(way);
};

KG.unfold = function (edges, fact, shown, level) {
  if (!shown(fact.n)) return;
  const ends = fact.parts.filter(([, id]) => shown(id));
  const link = (a, b, part) => {
    const key = `${a}:${b}:${part}`;
    edges.set(key, {
      id: `e:${key}`,
      a,
      b,
      stance: fact.kind === "event" && part !== "place" ? fact.stance : "neutral",
      facts: [fact],
      ways: ["to"],
      part,
    });
  };
  for (const [part, id] of ends) {
    if (part === "agent" || part === "speaker") link(id, fact.n, part);
    else link(fact.n, id, part);
  }
  if (level === "all" && fact.by !== undefined && shown(fact.by)) link(fact.by, fact.n, "reports");
  if (level === "all") {
    for (const i of fact.articles) {
      const id = KG.articleNode(i);
      if (shown(id)) link(fact.n, id, "source");
    }
  }
};
KG.articleNode = (i) => KG.nodes.length - KG.articles.length + i;

/* Focus, leaves, lone nodes, and the limit of what is drawn at once. */
KG.narrow = function (state, nodes, edges, shown) {
  const total = nodes.size;
  const keep = new Set([...state.roots, ...state.grown, ...state.path, ...state.joined, ...state.marked].filter(shown));
  const sel = state.sel.startsWith("n:") ? Number(state.sel.slice(2)) : -1;
  // of a fact that is selected all who take part are drawn, and the ties that it is in
  const told = KG.loading ? undefined : KG.facts[KG.nodes[sel]?.fact];
  const parts = KG.partsOf(told).filter(shown);
  const wanting = parts.filter((id) => !nodes.has(id));
  parts.forEach((id) => nodes.add(id) && keep.add(id));
  const held = told ? edges.filter((e) => e.facts.includes(told)) : [];
  if (state.roots.length) {
    const near = KG.near(edges, state.roots, state.steps);
    for (const id of state.grown) KG.near(edges, [id], 1).forEach((n) => near.add(n));
    [...state.joined, ...parts].forEach((id) => near.add(id));
    nodes = new Set([...nodes].filter((id) => near.has(id)));
    state.roots.filter(shown).forEach((id) => nodes.add(id));
  }
  const aside = state.roots.length ? [] : KG.asideOf(state, nodes, shown);
  edges = edges.filter((e) => nodes.has(e.a) && nodes.has(e.b));
  if (!state.leaves) {
    const degree = KG.neighbourCount(edges);
    nodes = new Set([...nodes].filter((id) => degree.get(id) > 1 || keep.has(id) || id === sel));
    edges = edges.filter((e) => nodes.has(e.a) && nodes.has(e.b));
  }
  const full = nodes.size;
  const limit = state.limit || KG.first(state.level, nodes.size);
  const facts = [...nodes].filter((id) => !KG.nodes[id].thing).length;
  if (nodes.size > limit && (nodes.size - facts > limit || nodes.size > limit * 2.5)) {
    const first = [...nodes]
      .filter((id) => KG.nodes[id].thing)
      .sort((a, b) => KG.nodes[a].order - KG.nodes[b].order)
      .slice(0, limit);
    const top = new Set([...first, ...keep].filter((id) => nodes.has(id)));
    if (sel >= 0 && nodes.has(sel)) top.add(sel);
    KG.fillWithFacts(top, nodes, edges, limit);
    nodes = top;
    edges = edges.filter((e) => nodes.has(e.a) && nodes.has(e.b));
    const degree = KG.neighbourCount(edges);
    nodes = new Set([...nodes].filter((id) => degree.has(id) || keep.has(id) || id === sel));
  }
  const allEdges = edges.length;
  // an event or a quote has a line for each who takes part
  const most = state.limit ? state.limit * 4 : KG.FIRST_EDGES * (facts ? 3 : 1) * (limit < KG.FIRST ? (1.4 * limit) / KG.FIRST : 1);
  if (edges.length > most * 1.15) edges = KG.strongest(edges, most, nodes);
  edges = [...new Set([...edges, ...held.filter((e) => nodes.has(e.a) && nodes.has(e.b))])];
  const rim = state.lone ? aside.slice(0, state.limit || KG.FIRST_ASIDE) : [];
  rim.forEach((id) => nodes.add(id));
  const asideKinds = {};
  for (const id of aside) asideKinds[KG.nodes[id].kind] = (asideKinds[KG.nodes[id].kind] || 0) + 1;
  const dependsOnSelection = wanting.length > 0 || (parts.length > 0 && (state.roots.length > 0 || !state.leaves || nodes.size < full));
  return {
    nodes: [...nodes].sort((a, b) => a - b),
    edges,
    total: full + rim.length,
    whole: total,
    allEdges,
    aside,
    asideKinds,
    rim,
    dependsOnSelection,
  };
};

/* Who passes the filters and has no tie to another: those who speak or are spoken of first, then by importance. */
KG.asideOf = function (state, tied, shown) {
  const passing = KG.narrowed(state) ? new Set(KG.passing(state).flatMap((f) => f.parts.map((p) => p[1]))) : null;
  const quoted = (node) => node.facts.some((i) => KG.facts[i].kind === "statement");
  return KG.ranked
    .filter((node) => shown(node.id) && !tied.has(node.id) && (!passing || passing.has(node.id)))
    .sort((a, b) => quoted(b) - quoted(a) || (b.kind === "person") - (a.kind === "person") || a.order - b.order)
    .map((node) => node.id);
};

/* Where those without a tie stand once they are shown: in quiet rows over and under the picture. */
KG.layRim = function (display, size) {
  const rim = new Map();
  const lone = display.rim || [];
  KG.rim = rim;
  if (!lone.length) return;
  const own = new Set(lone);
  const body = display.nodes.filter((id) => !own.has(id)).map((id) => KG.position(KG.nodes[id], display.level));
  const [xs, ys] = [body.map((p) => p.x), body.map((p) => p.y)];
  const [x0, x1, y0, y1] = body.length ? [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)] : [0, 0, 0, 0];
  const wide = Math.max(x1 - x0, 1);
  const tall = Math.max(y1 - y0, 1);
  // as large a scale as leaves room for the rows, each name in a cell of its own
  let [scale, columns, rows] = [1, 1, lone.length];
  for (scale = 1.2; scale > 0.03; scale *= 0.93) {
    columns = Math.max(Math.floor((size.width - 20) / 112), 1);
    rows = Math.ceil(lone.length / columns);
    if (wide * scale <= size.width - 40 && tall * scale + rows * 36 + 60 <= size.height) break;
  }
  const [cell, step] = [112 / scale, 36 / scale];
  const above = Math.floor(rows / 2);
  lone.forEach((id, k) => {
    const row = Math.floor(k / columns);
    const inRow = Math.min(columns, lone.length - row * columns);
    const x = (x0 + x1) / 2 + ((k % columns) - (inRow - 1) / 2) * cell;
    // the first rows stand under the picture, the others over it
    const under = row < rows - above;
    rim.set(id, { x, y: under ? y1 + (1.6 + row) * step : y0 - (1.4 + row - (rows - above)) * step });
  });
};

KG.near = function (edges, roots, steps) {
  const next = KG.adjacency(edges);
  const seen = new Set(roots);
  let rim = [...roots];
  for (let k = 0; k < steps; k++) {
    rim = rim
      .flatMap((id) => next.get(id) || [])
      .map((l) => l.to)
      .filter((id) => !seen.has(id) && seen.add(id));
  }
  return seen;
};

KG.adjacency = function (edges) {
  const next = new Map();
  const add = (a, to, edge) => {
    if (!next.has(a)) next.set(a, []);
    next.get(a).push({ to, edge });
  };
  for (const edge of edges) {
    add(edge.a, edge.b, edge);
    add(edge.b, edge.a, edge);
  }
  return next;
};
KG.neighbourCount = function (edges) {
  const sets = new Map();
  for (const [id, links] of KG.adjacency(edges)) sets.set(id, new Set(links.map((l) => l.to)).size);
  return sets;
};

/* Events and quotes come along when at least two of the things they tie are shown (or their only one). */
KG.fillWithFacts = function (top, nodes, edges, limit) {
  const score = new Map();
  for (const edge of edges) {
    for (const [fact, thing] of [
      [edge.a, edge.b],
      [edge.b, edge.a],
    ]) {
      if (!KG.nodes[fact].thing && top.has(thing)) score.set(fact, (score.get(fact) || 0) + 1 + KG.nodes[thing].rank / 1e4);
    }
  }
  [...score]
    .filter(([, s]) => s > 1.5)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, limit)
    .forEach(([id]) => top.add(id));
};

/* The edges with most facts, but at least one for every node. */
KG.strongest = function (edges, most, nodes) {
  const worth = (e) => e.facts.length + Math.min(KG.nodes[e.a].rank, KG.nodes[e.b].rank) / 1e3;
  const sorted = [...edges].sort((a, b) => worth(b) - worth(a) || (a.id < b.id ? -1 : 1));
  const bare = new Set(nodes);
  const chosen = sorted.filter((e) => {
    const first = bare.has(e.a) || bare.has(e.b);
    bare.delete(e.a);
    bare.delete(e.b);
    return first;
  });
  const own = new Set(chosen);
  for (const edge of sorted) if (own.size < most) own.add(edge);
  return edges.filter((e) => own.has(e));
};

/* What a fact's own words say of how certain it is, so that no mark need say it again. */
const OWN_HEDGE = {
  Reported: /\b(?:reported|alleged|purported|supposed|apparent)(?:ly)?\b/i,
  Planned: /^(?:plan|will|would|intend|vow|prepar|propos|threat|promis|is to|are to|going to|set to)/i,
  Hypothetical: /\b(?:may|might|could|would|can|if|perhaps|possibl[ey])\b/i,
  Negated: /\b(?:not|never|no|den(?:y|ies|ied)|refus\w*|fail\w*|declin\w*|unable|without)\b|n[’']t\b/i,
};
/* "cooperation" and "cooperation with" are said once. */
const TRAILING = / (?:with|to|of|on|against|for|from|by)$/;
/* "reported", "planned", "possible" or "not so", for a thing of which nothing is told as fact: what it does, what is done to it,
   what it is. Who speaks is there; who is only spoken of is left as it is. What is switched off by certainty counts too: that is
   of the thing, not of the filter. The same rule as `kg.view.opening`. */
KG.standing = function (node) {
  if (!node.thing) return "";
  if (KG.loading) return node.hm ? KG.styles.modalities[node.hm].label.toLowerCase() : "";
  const own = KG.factsOf(node, { ...KG.state, mods: [] }).filter((f) => f.kind !== "statement" || KG.who(f, "speaker").includes(node.id)).map((f) => f.modality);
  const first = Object.keys(KG.styles.modalities).find((m) => own.includes(m));
  return first && first !== "Asserted" ? KG.styles.modalities[first].label.toLowerCase() : "";
};

/* "reported", "planned", "possible" or "not so", for a fact that the article does not assert. */
KG.hedge = (fact, words = fact.words) =>
  fact.modality === "Asserted" || fact.kind === "statement" || OWN_HEDGE[fact.modality]?.test(words)
    ? ""
    : KG.styles.modalities[fact.modality].label.toLowerCase();

/* Say in words what an edge stands for: what is asserted first, and what is not with a mark that says so. */
KG.wordEdge = function (edge) {
  const counts = new Map();
  const hedges = new Set();
  edge.firm = edge.facts.filter((f) => f.modality === "Asserted").length;
  edge.facts.forEach((fact, i) => {
    const way = edge.ways[i];
    const plain = KG.clip(
      edge.part ||
        (way === "place"
          ? fact.at
          : way === "with"
            ? `together: ${fact.words}`
            : fact.kind === "statement"
              ? `speaks ${way}`
              : fact.words),
      90,
    );
    const hedge = edge.part ? "" : KG.hedge(fact, plain);
    hedges.add(hedge);
    const key = `${plain.replace(TRAILING, "")}\n${hedge}`;
    if (!counts.has(key)) counts.set(key, { plain, hedge, firm: fact.modality === "Asserted", n: 0, facts: 0 });
    const entry = counts.get(key);
    if (fact.kind !== "relation" || !entry.n) entry.n += 1; // what two lastingly are to one another they are once
    entry.facts += 1;
    entry.firm ||= fact.modality === "Asserted";
  });
  const sorted = [...counts.values()].sort(
    (a, b) => b.firm - a.firm || b.n - a.n || (a.plain < b.plain ? -1 : a.plain > b.plain ? 1 : a.hedge < b.hedge ? -1 : 1),
  );
  // one mark for all stands at the end; else each stands behind its own words
  const common = hedges.size === 1 ? [...hedges][0] : "";
  const mark = (hedge) => (hedge ? ` (${hedge})` : "");
  const say = ({ plain, hedge, n }) => plain + (n > 1 ? ` ×${n}` : "") + (common ? "" : mark(hedge));
  [edge.first, edge.mark] = [sorted[0].plain, mark(sorted[0].hedge)];
  if (sorted.length === 1) edge.label = say(sorted[0]);
  else {
    edge.label = sorted.slice(0, 2).map(say).join(" · ") + (sorted.length > 2 ? ` +${sorted.length - 2}` : "");
    if (edge.label.length > 34) edge.label = `${say(sorted[0])} +${edge.facts.length - sorted[0].facts}`;
  }
  edge.label += mark(common);
  const order = Object.keys(KG.styles.modalities);
  const modality = edge.facts.map((f) => f.modality).sort((a, b) => order.indexOf(a) - order.indexOf(b))[0];
  edge.modality = modality;
  edge.directed = edge.part ? edge.part !== "place" : edge.ways.some((w) => w !== "both" && w !== "with");
  edge.conf = Math.max(...edge.facts.map((f) => f.conf));
};

/* Edges between the same two nodes bend away from one another. */
KG.bend = function (edges) {
  const pairs = new Map();
  for (const edge of edges) {
    const key = edge.a < edge.b ? `${edge.a}:${edge.b}` : `${edge.b}:${edge.a}`;
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(edge);
  }
  for (const group of pairs.values()) {
    group.forEach((edge, i) => {
      const flip = edge.a < edge.b ? 1 : -1;
      edge.bend = group.length === 1 ? 0 : flip * (i - (group.length - 1) / 2) * 0.3;
    });
  }
};
