/* Tellings: what one article tells more than once of one happening stands in one row, with each telling under it. The graph
   counts each telling as an event, and so does the row: it says how many it stands for. */
"use strict";

/* Facts in rows, in their order: each row is the facts that are told as one, the surest first. */
KG.gather = function (facts) {
  const rows = new Map();
  for (const fact of facts) {
    const key = KG.happening(fact);
    const row = key && rows.get(key)?.find((own) => own.every((f) => KG.oneHappening(f, fact)));
    if (row) row.push(fact);
    else rows.set(key || fact, [...((key && rows.get(key)) || []), [fact]]);
  }
  const first = new Map(facts.map((f, i) => [f, i]));
  return [...rows.values()]
    .flat()
    .sort((a, b) => first.get(a[0]) - first.get(b[0]))
    .map((row) => (row.length > 1 ? row.sort((a, b) => b.conf - a.conf || Boolean(b.date) - Boolean(a.date) || a.i - b.i) : row));
};

/* What two tellings of a happening share: its class and certainty, who, whom and where, and the article. */
KG.happening = function (fact) {
  const who = (part) => KG.who(fact, part).sort((a, b) => a - b);
  const sides = [who("agent"), who("patient")];
  if (fact.kind !== "event" || !sides.flat().length || fact.articles.length !== 1) return "";
  return JSON.stringify([fact.cls, fact.modality, fact.mutual ? sides.flat().sort((a, b) => a - b) : sides, who("place"), fact.articles]);
};
/* Two days are two happenings, and so are words that have little in common. */
KG.oneHappening = function (a, b) {
  if (a.date && b.date && (a.date !== b.date || a.end !== b.end)) return false;
  const words = (f) => new Set(KG.spaced(f.label).split(" ").filter(Boolean).map(KG.root));
  const [own, other] = [words(a), words(b)];
  const shared = [...own].filter((w) => other.has(w)).length;
  return shared * 2 >= Math.min(own.size, other.size) && KG.root(KG.fold(a.trigger)) === KG.root(KG.fold(b.trigger));
};

KG.someFacts = (facts, shown) => KG.some(KG.gather(facts), KG.gathered, shown);
KG.gathered = function ([fact, ...others]) {
  if (!others.length) return KG.factCard(fact);
  const card = KG.factCard(fact, { times: others.length + 1 });
  card.append(
    ...others.map((f) =>
      KG.el(
        "div",
        { class: "telling", "data-fact": f.i },
        KG.el("h5", { dir: "auto" }, f.label),
        KG.el("p", { class: "tags" }, KG.whenOf(f), KG.sureTag(f), KG.fixButton(f)),
        KG.sentencesOf(f),
      ),
    ),
  );
  return card;
};
