/* Desk: notes, kept views, an embed snippet. */
"use strict";
KG.noteDialog = function () {
  const area = KG.el("textarea", { rows: 5, maxlength: 1000, "aria-label": "Note", id: "note" });
  area.value = KG.state.note;
  KG.dialog(
    "A note on this view",
    KG.el("p", {}, "It stands in the link, in kept views and under saved pictures."),
    area,
    KG.button("Keep", () => {
      KG.set({ note: area.value.trim() });
      KG.$("dialog").close();
    }),
  );
  area.focus();
};

/* Views are kept in the browser, where it allows that; their links can be taken anywhere. */
const KEPT = () => `kg-views ${KG.title}`;
KG.keptViews = function () {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT()) || "[]");
    return Array.isArray(found) ? found.filter((v) => typeof v?.name === "string" && typeof v?.hash === "string") : [];
  } catch {
    return null;
  }
};
KG.keepViews = function (views) {
  try {
    localStorage.setItem(KEPT(), JSON.stringify(views));
    return true;
  } catch {
    return false;
  }
};
KG.viewsDialog = function () {
  const views = KG.keptViews();
  if (!views) return KG.dialog("Kept views", KG.el("p", {}, "This browser keeps nothing for this page; take a link to the view instead."));
  const name = KG.el("input", { type: "text", maxlength: 80, "aria-label": "Name of this view", id: "view-name", placeholder: "Name of this view" });
  const keep = () => {
    const own = name.value.trim() || KG.state.note.slice(0, 60) || `View ${views.length + 1}`;
    KG.keepViews([...views.filter((v) => v.name !== own), { name: own, hash: KG.toHash(KG.drawer.camera()) }]);
    KG.viewsDialog();
  };
  KG.dialog(
    "Kept views",
    KG.el("p", { class: "keep" }, name, " ", KG.button("Keep this view", keep)),
    KG.el(
      "ul",
      { class: "kept" },
      views.map((view) =>
        KG.el(
          "li",
          {},
          KG.button(view.name, () => {
            KG.$("dialog").close();
            const { state, camera } = KG.fromHash(view.hash);
            KG.set(state);
            if (camera) KG.drawer.look(camera, true);
          }),
          " ",
          KG.button("×", () => (KG.keepViews(views.filter((v) => v !== view)), KG.viewsDialog()), { "aria-label": `Forget ${view.name}` }),
        ),
      ),
    ),
    !views.length && KG.el("p", { class: "nothing" }, "None is kept yet. A view is its level, filters, places of nodes, selection and note."),
  );
};

KG.embedDialog = () =>
  KG.textDialog(
    "Show this view in another page",
    "Put the file, or the site, where readers reach it, and write its address into src.",
    `<iframe src="${KG.viewLink().replace(/&/g, "&amp;").replace(/"/g, "&quot;")}" title="${KG.xml(KG.title)}" width="100%" height="640" loading="lazy" sandbox="allow-scripts allow-downloads allow-popups" style="border:1px solid #ccc"></iframe>\n`,
  );
