/* Evidence: a fact as a card with its sentences, each with the words that carry it marked and its article named. */
"use strict";
KG.factCard = function (fact, { heading = true, times = 1 } = {}) {
  const stance = fact.kind === "event" || fact.kind === "relation" ? fact.stance : "neutral";
  const tags = [KG.el("span", { class: `tag ${stance}` }, KG.className(fact))];
  if (fact.modality !== "Asserted")
    tags.push(KG.el("span", { class: "tag modality" }, KG.styles.modalities[fact.modality].label));
  tags.push(KG.sureTag(fact));
  if (times > 1) tags.push(KG.el("span", { class: "tag times", title: `The article tells of it ${times} times: ${times} events of the graph` }, `×${times}`));
  return KG.el(
    "article",
    { class: `fact ${stance}`, "data-fact": fact.i },
    heading && (fact.kind === "statement" ? KG.quoteWords(fact) : KG.el("h4", { dir: "auto" }, KG.factTitle(fact))),
    KG.el("p", { class: "tags" }, KG.whenOf(fact), tags, !fact.tellings.length && KG.fixButton(fact)),
    fact.kind !== "statement" && KG.partList(fact),
    fact.by !== undefined && KG.accordingTo(fact),
    KG.sentencesOf(fact),
  );
};

KG.sureTag = (fact) =>
  fact.conf < 1 && KG.el("span", { class: "sure", title: "How sure the builder is" }, `${Math.round(fact.conf * 100)} % sure`);

/* When it happened, where the graph knows; else only when it was told, and so said. */
KG.sayWhen = function (fact) {
  if (fact.date) return KG.sayDate(fact.date, true) + (fact.end && fact.end !== fact.date ? ` – ${KG.sayDate(fact.end, true)}` : "");
  if (fact.kind === "role") return KG.sayTellings(fact);
  return fact.kind !== "relation" && fact.told ? `reported on ${KG.sayDate(fact.told, true)}` : "";
};
/* Between which days articles tell that a role is held, and from when on that it was. */
KG.sayTellings = function (fact) {
  const days = fact.ev.map(({ s }, k) => [KG.articles[KG.sentences[s].a].d, /former/.test(fact.tellings[k]?.state ?? fact.words)]);
  const said = (former, words) => {
    const own = days.filter(([day, was]) => day && was === former).map(([day]) => day).sort();
    if (!own.length) return "";
    const [first, last] = [own[0], own[own.length - 1]].map((day) => KG.sayDate(day, true));
    return former ? `${words} ${first}` : `${words} ${first}${last === first ? "" : ` – ${last}`}`;
  };
  return [said(false, "reported"), said(true, "former by")].filter(Boolean).join(" · ");
};
KG.whenOf = function (fact) {
  const words = KG.sayWhen(fact);
  if (!words) return null;
  return fact.date
    ? KG.el("time", { datetime: fact.date }, words)
    : KG.el("span", { class: "told", title: `The date of the article; the ${fact.kind === "role" ? "role" : "event"} has none of its own` }, words);
};

KG.factTitle = function (fact) {
  if (fact.kind === "event") return fact.label;
  const [from, to] = fact.kind === "role" ? ["member", "organization"] : ["subject", "object"];
  const name = (part) =>
    KG.who(fact, part)
      .map((id) => KG.nodes[id].label)
      .join(", ");
  return fact.kind === "role" ? `${name(from)}: ${fact.words} ${name(to)}`.trim() : `${name(from)} ${fact.words} ${name(to)}`;
};

KG.quoteWords = function (fact) {
  const speaker = KG.who(fact, "speaker").map((id) => KG.nodeButton(id));
  return KG.el(
    "div",
    { class: "said" },
    KG.el("blockquote", { dir: "auto" }, fact.direct ? `“${fact.text}”` : fact.text),
    KG.el(
      "p",
      { class: "by" },
      "— ",
      speaker.length ? speaker : "someone",
      fact.cue && ` (${fact.cue})`,
      KG.who(fact, "addressee").length > 0 && [" to ", KG.who(fact, "addressee").map((id) => KG.nodeButton(id))],
    ),
  );
};

KG.partList = function (fact) {
  const names = fact.mutual ? { "agent patient": "who" } : { agent: "who", patient: "whom" };
  const rows = Object.entries({ ...names, place: "where" }).flatMap(([part, word]) => {
    const ids = [...new Set(KG.who(fact, ...part.split(" ")))];
    return ids.length
      ? [
          KG.el(
            "span",
            { class: "part" },
            KG.el("i", {}, word),
            ids.map((id) => KG.nodeButton(id)),
          ),
        ]
      : [];
  });
  for (const theme of fact.themes)
    rows.push(KG.el("span", { class: "part theme" }, KG.el("i", {}, "about"), KG.el("bdi", {}, theme)));
  return rows.length ? KG.el("p", { class: "parts" }, rows) : null;
};

KG.accordingTo = function (fact) {
  const said = KG.facts[KG.nodes[fact.by]?.fact];
  if (!said) return null;
  return KG.el(
    "p",
    { class: "according" },
    "according to ",
    KG.who(said, "speaker").map((id) => KG.nodeButton(id)),
    ": ",
    KG.el("q", { dir: "auto" }, said.text),
  );
};

KG.sentencesOf = function (fact) {
  if (!fact.ev.length) return KG.el("p", { class: "nothing" }, "No sentence is given for this.");
  return KG.el(
    "ul",
    { class: "sentences" },
    fact.ev.map(({ s, marks }, k) => {
      const { t, a } = KG.sentences[s];
      const telling = fact.tellings[k]; // of several articles, each of which may be wrong by itself
      const tags = telling && [
        telling.state && KG.el("span", { class: "tag modality" }, telling.state),
        KG.fixButton({ ...fact, iri: telling.iri }),
      ];
      return KG.el("li", {}, KG.el("p", { dir: "auto", class: "sentence" }, KG.marked(t, marks)), KG.source(a, s, tags));
    }),
  );
};

KG.marked = function (text, marks) {
  const out = [];
  let at = 0;
  for (const [begin, end] of [...marks].sort((a, b) => a[0] - b[0])) {
    if (begin < at) continue;
    out.push(text.slice(at, begin), KG.el("mark", {}, text.slice(begin, end)));
    at = end;
  }
  return [...out, text.slice(at)];
};

KG.source = function (i, sentence = null, more = null) {
  const article = KG.articles[i];
  const name = article.h || article.id;
  const words = [KG.clip(article.pub || "", 60), article.d && KG.sayDate(article.d, true)].filter(Boolean).join(", ");
  return KG.el(
    "p",
    { class: "source" },
    KG.site
      ? KG.pageLink(article.iri, KG.clip(name, 140), sentence === null ? "" : KG.spanOf(KG.sentences[sentence]), { class: "to-article" })
      : KG.el(
          "button",
          { type: "button", class: "name to-article", on: { click: () => KG.openArticle(i, sentence) } },
          KG.el("bdi", {}, KG.clip(name, 140)),
        ),
    words && ` · ${words}`,
    article.url && [" · ", KG.link(article.url, "published")],
    more && [" ", more],
  );
};

/* A name that selects its node wherever it stands. */
KG.nodeButton = function (id) {
  const node = KG.nodes[id];
  return KG.el(
    "button",
    { type: "button", class: "name", "data-node": id, on: { click: () => KG.pick(id) } },
    KG.sign(node.kind, KG.nodeColour(node, KG.palette()), 11),
    KG.el("bdi", {}, KG.clip(node.label, 60)),
  );
};
