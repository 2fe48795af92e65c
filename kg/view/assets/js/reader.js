/* Reader: an article's own text, where the page carries it, with the sentences that facts were taken from. */
"use strict";

/* Show the article, at the sentence if one is given. */
KG.openArticle = function (i, sentence = null) {
  KG.atSentence = sentence;
  KG.set({ sel: `n:${KG.articleNode(i)}`, path: [] });
  KG.openPanel();
  KG.$("panel").querySelector(".lit")?.scrollIntoView({ block: "center" });
};

KG.articleText = function (article) {
  const points = [...(article.x || "")];
  if (!points.length) return null;
  const own = KG.sentences
    .map((s, i) => ({ i, b: s.b, e: s.b + [...s.t].length, a: s.a }))
    .filter((s) => s.a === article.i && s.b < points.length)
    .sort((a, b) => a.b - b.b || b.e - a.e);
  const facts = new Map();
  for (const fact of KG.facts) for (const { s } of fact.ev) if (!facts.has(s)) facts.set(s, fact);
  const out = [];
  let at = 0;
  for (const { i, b, e } of own) {
    if (b < at) continue;
    out.push(points.slice(at, b).join(""));
    const fact = facts.get(i);
    out.push(
      KG.el(
        fact ? "button" : "span",
        {
          class: `told-here${KG.atSentence === i ? " lit" : ""}`,
          "data-sentence": i,
          ...(fact ? { type: "button", title: "What is taken from it", on: { click: () => KG.openSentence(i) } } : {}),
        },
        points.slice(b, e).join(""),
      ),
    );
    at = e;
  }
  out.push(points.slice(at).join(""));
  return KG.el("div", { class: "article-text", dir: "auto" }, out);
};

/* All facts of one sentence. */
KG.openSentence = function (i) {
  KG.atSentence = i;
  KG.put(
    KG.$("panel"),
    KG.el("header", { class: "panel-head" }, KG.closer(), KG.el("h2", {}, "Taken from this sentence")),
    KG.el("p", { class: "sentence", dir: "auto" }, KG.sentences[i].t),
    KG.source(KG.sentences[i].a, i),
    KG.some(
      KG.facts.filter((f) => f.ev.some((v) => v.s === i)),
      KG.factCard,
    ),
  );
};
