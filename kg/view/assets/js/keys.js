/* Keys: all that a pointer can do. */
"use strict";
KG.selected = () => (KG.state.sel.startsWith("n:") ? +KG.state.sel.slice(2) : null);

KG.buildKeys = function () {
  document.addEventListener("keydown", (e) => {
    const typing = e.target.closest?.("input:not([type=checkbox]):not([type=range]), textarea, select, dialog[open]");
    if (KG.loading) return;
    if (!typing && !e.defaultPrevented && KG.canvasKey(e)) return;
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "z" && !typing) {
      e.preventDefault();
      KG.undo();
    }
    if (typing || e.ctrlKey || e.metaKey || e.altKey) return;
    const level = KG.LEVELS[Number(e.key) - 1];
    if (level && !KG.focusWaits) KG.setLevel(level.id);
    const act = {
      "/": () => (KG.framed() ? KG.tellSite({ find: true }) : KG.$("search-box").focus()),
      "?": KG.helpDialog,
      u: KG.undo,
      t: KG.switchTheme,
      l: () => KG.set({ leaves: !KG.state.leaves }),
      Escape: KG.letGo,
    }[e.key];
    if (act) {
      e.preventDefault();
      act();
    }
  });
};

/* What moves and changes the picture, wherever the focus is; true where the key was one of these. */
KG.canvasKey = function (e) {
  if (e.ctrlKey || e.metaKey || e.altKey) return false;
  // a control keeps the keys that it takes itself
  if (e.target.closest?.("[role=menu], [role=tablist], input[type=range]") && /^(Arrow|Enter| |Home|End)/.test(e.key)) return false;
  if (e.key === "Enter" && e.target.closest?.("button, a, summary, input, [role=button]")) return false;
  if (KG.WIDE.includes(KG.state.level) && e.key.startsWith("Arrow")) return false;
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const id = KG.selected();
  if (ways[e.key]) {
    e.preventDefault();
    if (e.shiftKey) KG.pan(...ways[e.key]);
    else KG.step(...ways[e.key]);
    return true;
  }
  if (KG.focusWaits && "123".includes(e.key)) {
    KG.focusWaits = false;
    if (id !== null) KG.focus(id, +e.key);
    return true;
  }
  KG.focusWaits = false;
  const act = {
    "+": () => KG.zoomBy(1.3),
    "=": () => KG.zoomBy(1.3),
    "-": () => KG.zoomBy(1 / 1.3),
    0: KG.fitAll,
    Enter: () => {
      KG.openPanel();
      KG.$("panel").focus();
    },
  }[e.key];
  const onNode = {
    e: KG.expand,
    c: KG.collapse,
    h: KG.hide,
    p: KG.startPath,
    f: (n) => {
      KG.focusWaits = true;
      KG.focus(n, KG.state.steps);
    },
  }[e.key];
  if (act) act();
  else if (onNode && id !== null) {
    e.preventDefault();
    onNode(id);
  } else if (e.key.toLowerCase() === "n") KG.nextTie(e.shiftKey ? -1 : 1);
  else return false;
  e.preventDefault();
  return true;
};

/* The nearest node in a direction: distance counts, and sideways distance double. */
KG.step = function (dx, dy) {
  const { nodes, level } = KG.display;
  if (!nodes.length) return;
  const own = KG.selected();
  if (own === null || !nodes.includes(own)) return KG.pick([...nodes].sort((a, b) => KG.nodes[a].order - KG.nodes[b].order)[0]);
  const from = KG.position(KG.nodes[own], level);
  let best = null;
  for (const id of nodes) {
    if (id === own) continue;
    const to = KG.position(KG.nodes[id], level);
    const ahead = (to.x - from.x) * dx + (to.y - from.y) * dy;
    const aside = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
    if (ahead <= 0 || aside > ahead * 2.5) continue;
    const cost = ahead + aside * 2;
    if (!best || cost < best.cost) best = { id, cost };
  }
  if (best) KG.pick(best.id);
};

KG.nextTie = function (by) {
  const id = KG.selected() ?? KG.tieFrom;
  if (id === null || id === undefined) return;
  KG.tieFrom = id;
  const ties = KG.display.edges.filter((e) => e.a === id || e.b === id);
  if (!ties.length) return;
  const at = ties.findIndex((e) => e.id === KG.state.sel);
  KG.set({ sel: ties[(at + by + ties.length) % ties.length].id });
};

KG.pan = function (dx, dy) {
  const camera = KG.drawer.camera();
  KG.drawer.look({ ...camera, x: camera.x + (dx * 120) / camera.scale, y: camera.y + (dy * 120) / camera.scale }, true);
  KG.emit("moved");
};
KG.zoomBy = function (factor) {
  if (KG.state.level === "map") return KG.zoomMap(factor);
  const camera = KG.drawer.camera();
  KG.drawer.look({ ...camera, scale: camera.scale * factor });
  KG.emit("moved");
};

KG.fitAll = function () {
  if (KG.state.level !== "map") return KG.drawer.fit();
  KG.mapCamera = { k: 1, dx: 0, dy: 0 };
  KG.showMap();
};

/* Escape: first what lies on top, then the selection, then the focus. */
KG.letGo = function () {
  if (KG.pathFrom !== null) return KG.cancelPath();
  const open = document.body.classList.contains("legend-open") || document.body.classList.contains("panel-open");
  if (open && getComputedStyle(KG.$("panel")).position === "fixed") return KG.closeSheets();
  const { sel, path, roots, marked } = KG.state;
  if (sel || path.length) KG.set({ sel: "", path: [] });
  else if (marked.length) KG.choose([]);
  else if (roots.length) KG.set({ roots: [], grown: [] });
};
