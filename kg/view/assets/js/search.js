/* Search: find anything by the words of its names, in any order, with completion; else the facts that have the words. */
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
    [...list.querySelectorAll("[id]")].forEach((li, i) => li.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) {
      box.setAttribute("aria-activedescendant", `match-${at}`);
      KG.$(`match-${at}`).scrollIntoView({ block: "nearest" });
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
    const none = (words) =>
      KG.el("li", { class: "nothing", role: "option", "aria-disabled": "true", "aria-selected": "false" }, words);
    const byWords = !found.length && KG.pathFrom === null;
    if (byWords) found = KG.searchFacts(box.value);
    KG.put(
      list,
      byWords && found.length > 0 && none("No name has these words; facts that have them:"),
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
      KG.put(list, none("Nothing by this name, and no fact with these words"));
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

/* Words as they are compared: folded, each after a space. */
KG.spaced = (text) => ` ${KG.fold(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
/* Tells whether a text has all the words, each at the beginning of one of its own; scripts without spaces, anywhere. */
KG.hasWords = (spaced, words) => words.every((w) => spaced.includes(/^[^a-z0-9]/.test(w) ? w : ` ${w}`));

/* Best first: the whole name, its beginning, the beginning of a word, all words in any order, anywhere; then importance. */
KG.search = function (text, most = 12) {
  const wanted = KG.fold(text.trim());
  if (!wanted) return [];
  const words = KG.spaced(text).split(" ").filter(Boolean);
  const anywhere = wanted.length > 2 || !/^[a-z]/.test(wanted); // two letters are within almost every name
  const hits = [];
  for (const { id, keys } of KG.names) {
    let best = null;
    for (const { name, key } of keys) {
      const at = key.indexOf(wanted);
      let score = key === wanted ? 0 : at === 0 ? 1 : at > 0 && /[\s\-'’(]/.test(key[at - 1]) ? 2 : 4;
      if (score === 4 && words.length > 1 && KG.hasWords(KG.spaced(key), words)) score = 3;
      if (score === 4 && (at < 0 || !anywhere)) continue;
      if (!best || score < best.score) best = { id, name, score };
    }
    if (best) hits.push({ ...best, score: best.score + (KG.nodes[id].thing ? 0 : 5) });
  }
  return hits.sort((a, b) => a.score - b.score || KG.nodes[b.id].rank - KG.nodes[a.id].rank || a.id - b.id).slice(0, most);
};

/* Events and quotes whose words, people, places, sentences or days have all the words; the most certain first. */
KG.searchFacts = function (text, most = 12) {
  const words = KG.spaced(text).split(" ").filter(Boolean);
  if (!words.length) return [];
  KG.factWords ??= KG.facts
    .filter((f) => f.n !== undefined)
    .map((f) => {
      const named = f.parts.flatMap(([, id]) => [KG.nodes[id].label, ...(KG.nodes[id].aka || [])]);
      const days = [f.date, f.told].filter(Boolean).map((d) => KG.sayDate(d));
      return { fact: f, key: KG.spaced([f.label, f.text, ...named, ...f.ev.map((e) => KG.sentences[e.s].t), ...days].join(" ")) };
    });
  return KG.factWords
    .filter(({ key }) => KG.hasWords(key, words))
    .map(({ fact }) => fact)
    .sort((a, b) => b.conf - a.conf || a.i - b.i)
    .slice(0, most)
    .map((fact) => ({ id: fact.n, name: KG.nodes[fact.n].label }));
};
