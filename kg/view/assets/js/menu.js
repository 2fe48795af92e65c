/* Menu: what can be saved and shared, and the dialogs. */
"use strict";
KG.buildMenu = function () {
  const menu = KG.$("take-menu");
  const opener = KG.$("take");
  const stem =
    KG.fold(KG.title)
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 60) || "graph";
  const items = [
    ["png", "Picture (PNG)", async () => KG.download(`${stem}.png`, "image/png", await KG.toPng())],
    ["svg", "Picture (SVG)", () => KG.download(`${stem}.svg`, "image/svg+xml", KG.toSvg())],
    ["graphml", "Graph as GraphML", () => KG.download(`${stem}.graphml`, "application/xml", KG.toGraphml(KG.part()))],
    ["gexf", "Graph as GEXF", () => KG.download(`${stem}.gexf`, "application/xml", KG.toGexf(KG.part()))],
    ["csv", "Facts as CSV", () => KG.download(`${stem}.csv`, "text/csv", KG.toCsv())],
    ["json", "Facts as JSON", () => KG.download(`${stem}.json`, "application/json", KG.toJson())],
    [
      "link",
      "Link to this view",
      () =>
        KG.textDialog(
          "A link to this view",
          "It restores level, filters, focus, selection and place on any copy of this page.",
          KG.viewLink(),
        ),
    ],
    ["note", "Note on this view", () => KG.noteDialog()],
    ["views", "Kept views", () => KG.viewsDialog()],
    ["embed", "Embed this view", () => KG.embedDialog()],
    [
      "sparql",
      "SPARQL of this filter",
      () =>
        KG.textDialog(
          "The query behind this filter",
          "Run it on graph.ttl, with `kg query` or any SPARQL 1.1 program. A limit of what is drawn at once and a hidden node are not part of it.",
          KG.toSparql(),
        ),
    ],
    ["print", "Print", () => window.print()],
  ];
  const close = (back) => {
    menu.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (back) opener.focus();
  };
  KG.put(
    menu,
    items.map(([id, text, act]) =>
      KG.el(
        "li",
        { role: "none" },
        KG.el(
          "button",
          {
            type: "button",
            role: "menuitem",
            tabindex: "-1",
            id: `take-${id}`,
            on: {
              click: () => {
                close(true);
                act();
              },
            },
          },
          text,
        ),
      ),
    ),
  );
  const buttons = [...menu.querySelectorAll("button")];
  opener.addEventListener("click", () => {
    if (!menu.hidden) return close(true);
    menu.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    buttons[0].focus();
  });
  menu.addEventListener("keydown", (e) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[e.key];
    if (to !== undefined) {
      buttons[(to + buttons.length) % buttons.length].focus();
      e.preventDefault();
    }
    if (e.key === "Escape") {
      close(true);
      e.stopPropagation();
    }
    if (e.key === "Tab") close(false);
  });
  document.addEventListener("pointerdown", (e) => {
    if (!menu.hidden && !menu.contains(e.target) && e.target !== opener) close(false);
  });
};

KG.viewLink = () => `${KG.address()}#${KG.toHash(KG.drawer.camera())}`;

KG.textDialog = function (title, words, text) {
  const area = KG.el("textarea", {
    readonly: true,
    rows: Math.min(text.split("\n").length + 1, 22),
    "aria-label": title,
    spellcheck: "false",
  });
  area.value = text;
  const copy = KG.button("Copy", async () => {
    area.select();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      document.execCommand("copy");
    }
    copy.textContent = "Copied";
  });
  KG.dialog(title, KG.el("p", {}, words), area, copy);
};

KG.helpDialog = function () {
  const keys = [
    ["/", "find a name"],
    ["Arrow keys", "move to the nearest node that way"],
    ["Enter", "open the details"],
    ["Tab", "next control"],
    ["E, C, H", "expand, collapse, hide the selected node"],
    ["F, then 1–3", "focus on its neighbourhood"],
    ["P", "shortest path from it"],
    ["Shift+click, Shift+drag", "choose several, to compare them"],
    ["N, Shift+N", "next, previous tie of the selected node"],
    ["+ − 0", "zoom in, out, fit"],
    ["Shift+arrows", "move the picture"],
    ["1 – 6", "levels"],
    ["L", "hide or show leaves"],
    ["Ctrl+Z or U", "undo"],
    ["T", "dark or light"],
    ["Esc", "close, then let go of selection and focus"],
    ["?", "this help"],
  ];
  KG.dialog(
    "Keys and help",
    KG.el(
      "p",
      {},
      "Size tells importance (PageRank). Lines with short bars are hostile, lines in a band with a round end are friendly. Dashed is planned, possible or said not to be so; pale is said by a source. A click shows the sentences behind anything.",
    ),
    KG.el(
      "dl",
      { class: "keys" },
      keys.map(([k, what]) => [KG.el("dt", {}, KG.el("kbd", {}, k)), KG.el("dd", {}, what)]),
    ),
  );
};
