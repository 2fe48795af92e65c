/* Search: find anything by the words of its names, in any order, with completion; else the facts that have the words; else
   the names that are spelt nearly so. */
"use strict";
KG.buildSearch = function () {
  const box = KG.$("search-box");
  const list = KG.$("search-list");
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
  const none = (words) =>
    KG.el("li", { class: "nothing", role: "option", "aria-disabled": "true", "aria-selected": "false" }, words);
  KG.refind = () => box.value && document.activeElement === box && box.dispatchEvent(new Event("input"));
  box.addEventListener("input", () => {
    if (KG.loading) {
      KG.put(list, none(KG.loadingWords()));
      list.hidden = !box.value.trim();
      return;
    }
    found = KG.search(box.value);
    let told = "";
    if (!found.length && KG.pathFrom === null) {
      found = KG.searchFacts(box.value);
      told = "No name has these words; facts that have them:";
    }
    if (!found.length) {
      found = KG.searchNear(box.value);
      told = "No name is spelt so; near to it:";
    }
    KG.put(
      list,
      told && found.length > 0 && none(told),
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
          KG.el(
            "span",
            {},
            KG.el("bdi", {}, KG.clip(KG.nodes[hit.id].label, 60)),
            hit.name !== KG.nodes[hit.id].label && KG.el("small", {}, " also ", KG.el("bdi", {}, KG.clip(hit.name, 40))),
            KG.foundLines(KG.nodes[hit.id]).map((line) => KG.el("small", { class: "told-of", dir: "auto" }, line)),
          ),
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

/* What is told of a hit: how much it does; of a fact its kind, its day and its sentence. */
KG.foundLines = function (node) {
  if (node.thing) return [[KG.styles.kinds[node.kind].one, KG.deedWords(node, KG.factsOf(node)), KG.onlyWords(node)].filter(Boolean).join(" · ")];
  const fact = KG.facts[node.fact];
  if (!fact) return [KG.articles[node.article].d && KG.sayDate(KG.articles[node.article].d, true)].filter(Boolean);
  const who = fact.kind === "statement" ? KG.who(fact, "speaker").map((id) => KG.nodes[id].label).join(", ") : KG.className(fact);
  const modality = fact.modality !== "Asserted" && KG.styles.modalities[fact.modality].label.toLowerCase();
  const sentence = fact.ev.length ? KG.sentences[fact.ev[0].s].t : "";
  const unsaid = fact.kind === "event" && KG.unsaidWords(fact);
  return [[who, unsaid && unsaid.textContent.trim(), modality, KG.sayWhen(fact)].filter(Boolean).join(" · "), sentence !== node.label && KG.clip(sentence, 110)].filter(Boolean);
};

/* Words as they are compared: folded, each after a space. */
KG.spaced = (text) => ` ${KG.fold(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
/* Tells whether a text has all the words, each at the beginning of one of its own; scripts without spaces, anywhere. */
KG.hasWords = (spaced, words) => words.every((w) => spaced.includes(/^[^a-z0-9]/.test(w) ? w : ` ${w}`));

/* A word without its ending: arrest for arrests, arrested and arresting. The same rule as `kg.graph.inflection`. */
const ENDINGS = [
  [/^(.{2,}?)(?:ies|ied|ying|y)$/, "y"],
  [/^(.*[aeiouy].*?)(?:ings?|(?<!e)ed)$/, ""],
  [/^(.*ee)d$/, ""],
  [/^(.*(?:s|x|z|ch|sh))es$/, ""],
  [/^(.*[^sui])s$/, ""],
];
KG.root = function (word) {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  const [ending, more] = ENDINGS.find(([pattern]) => pattern.test(word)) || [];
  let stem = ending ? ending.exec(word)[1] + more : word;
  if (stem.length < 3) stem = word;
  if (stem.length > 3) stem = stem.replace(/e$/, "");
  return stem.replace(/([b-df-hj-np-tv-z])\1$/, "$1");
};
/* The forms of a word, as a pattern for the whole of one. */
KG.inflected = function (word) {
  const kin = KG.irregular.find((forms) => forms.includes(word)) || [];
  if (!/^[a-z]{4,}$/.test(word)) return kin.join("|");
  const root = KG.root(word);
  const own = root.endsWith("y") ? `${root.slice(0, -1)}(?:y|ies|ied|ying|ys|yed)` : `${root}${root.slice(-1)}?(?:e|s|es|ed|d|ing|ings)?`;
  return [...kin, own].join("|");
};
/* Tells whether a text has all the words, or forms of them. */
KG.formTest = function (words) {
  const forms = words.map((w) => KG.inflected(w)).map((f) => f && new RegExp(` (?:${f}) `));
  return (spaced) => words.every((w, i) => KG.hasWords(spaced, [w]) || (forms[i] && forms[i].test(spaced)));
};

/* Best first: the whole name, its beginning, the beginning of a word, all words in any order, their other forms, anywhere; then
   importance. */
KG.search = function (text, most = 12) {
  const wanted = KG.fold(text.trim());
  if (!wanted) return [];
  const words = KG.spaced(text).split(" ").filter(Boolean);
  const anywhere = wanted.length > 2 || !/^[a-z]/.test(wanted); // two letters are within almost every name
  const hits = [];
  const has = KG.formTest(words);
  KG.names ??= KG.nodes.map((node) => ({
    id: node.id,
    keys: [node.label, ...(node.aka || [])].map((name) => ({ name, key: KG.fold(name), spaced: KG.spaced(name) })),
  }));
  for (const { id, keys } of KG.names) {
    let best = null;
    for (const { name, key, spaced } of keys) {
      const at = key.indexOf(wanted);
      let score = key === wanted ? 0 : at === 0 ? 1 : at > 0 && /[\s\-'’(]/.test(key[at - 1]) ? 2 : 5;
      if (score === 5 && words.length > 1 && KG.hasWords(spaced, words)) score = 3;
      if (score === 5 && words.length && has(spaced)) score = 4;
      if (score === 5 && (at < 0 || !anywhere)) continue;
      if (!best || score < best.score) best = { id, name, score };
    }
    if (best) hits.push({ ...best, score: best.score + (KG.nodes[id].thing ? 0 : 6) });
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
      return { fact: f, own: KG.spaced(`${f.label} ${f.text}`), key: KG.spaced([f.label, f.text, ...named, ...f.ev.map((e) => KG.sentences[e.s].t), ...days].join(" ")) };
    });
  const has = KG.formTest(words);
  // by its own words before by those of its sentence, by the very words before by other forms
  const rank = ({ own, key }) => (has(own) ? 2 : 0) + (KG.hasWords(key, words) ? 1 : 0);
  return KG.factWords
    .filter(({ key }) => has(key))
    .sort((a, b) => rank(b) - rank(a) || b.fact.conf - a.fact.conf || a.fact.i - b.fact.i)
    .slice(0, most)
    .map(({ fact }) => ({ id: fact.n, name: KG.nodes[fact.n].label }));
};

/* Things whose names have a word near to each that was typed: the fewest slips first, then the most important. */
KG.searchNear = function (text, most = 8) {
  const words = KG.spaced(text).split(" ").filter(Boolean);
  if (!words.some((w) => KG.slips(w))) return [];
  KG.nameWords ??= KG.things.map(({ id, label, aka }) => ({
    id,
    names: [label, ...(aka || [])].map((name) => ({ name, words: KG.spaced(name).split(" ").filter(Boolean) })),
  }));
  const known = new Map(words.map((w) => [w, new Map()]));
  const apart = function (typed, word) {
    const found = known.get(typed);
    if (!found.has(word)) found.set(word, word.startsWith(typed) ? 0 : KG.distance(typed, word, KG.slips(typed)));
    return found.get(word);
  };
  const hits = [];
  for (const { id, names } of KG.nameWords) {
    for (const { name, words: own } of names) {
      const far = words.reduce((sum, w) => sum + Math.min(...own.map((word) => apart(w, word)), Infinity), 0);
      if (far < Infinity && !(hits.at(-1)?.id === id && hits.at(-1).far <= far)) hits.push({ id, name, far });
    }
  }
  const best = new Map(hits.map((hit) => [hit.id, hit]));
  return [...best.values()].sort((a, b) => a.far - b.far || KG.nodes[a.id].order - KG.nodes[b.id].order).slice(0, most);
};

/* How many slips of the finger a word may have: none in a short one. */
KG.slips = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/* How many letters two words differ by: one more, one less, another, or two that changed places (optimal string
   alignment); Infinity beyond `most`. */
KG.distance = function (a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    [before, last] = [last, row];
  }
  return last[b.length] <= most ? last[b.length] : Infinity;
};
