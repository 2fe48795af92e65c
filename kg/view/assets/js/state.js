/* State: what the reader chose, as one plain object; every change can be undone and written into the address. */
"use strict";
KG.DEFAULTS = Object.freeze({
  level: "actors",
  kinds: ["article"],
  stances: [],
  mods: [],
  classes: [],
  conf: 0,
  article: "",
  source: "",
  from: "",
  to: "",
  roots: [],
  steps: 1,
  grown: [],
  cut: [],
  leaves: true,
  lone: false,
  limit: 0,
  sel: "",
  path: [],
  marked: [],
  joined: [],
  avoid: [],
  by: "steps",
  colour: "kind",
  spots: {},
  note: "",
});
KG.state = { ...KG.DEFAULTS };
KG.past = [];

KG.on = (name, hook) => {
  (KG.hooks[name] ||= []).push(hook);
};
KG.emit = (name, ...args) => {
  for (const hook of KG.hooks[name] || []) hook(...args);
};

/* Change some fields. Selections alone are not steps of their own for undo. */
KG.set = function (change, { quiet = false } = {}) {
  const next = { ...KG.state, ...change };
  const changed = Object.keys(change).filter((k) => JSON.stringify(next[k]) !== JSON.stringify(KG.state[k]));
  if (!changed.length) return;
  if (KG.loading) return KG.later(change);
  const onlySelection = changed.every((k) => k === "sel" || k === "marked");
  if (!quiet && !onlySelection) {
    KG.past.push(KG.state);
    if (KG.past.length > 100) KG.past.shift();
  }
  const before = KG.state;
  KG.state = next;
  KG.emit("change", before, next);
};

KG.undo = function () {
  const last = KG.past.pop();
  if (!last) return KG.say("Nothing to undo.");
  const before = KG.state;
  KG.state = last;
  KG.emit("change", before, last);
  KG.say("Undone.");
};

KG.toggle = function (field, value) {
  const has = KG.state[field].includes(value);
  KG.set({ [field]: has ? KG.state[field].filter((v) => v !== value) : [...KG.state[field], value] });
};

/* The address: only what differs from the start; nodes by IRI, so that a link outlives a rebuilt graph. */
const NODE_LISTS = ["roots", "grown", "cut", "path", "marked", "joined", "avoid"];
KG.toHash = function (camera) {
  const params = new URLSearchParams();
  for (const [key, start] of Object.entries(KG.DEFAULTS)) {
    const value = KG.state[key];
    if (JSON.stringify(value) === JSON.stringify(start)) continue;
    if (Array.isArray(value) && !value.length) params.append(key, "");
    else if (NODE_LISTS.includes(key)) value.forEach((id) => params.append(key, KG.short(id)));
    else if (Array.isArray(value)) value.forEach((v) => params.append(key, v));
    else if (key === "spots")
      for (const [spot, [x, y]] of Object.entries(value)) params.append(key, `${spot[0]}${x},${y} ${KG.short(+spot.slice(1))}`);
    else if (key === "sel") params.set(key, KG.selectionOut(value));
    else params.set(key, String(value));
  }
  if (camera) params.set("view", [camera.x, camera.y, camera.scale].map((v) => +v.toFixed(3)).join(","));
  return params.toString();
};

KG.short = (id) => KG.nodes[id].iri.slice(KG.base.length);
KG.long = (name) => KG.byIri.get(KG.base + name);
KG.selectionOut = function (sel) {
  const [kind, ...rest] = sel.split(":");
  if (kind === "n") return `n:${KG.short(rest[0])}`;
  return kind === "e" ? ["e", KG.short(rest[0]), KG.short(rest[1]), rest[2]].join(" ") : sel;
};
KG.selectionIn = function (text) {
  if (text.startsWith("n:")) {
    const id = KG.long(text.slice(2));
    return id === undefined ? "" : `n:${id}`;
  }
  const [kind, a, b, tail] = text.split(" ");
  const ends = [KG.long(a), KG.long(b)];
  return kind === "e" && !ends.includes(undefined) ? ["e", ...ends, tail].join(":") : "";
};

/* Where the reader has put nodes: the drawing (actors or full, upright in capitals), the place, the node. */
KG.spotsIn = function (values) {
  const spots = {};
  for (const value of values) {
    const [, layer, x, y, name] = /^([afAF])(-?\d{1,7}),(-?\d{1,7}) (.+)$/.exec(value) || [];
    const id = name === undefined ? undefined : KG.long(name);
    if (id !== undefined) spots[layer + id] = [+x, +y];
  }
  return spots;
};

/* Read the address. Every value is checked against what the page holds; anything else is dropped. */
KG.fromHash = function (hash) {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const state = { ...KG.DEFAULTS };
  const known = {
    kinds: Object.keys(KG.styles.kinds),
    stances: Object.keys(KG.styles.stances),
    mods: Object.keys(KG.styles.modalities),
    classes: [...new Set(KG.facts.map((f) => f.cls))],
  };
  for (const [key, start] of Object.entries(KG.DEFAULTS)) {
    if (!params.has(key)) continue;
    const value = params.get(key);
    if (NODE_LISTS.includes(key))
      state[key] = params
        .getAll(key)
        .map(KG.long)
        .filter((id) => id !== undefined);
    else if (Array.isArray(start)) state[key] = params.getAll(key).filter((v) => known[key].includes(v));
    else if (typeof start === "number") state[key] = Number.isFinite(+value) ? Math.max(0, +value) : start;
    else if (typeof start === "boolean") state[key] = value === "true";
    else if (key === "spots") state.spots = KG.spotsIn(params.getAll(key));
    else if (key === "note") state.note = value.slice(0, 1000);
    else if (key === "sel") state.sel = KG.selectionIn(value);
    else if (key === "from" || key === "to") state[key] = /^-?\d{1,6}-\d\d-\d\d$/.test(value) ? value : "";
    else if (key === "article") state[key] = KG.articles.some((a) => a.iri === value) ? value : "";
    else state[key] = value.slice(0, 200);
  }
  if (!KG.LEVELS.some((l) => l.id === state.level)) state.level = "actors";
  if (!["steps", "sure"].includes(state.by)) state.by = "steps";
  if (!["kind", "com"].includes(state.colour)) state.colour = "kind";
  state.steps = Math.min(Math.max(Math.round(state.steps), 1), 3);
  state.conf = Math.min(state.conf, 1);
  const view = (params.get("view") || "").split(",").map(Number);
  return {
    state,
    camera: view.length === 3 && view.every(Number.isFinite) && view[2] > 0 ? { x: view[0], y: view[1], scale: view[2] } : null,
  };
};
