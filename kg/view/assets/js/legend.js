/* Legend: what the signs mean, and the filter at once: switch a row off and it leaves the picture. */
"use strict";
KG.showLegend = function () {
  const host = KG.$("legend");
  const palette = KG.palette();
  const open = [...host.querySelectorAll("details[open]")].map((d) => d.id);
  const focus = document.activeElement?.closest?.("#legend") ? document.activeElement.id : "";
  const scroll = host.scrollTop;
  const { state } = KG;
  const now = KG.loading ? KG.counts : KG.tally();
  const sources = KG.loading ? { publishers: [], speakers: [] } : KG.sources();
  const row = (field, value, sign, name, n, more) =>
    KG.el(
      "li",
      { class: more ? "with-only" : "" },
      KG.el(
        "label",
        { class: state[field].includes(value) ? "off" : "" },
        KG.el("input", {
          type: "checkbox",
          id: `${field}-${value}`,
          checked: !state[field].includes(value),
          on: { change: () => KG.toggle(field, value) },
        }),
        sign,
        KG.el("span", {}, name),
        KG.el("small", {}, n.toLocaleString("en")),
      ),
      more,
    );
  /* One row of a filter alone, and all of them again. */
  const only = function (field, value, name, all) {
    const others = [...KG.counts[field].keys()].filter((c) => c !== value);
    const alone = others.length > 0 && others.every((c) => state[field].includes(c)) && !state[field].includes(value);
    return KG.button(alone ? "all" : "only", () => KG.set({ [field]: alone ? [] : others }), {
      class: "only",
      id: `only-${value}`,
      "aria-label": alone ? all : `Only ${name}`,
    });
  };
  const rows = (field, table, sign, name, more = () => undefined) =>
    Object.keys(table)
      .filter((k) => KG.counts[field].get(k))
      .map((k) => row(field, k, sign(k), name(k), now[field].get(k) || 0, more(k)));
  const classes = [...KG.counts.classes]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([cls]) => {
      const { name, stance } = KG.classOf(cls);
      const sign = KG.el("i", { class: `dot ${stance}` });
      return row("classes", cls, sign, name, now.classes.get(cls) || 0, only("classes", cls, name, "All kinds of fact"));
    });
  const choice = (id, label, value, options, change) =>
    KG.el(
      "div",
      { class: "choice" },
      KG.el(
        "select",
        { id, "aria-label": label, class: value ? "chosen" : "", on: { change: (e) => change(e.target.value) } },
        options.map(([v, text]) => KG.el("option", { value: v, selected: v === value }, KG.clip(text, 46))),
      ),
    );
  const tick = (id, label, on, change) =>
    KG.el(
      "li",
      {},
      KG.el("label", {}, KG.el("input", { type: "checkbox", id, checked: on, on: { change } }), KG.el("span", {}, label)),
    );
  KG.put(
    host,
    KG.el(
      "div",
      { class: "legend-head" },
      KG.el("h2", {}, "Legend"),
      KG.button("Reset", () => KG.reset(), { id: "reset", disabled: !KG.filtered() }),
      KG.button("×", () => KG.closeSheets(), { class: "close sheet-only", "aria-label": "Close the filters" }),
    ),
    state.colour === "com" && KG.communities(palette),
    KG.el(
      "fieldset",
      {},
      KG.el("legend", {}, "Who and what"),
      KG.el(
        "ul",
        {},
        rows(
          "kinds",
          KG.styles.kinds,
          (k) => KG.sign(k, state.colour === "com" ? palette.soft : palette.kinds[k]),
          (k) => KG.styles.kinds[k].many,
        ),
      ),
    ),
    KG.el(
      "fieldset",
      {},
      KG.el("legend", {}, "Ties"),
      KG.el(
        "ul",
        {},
        rows(
          "stances",
          KG.styles.stances,
          (k) => KG.lineSign(k, "Asserted", palette),
          (k) => KG.styles.stances[k].label,
        ),
      ),
    ),
    KG.el(
      "fieldset",
      {},
      KG.el("legend", {}, "How certain"),
      KG.el(
        "ul",
        {},
        rows(
          "mods",
          KG.styles.modalities,
          (k) => KG.lineSign("neutral", k, palette),
          (k) => KG.styles.modalities[k].label,
          (k) => only("mods", k, KG.styles.modalities[k].label, "All, however certain"),
        ),
      ),
      KG.el(
        "label",
        { class: "choice sure" },
        KG.el("span", {}, "≥ ", KG.el("output", { id: "conf-out" }, `${Math.round(state.conf * 100)} %`), " sure"),
        KG.el("input", {
          type: "range",
          id: "conf",
          min: 0,
          max: 1,
          step: 0.05,
          value: state.conf,
          on: {
            input: (e) => {
              KG.$("conf-out").textContent = `${Math.round(e.target.value * 100)} %`;
            },
            change: (e) => KG.set({ conf: +e.target.value }),
          },
        }),
      ),
    ),
    KG.el(
      "details",
      { id: "more-classes" },
      KG.el("summary", {}, "Kinds of fact"),
      KG.el("ul", { class: "classes" }, classes),
    ),
    KG.el(
      "fieldset",
      { class: "choices" },
      KG.el("legend", {}, "Where it is from"),
      KG.articles.length > 1 &&
        choice(
          "article",
          "Article",
          state.article,
          [["", `All ${KG.counts.kinds.get("article")} articles`], ...KG.articles.map((a) => [a.iri, KG.clip(a.h || a.id, 90)])],
          (v) => KG.set({ article: v }),
        ),
      choice(
        "source",
        "Source",
        state.source,
        [
          ["", "All sources"],
          ...sources.publishers.map((p) => [`p:${p}`, KG.clip(p, 60)]),
          ...sources.speakers.slice(0, 200).map(([id, n]) => [`s:${KG.short(id)}`, `${KG.clip(KG.nodes[id].label, 60)} (quoted ${n}×)`]),
        ],
        (v) => KG.set({ source: v }),
      ),
    ),
    KG.el(
      "fieldset",
      { class: "picture-choices" },
      KG.el("legend", {}, "Picture"),
      KG.el(
        "ul",
        {},
        tick("leaves", "Hide leaves", !state.leaves, (e) => KG.set({ leaves: !e.target.checked })),
        tick("lone", "Show those without ties", state.lone, (e) => KG.set({ lone: e.target.checked })),
        tick("com", "Colour by community", state.colour === "com", (e) => KG.set({ colour: e.target.checked ? "com" : "kind" })),
      ),
    ),
  );
  open.forEach((id) => {
    if (KG.$(id)) KG.$(id).open = true;
  });
  host.scrollTop = scroll;
  if (focus) KG.$(focus)?.focus();
};

/* A community is named after its most important member. */
KG.communities = function (palette) {
  const first = new Map();
  for (const node of KG.ranked)
    if (node.com >= 0 && node.com < palette.com.length && !first.has(node.com)) first.set(node.com, node);
  const rows = [...first].sort((a, b) => a[0] - b[0]).map(([, node]) => KG.el("li", {}, KG.nodeButton(node.id)));
  return KG.el("fieldset", { id: "communities" }, KG.el("legend", {}, "Communities"), KG.el("ul", {}, rows));
};

KG.reset = function () {
  const { level, colour } = KG.state;
  KG.set({ ...KG.DEFAULTS, level, colour });
  KG.say("All filters are reset.");
};
