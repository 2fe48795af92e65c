/* Pairs: who had most to do with whom, under the filters. Two are together in an event where each is who or whom, counted as
   the query "co-events" counts; quotes about one another, roles and relations stand beside. */
"use strict";

/* The pairs that a fact is of, each once. */
KG.partners = function (fact) {
  if (fact.kind !== "event") return [...new Map(fact.pairs.map(([a, b]) => [KG.pairKey(a, b), [a, b]])).values()];
  const sides = [...new Set(KG.who(fact, "agent", "patient"))];
  return sides.flatMap((a, i) => sides.slice(i + 1).map((b) => [a, b]));
};
KG.pairKey = (a, b) => (a < b ? `${a} ${b}` : `${b} ${a}`);

/* All pairs of some facts, those with most events first, then with most else, then the surest. */
KG.pairsOf = function (facts, shown = () => true) {
  const found = new Map();
  for (const fact of facts) {
    for (const [a, b] of KG.partners(fact)) {
      if (!shown(a) || !shown(b)) continue;
      const key = KG.pairKey(a, b);
      if (!found.has(key)) found.set(key, { key, ids: [Math.min(a, b), Math.max(a, b)], facts: [], events: 0, firm: 0, conf: 0 });
      const pair = found.get(key);
      pair.facts.push(fact);
      if (fact.kind === "event") pair.events += 1;
      pair.conf = Math.max(pair.conf, fact.conf);
      if (fact.modality === "Asserted") pair.firm += 1;
    }
  }
  const order = ({ ids }) => KG.nodes[ids[0]].order + KG.nodes[ids[1]].order;
  return [...found.values()].sort(
    (x, y) => y.events - x.events || y.facts.length - x.facts.length || y.firm - x.firm || y.conf - x.conf || order(x) - order(y) || x.ids[0] - y.ids[0],
  );
};

/* "5 events · 1 quote · 2 roles"; what two did where one of them is the place is counted apart. */
KG.sharedWords = function (facts, ids) {
  const both = (f) => KG.partners(f).some((pair) => pair.every((id) => ids.includes(id)));
  const count = (kind) => facts.filter((f) => f.kind === kind).length;
  const events = facts.filter((f) => f.kind === "event");
  const own = events.filter(both).length;
  const words = [KG.plural(own, "event")];
  if (events.length > own) words.push(`${events.length - own} there`);
  for (const [kind, name] of [["statement", "quote"], ["role", "role"], ["relation", "relation"]])
    if (count(kind)) words.push(KG.plural(count(kind), name));
  return words.join(" · ");
};

/* How many are told as fact, reported, planned …; what is told as fact alone is said in a word. */
KG.certainWords = function (facts) {
  const told = facts.filter((f) => f.kind !== "statement");
  if (!told.length) return "";
  const counts = Object.entries(KG.styles.modalities)
    .map(([key, { label }]) => [label.toLowerCase(), told.filter((f) => f.modality === key).length])
    .filter(([, n]) => n);
  return counts.length === 1 ? `all ${counts[0][0]}` : counts.map(([label, n]) => `${n} ${label}`).join(" · ");
};

/* What was said to be done between two, the most usual first. Who acts more stands first; what goes the other way has an
   arrow before it. */
KG.pairTold = function ({ ids, facts }) {
  const way = new Map(facts.map((f) => [f, f.pairs.filter(([x, y]) => ids.includes(x) && ids.includes(y))]));
  const from = (id) => facts.filter((f) => way.get(f).some(([x, , how]) => x === id && how === "to")).length;
  const [a, b] = from(ids[1]) > from(ids[0]) ? [ids[1], ids[0]] : ids;
  const counts = new Map();
  for (const [fact, ...others] of KG.gather(facts)) {
    const ties = way.get(fact);
    const back = ties.length > 0 && ties.every(([x, , how]) => x === b && (how === "to" || how === "of"));
    const side = !ties.length || ties[0][2] === "with";
    const plain = fact.kind === "statement" ? "speaks of" : fact.words;
    const hedge = KG.hedge(fact, plain);
    const words = (back ? "← " : "") + KG.clip(plain, 44) + (hedge ? ` (${hedge})` : "");
    const key = `${back}${plain.replace(TRAILING, "")}${hedge}\n${side}`;
    if (!counts.has(key)) counts.set(key, { words, n: 0, side, firm: fact.modality === "Asserted", said: fact.kind === "statement" });
    counts.get(key).n += 1 + others.length;
  }
  const sorted = [...counts.values()].sort(
    (x, y) => x.said - y.said || x.side - y.side || y.firm - x.firm || y.n - x.n || (x.words < y.words ? -1 : 1),
  );
  // what they do side by side is said to be so once, before the first of it
  const first = sorted.find((told) => told.side);
  return { a, b, words: sorted.map((told) => (told === first ? "together: " : "") + told.words + (told.n > 1 ? ` ×${told.n}` : "")) };
};

KG.pairRow = function (pair) {
  const { a, b, words } = KG.pairTold(pair);
  return KG.el(
    "li",
    {},
    KG.el(
      "button",
      { type: "button", class: "pair", "data-pair": pair.key, on: { click: () => KG.openPair(pair.ids) } },
      KG.el("b", {}, KG.el("bdi", {}, KG.clip(KG.nodes[a].label, 34)), " – ", KG.el("bdi", {}, KG.clip(KG.nodes[b].label, 34))),
      KG.el("small", {}, KG.sharedWords(pair.facts, pair.ids)),
      KG.el("span", { dir: "auto" }, words.slice(0, 3).join(" · ") + (words.length > 3 ? ` · +${words.length - 3}` : "")),
      KG.el("small", { class: "certain" }, KG.certainWords(pair.facts), pair.conf < 1 && " ·", KG.sureWords(pair)),
    ),
  );
};
KG.openPair = function (ids) {
  KG.choose(ids);
  KG.openPanel();
};

/* The ranking, for those that the picture's own choices leave. */
KG.pairSection = function (facts) {
  const { state } = KG;
  const near = state.roots.length ? new Set(KG.display.nodes) : null;
  const shown = (id) => !state.kinds.includes(KG.nodes[id].kind) && !state.cut.includes(id) && (!near || near.has(id));
  const pairs = KG.pairsOf(facts, shown);
  return KG.section("Who with whom", pairs.length > 0 && KG.some(pairs, KG.pairRow, 5, "ol"));
};
