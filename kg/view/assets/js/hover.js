/* Hover: a short card beside the pointer. */
"use strict";
KG.hoverCard = function (what) {
  const card = KG.$("card");
  if (!what) {
    card.hidden = true;
    return;
  }
  const body = what.node !== undefined ? KG.nodeCard(KG.nodes[what.node]) : KG.edgeCard(KG.findEdge(what.edge));
  if (!body) {
    card.hidden = true;
    return;
  }
  KG.put(card, body);
  card.hidden = false;
  const stage = KG.$("stage").getBoundingClientRect();
  const { offsetWidth: w, offsetHeight: h } = card;
  card.style.left = `${Math.max(4, Math.min(what.at.x + 16, stage.width - w - 6))}px`;
  card.style.top = `${Math.max(4, what.at.y + 18 + h > stage.height ? what.at.y - h - 12 : what.at.y + 18)}px`;
};

KG.nodeCard = function (node) {
  if (KG.loading) return [KG.el("strong", { dir: "auto" }, node.label), KG.el("span", {}, KG.kindWords(node))];
  if (node.fact !== undefined) {
    const fact = KG.facts[node.fact];
    return [
      KG.el("strong", { dir: "auto" }, fact.kind === "statement" ? `“${KG.clip(fact.text, 120)}”` : fact.label),
      KG.el(
        "span",
        {},
        [KG.sayWhen(fact), KG.className(fact), KG.styles.modalities[fact.modality].label].filter(Boolean).join(" · "),
      ),
    ];
  }
  const roles = node.facts
    .map((i) => KG.facts[i])
    .filter((f) => f.kind === "role" && KG.who(f, "member").includes(node.id))
    .slice(0, 2)
    .map((f) => [f.words, ...KG.who(f, "organization").map((id) => KG.nodes[id].label)].join(" "));
  return [
    KG.el("strong", { dir: "auto" }, node.label),
    KG.el("span", {}, KG.kindWords(node)),
    roles.map((r) => KG.el("span", { dir: "auto" }, KG.clip(r, 70))),
    KG.el("span", {}, [KG.deedWords(node, KG.factsOf(node)), KG.onlyWords(node)].filter(Boolean).join(" · ")),
  ];
};

KG.edgeCard = function (edge) {
  if (!edge) return null;
  const first = edge.facts[0];
  const sentence = first.ev.length ? KG.sentences[first.ev[0].s].t : "";
  return [
    KG.el("strong", {}, KG.el("bdi", {}, KG.nodes[edge.a].label), ` ${edge.label} `, KG.el("bdi", {}, KG.nodes[edge.b].label)),
    sentence && KG.el("span", { dir: "auto" }, KG.clip(sentence, 160)),
    edge.facts.length > 1 && KG.el("span", {}, `and ${KG.plural(edge.facts.length - 1, "more fact")}: click`),
  ];
};
