/* Search: find anything by any of its names, with completion. */
"use strict";
KG.buildSearch = function () {
  const box = KG.$("search-box");
  const list = KG.$("search-list");
  KG.names = KG.nodes.map((node) => ({
    id: node.id,
    keys: [node.label, ...(node.aka || [])].map((name) => ({ name, key: KG.fold(name) })),
  }));
  let found = [];
  let at = -1;
  const close = () => {
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = (k) => {
    at = k;
    [...list.children].forEach((li, i) => li.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) {
      box.setAttribute("aria-activedescendant", `match-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  };
  const choose = (k) => {
    const hit = found[k];
    if (!hit) return;
    close();
    box.value = "";
    if (KG.pathFrom !== null) return KG.finishPath(hit.id);
    KG.reveal(hit.id);
  };
  box.addEventListener("input", () => {
    found = KG.search(box.value);
    KG.put(
      list,
      found.map((hit, i) =>
        KG.el(
          "li",
          {
            id: `match-${i}`,
            role: "option",
            "aria-selected": "false",
            on: {
              mousedown: (e) => {
                e.preventDefault();
                choose(i);
              },
            },
          },
          KG.sign(KG.nodes[hit.id].kind, KG.nodeColour(KG.nodes[hit.id], KG.palette())),
          KG.el("bdi", {}, KG.clip(KG.nodes[hit.id].label, 60)),
          hit.name !== KG.nodes[hit.id].label && KG.el("small", {}, " also ", KG.el("bdi", {}, KG.clip(hit.name, 40))),
        ),
      ),
    );
    if (!found.length && box.value.trim())
      KG.put(
        list,
        KG.el(
          "li",
          { class: "nothing", role: "option", "aria-disabled": "true", "aria-selected": "false" },
          "Nothing by this name",
        ),
      );
    list.hidden = !box.value.trim();
    box.setAttribute("aria-expanded", String(!list.hidden));
    if (found.length) mark(0);
  });
  box.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" && found.length) {
      mark((at + 1) % found.length);
      e.preventDefault();
    } else if (e.key === "ArrowUp" && found.length) {
      mark((at - 1 + found.length) % found.length);
      e.preventDefault();
    } else if (e.key === "Enter") {
      choose(Math.max(at, 0));
      e.preventDefault();
    } else if (e.key === "Escape") {
      close();
      box.value = "";
      KG.cancelPath();
      KG.$("canvas").focus();
    }
  });
  box.addEventListener("blur", close);
};

/* Best first: the whole name, its beginning, the beginning of a word, anywhere; then importance. */
KG.search = function (text, most = 12) {
  const wanted = KG.fold(text.trim());
  if (!wanted) return [];
  const hits = [];
  for (const { id, keys } of KG.names) {
    let best = null;
    for (const { name, key } of keys) {
      const at = key.indexOf(wanted);
      if (at < 0) continue;
      const score = key === wanted ? 0 : at === 0 ? 1 : /[\s\-'’(]/.test(key[at - 1]) ? 2 : 3;
      if (!best || score < best.score) best = { id, name, score };
    }
    if (best) hits.push({ ...best, score: best.score + (KG.nodes[id].thing ? 0 : 4) });
  }
  return hits.sort((a, b) => a.score - b.score || KG.nodes[b.id].rank - KG.nodes[a.id].rank || a.id - b.id).slice(0, most);
};
