/* Notices: what is said over the picture, and the sheets that open on a narrow screen. */
"use strict";
KG.notice = function (text, buttons = []) {
  const host = KG.$("notice");
  KG.put(
    host,
    KG.el("span", {}, text),
    buttons.map(([name, press]) => KG.button(name, press)),
  );
  host.hidden = false;
};

/* Say when only a part is shown, and offer more. */
KG.showNotice = function () {
  if (KG.failed) return KG.notice(KG.failed);
  const { nodes, edges, total, allEdges } = KG.display;
  if (KG.pathFrom !== null) return;
  if (!nodes.length) return KG.notice("Nothing passes the filters.", [["Reset filters", KG.reset]]);
  const first = KG.first(KG.state.level, total);
  const limit = KG.state.limit || first;
  if (KG.WIDE.includes(KG.state.level)) {
    KG.$("notice").hidden = true;
    return;
  }
  if (nodes.length < total || edges.length < allEdges) {
    const text =
      nodes.length < total
        ? `The ${nodes.length.toLocaleString("en")} most important of ${KG.plural(total, "node")}`
        : `The ${edges.length.toLocaleString("en")} strongest of ${KG.plural(allEdges, "tie")}`;
    const few = `${Math.min(nodes.length, total).toLocaleString("en")} of ${KG.plural(total, "node")} shown`;
    const words = KG.phone && nodes.length < total ? few : `${text} are shown.`;
    if (KG.loading) return KG.notice(`${words} Reading the rest …`);
    return KG.notice(words, [
      ["Show more", () => KG.set({ limit: Math.min(limit * 3, 1e5) })],
      ["Show all", () => KG.set({ limit: 1e5 })],
    ]);
  }
  if (KG.state.limit && total > first)
    return KG.notice(`All ${KG.plural(nodes.length, "node")} are shown.`, [["Show fewer", () => KG.set({ limit: 0 })]]);
  KG.$("notice").hidden = true;
};

/* What narrows the picture, each with a button that takes it off. */
KG.showTrail = function () {
  const { roots, steps, cut, from, to } = KG.state;
  const chips = [];
  if (roots.length)
    chips.push([
      `Within ${KG.plural(steps, "step")} of ${roots.map((id) => KG.clip(KG.nodes[id].label, 24)).join(", ")}`,
      { roots: [], grown: [] },
    ]);
  if (KG.state.note) chips.push([`Note: ${KG.clip(KG.state.note, 80)}`, { note: "" }]);
  if (cut.length) chips.push([KG.plural(cut.length, "hidden node"), { cut: [] }]);
  if (from || to)
    chips.push([`${from ? KG.sayDate(from, true) : "start"} – ${to ? KG.sayDate(to, true) : "end"}`, { from: "", to: "" }]);
  const host = KG.$("trail");
  const aside = KG.WIDE.includes(KG.state.level) ? null : KG.asideChip();
  host.hidden = !chips.length && !aside;
  KG.put(
    host,
    chips.map(([text, change]) =>
      KG.el(
        "span",
        { class: "chip" },
        KG.el("bdi", {}, text),
        KG.button("×", () => KG.set(change), { "aria-label": `Take off: ${text}` }),
      ),
    ),
    aside,
  );
};

/* Who is not in the picture, and why; one press shows them. */
KG.asideChip = function () {
  const { asideKinds = {}, rim } = KG.display;
  const aside = Object.values(asideKinds).reduce((sum, n) => sum + n, 0);
  if (!aside) return null;
  const kinds = Object.keys(KG.styles.kinds)
    .map((kind) => [kind, asideKinds[kind]])
    .filter(([, n]) => n)
    .map(([kind, n]) => KG.plural(n, KG.styles.kinds[kind].one, KG.styles.kinds[kind].many.toLowerCase()));
  const why = KG.state.level === "quotes" ? "no quote of or about another" : "no tie to another";
  return KG.el(
    "span",
    { class: "chip", id: "aside" },
    KG.el(
      "span",
      { title: kinds.join(", ") },
      KG.state.lone && rim.length < aside
        ? `${rim.length} of ${aside} who stand aside: ${why}`
        : `${kinds.slice(0, 2).join(", ")}${kinds.length > 2 ? " and others" : ""} ${aside === 1 ? "stands" : "stand"} aside: ${why}`,
    ),
    KG.state.lone && rim.length < aside && KG.button("Show all", () => KG.set({ limit: 1e5 }), { class: "do" }),
    KG.button(KG.state.lone ? "Hide" : "Show", () => KG.set({ lone: !KG.state.lone }), { class: "do" }),
  );
};

KG.sheet = function (name) {
  const open = !document.body.classList.contains(`${name}-open`);
  KG.closeSheets();
  document.body.classList.toggle(`${name}-open`, open);
  if (open) KG.shield();
  KG.$(`open-${name}`).setAttribute("aria-expanded", String(open));
};
/* The tap that opens a sheet must not press what comes to lie under the finger. */
let shielded = 0;
KG.shield = function () {
  document.body.classList.add("shielded");
  clearTimeout(shielded);
  shielded = setTimeout(() => document.body.classList.remove("shielded"), 450);
};
/* A tap beside a sheet closes it. */
KG.buildSheets = function () {
  document.addEventListener("pointerdown", (e) => {
    const open = document.body.classList.contains("legend-open") || document.body.classList.contains("panel-open");
    if (!open || getComputedStyle(KG.$("panel")).position !== "fixed") return;
    if (!e.target.closest(".legend, .panel, .phone-tools, dialog, .search")) KG.closeSheets();
  });
};
KG.closeSheets = function () {
  document.body.classList.remove("legend-open", "panel-open");
  for (const name of ["legend", "panel"]) KG.$(`open-${name}`).setAttribute("aria-expanded", "false");
};
KG.openPanel = function () {
  document.body.classList.remove("legend-open");
  document.body.classList.add("panel-open");
  KG.shield();
  KG.$("open-panel").setAttribute("aria-expanded", "true");
  KG.liftSelected();
};

/* How much of the picture, from its top, an open sheet of details leaves free. */
KG.freeHeight = function () {
  const panel = KG.$("panel");
  const stage = KG.$("stage").getBoundingClientRect();
  if (getComputedStyle(panel).position !== "fixed" || !document.body.classList.contains("panel-open")) return stage.height;
  const free = panel.getBoundingClientRect().top - stage.top;
  return free < 110 ? stage.height : Math.min(free, stage.height);
};
/* On a narrow screen the details cover most of the picture: bring what they tell of into the part left free. */
KG.liftSelected = function () {
  const id = KG.display.nodes.includes(KG.selected()) ? KG.selected() : KG.display.rings?.[0];
  if (KG.WIDE.includes(KG.state.level) || !KG.display.nodes.includes(id)) return;
  const free = KG.freeHeight();
  const camera = KG.drawer.goal();
  const at = KG.drawer.spotter(camera)(id);
  if (free >= KG.drawer.size().height || at.y < free - 30) return;
  KG.drawer.look({ ...camera, y: camera.y + (at.y - free / 2) / camera.scale });
};
