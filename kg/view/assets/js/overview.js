/* Overview: what the details tell while nothing is selected: who matters, who with whom, who says what. */
"use strict";
KG.quotesPanel = function () {
  const quotes = KG.display.facts.filter((f) => f.kind === "statement").sort(KG.byTime);
  return [
    KG.el(
      "header",
      { class: "panel-head" },
      KG.closer("sheet-only"),
      KG.el("h2", {}, "Who says what"),
      KG.el("p", { class: "facts-line" }, KG.plural(quotes.length, "quote")),
    ),
    KG.some(quotes, KG.factCard, 20),
  ];
};

KG.overview = function () {
  // the first of all, whether or not the picture has room for them; of what is narrowed, those in it
  const some = KG.filtered() ? new Set(KG.display.nodes) : null;
  // a stretch of time asks for what happened in it: what has no date says nothing of who acted then
  const ranged = KG.state.from || KG.state.to;
  const told = ranged ? KG.display.facts.filter((f) => f.date) : KG.display.facts;
  const acting = ranged ? new Set(told.flatMap((f) => f.parts.map((p) => p[1]))) : null;
  const shown = (id) => (!some || some.has(id)) && (!acting || acting.has(id));
  const most = (nodes, n) => nodes.filter((node) => shown(node.id)).sort((a, b) => a.no - b.no).slice(0, n);
  const actors = most(KG.ranked.filter((n) => n.kind !== "place"), 6);
  const places = most(KG.ranked.filter((n) => n.kind === "place"), 4);
  const then = new Set(told);
  const ties = [...KG.display.edges]
    .filter((e) => !e.part && e.facts.some((f) => then.has(f)))
    .sort((a, b) => b.firm - a.firm || b.facts.length - a.facts.length || b.conf - a.conf || KG.nodes[b.a].rank - KG.nodes[a.a].rank);
  const events = KG.display.facts.filter((f) => f.kind === "event" && f.date).sort((a, b) => KG.byTime(b, a));
  const row = (node) => KG.el("li", { value: node.no }, KG.nodeButton(node.id), KG.el("small", {}, [KG.deedWords(node, KG.factsOf(node)), KG.onlyWords(node)].filter(Boolean).join(" · ")));
  const timeless = KG.timeless(KG.display.facts);
  const hostile = ties.filter((e) => e.stance === "hostile");
  const friendly = ties.filter((e) => e.stance === "friendly");
  return [
    KG.el(
      "header",
      { class: "panel-head" },
      KG.closer("sheet-only"),
      KG.el("h2", {}, "At a glance"),
      KG.el("p", { class: "facts-line" }, "Click a name or a line for the sentences behind it."),
    ),
    KG.narrowed(KG.state) &&
      KG.section(
        ranged
          ? [`${KG.plural(told.length, "fact")} in this time`, timeless > 0 && ` · ${timeless.toLocaleString("en")} without a date`].filter(Boolean).join("")
          : `${KG.plural(told.length, "fact")} under these filters`,
        timeless > 0 && KG.el("p", { class: "facts-line" }, KG.timelessWords(timeless)),
        told.length > 0 && KG.someFacts([...told].sort(KG.byTime), 8),
        !told.length && KG.el("p", { class: "nothing" }, "Nothing."),
      ),
    KG.section("Main actors", actors.length && KG.el("ol", { class: "ranks" }, actors.map(row))),
    KG.pairSection(told),
    KG.section("Against each other", hostile.length && KG.some(hostile, KG.tieRow, 3)),
    KG.section("With each other", friendly.length && KG.some(friendly, KG.tieRow, 3)),
    KG.section("Main places", places.length && KG.el("ol", { class: "ranks" }, places.map(row))),
    KG.section("Latest", events.length && KG.some(events, KG.eventRow, 5)),
  ];
};

KG.eventRow = (fact) =>
  KG.el(
    "button",
    { type: "button", class: "event-row", "data-event": fact.i, on: { click: () => KG.set({ sel: `n:${fact.n}` }) } },
    KG.el("time", { datetime: fact.date }, KG.sayWhen(fact)),
    KG.el("span", { class: fact.stance, dir: "auto" }, fact.label, KG.unsaidWords(fact)),
  );

/* Who, and whom, where the words of an event leave them out. */
KG.unsaidWords = function (fact) {
  const label = KG.spaced(fact.label);
  const said = ({ label: name, aka = [] }) =>
    [name, ...aka, name.split(/\s+/).pop()].some((words) => label.includes(KG.spaced(words)));
  const parts = fact.mutual ? { "who with": ["agent", "patient"] } : { who: ["agent"], whom: ["patient"] };
  const words = Object.entries(parts).flatMap(([word, names]) => {
    const missing = [...new Set(KG.who(fact, ...names))].map((id) => KG.nodes[id]).filter((node) => !said(node));
    const more = missing.length > 2 ? ` and ${missing.length - 2} more` : "";
    return missing.length ? [`${word}: ${missing.slice(0, 2).map((node) => KG.clip(node.label, 40)).join(", ")}${more}`] : [];
  });
  return words.length > 0 && KG.el("small", { class: "unsaid" }, ` ${words.join(" · ")}`);
};
