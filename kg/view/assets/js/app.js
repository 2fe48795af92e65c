/* App: put the parts together; redraw what a change of state touches. */
"use strict";
KG.start = async function () {
  const opening = KG.$("opening") && KG.block("opening");
  const raw = opening || KG.block("data");
  KG.readHead(raw);
  KG.land = KG.block("land");
  if (opening) KG.readOpening(opening.opening);
  else KG.readData(raw);
  KG.setTheme(null);
  KG.buildHead();
  KG.buildSearch();
  KG.buildMenu();
  KG.buildTime();
  KG.buildKeys();
  KG.buildMap();
  KG.wire();
  KG.buildSheets();
  KG.buildLasso();
  KG.joinSite();
  KG.printLight();
  KG.on("change", KG.changed);
  await KG.loadFonts();
  if (!opening) return KG.begin();
  // an address that tells of another view has no use for the first picture
  if (KG.asked()) KG.showLoading();
  else {
    KG.redrawAll();
    KG.aim(null, true);
  }
  document.body.dataset.ready = "opening";
  performance.mark("kg-opening");
  if (!(await KG.readRest())) return;
  KG.buildHead();
  KG.buildTime();
  KG.begin();
};

/* The state that the address gives, from the site around it if there is one. */
KG.asked = () => KG.dueHash ?? location.hash.slice(1);

/* All is read: show what the address asks for, and do what the reader has done since the first picture. */
KG.begin = function () {
  const { state, camera } = KG.fromHash(KG.asked());
  const drawn = Boolean(KG.drawer);
  KG.state = { ...state, ...KG.due };
  KG.lastHash = KG.dueHash;
  const fit = !drawn || Boolean(KG.asked());
  KG.redrawAll({ fit });
  const own = KG.selected();
  if (KG.nodes[own]?.thing && !KG.state.roots.length && !KG.display.nodes.includes(own)) {
    KG.state.roots = [own]; // it has no tie, and is asked for by its address
    KG.redrawAll({ fit });
  }
  KG.aim(camera, fit);
  if (fit && !camera) KG.lookAt(KG.onPath(), { still: true });
  KG.refind();
  if (KG.due) KG.keepAddress(true);
  KG.ready = true;
  document.body.dataset.ready = "yes";
  performance.mark("kg-ready");
};

/* Point the camera once head, legend and time have taken their room, and the picture its own with it. */
KG.aim = function (camera, fit) {
  if (KG.drawer.size().width) KG.drawer.measure();
  if (camera) KG.drawer.look(camera, true);
  else if (fit) KG.drawer.fit(true);
};

KG.buildHead = function () {
  const count = (kind) => KG.counts.kinds.get(kind) || 0;
  const [first, last] = KG.days;
  const span = !first ? "" : first === last ? KG.sayDate(first) : `${KG.sayDate(first)} to ${KG.sayDate(last)}`;
  const people = KG.plural(count("person"), "person", "people");
  KG.$("standfirst").textContent = [
    KG.plural(count("article"), "article"),
    span,
    people,
    KG.plural(count("organization"), "organisation"),
    KG.plural(count("place"), "place"),
    KG.plural(count("event"), "event"),
    count("statement") ? KG.plural(count("statement"), "quote") : "",
    count("role") ? KG.plural(count("role"), "role") : "",
  ]
    .filter(Boolean)
    .join(" · ");
  const tabs = KG.$("tabs");
  KG.usable = KG.LEVELS.filter((l) => (l.id !== "map" || KG.hasMap()) && (l.id !== "quotes" || count("statement")));
  KG.put(
    tabs,
    KG.usable.map((l) =>
      KG.el(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${l.id}`,
          "aria-controls": "stage",
          title: l.hint,
          on: { click: () => KG.setLevel(l.id) },
        },
        l.name,
      ),
    ),
  );
};

KG.setLevel = function (level) {
  if (KG.$(`tab-${level}`)) KG.set({ level });
};

KG.wire = function () {
  KG.$("tabs").addEventListener("keydown", (e) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!by) return;
    const all = KG.usable.map((l) => l.id);
    const next = all[(all.indexOf(KG.state.level) + by + all.length) % all.length];
    KG.setLevel(next);
    KG.$(`tab-${next}`).focus();
    e.preventDefault();
  });
  KG.on("pick", (hit) => {
    if (hit.node !== undefined) KG.pathFrom !== null ? KG.finishPath(hit.node) : KG.pick(hit.node);
    else if (hit.edge !== undefined) {
      KG.set({ sel: hit.edge });
      KG.openPanel();
    } else KG.set({ sel: "" });
  });
  KG.on("open", (hit) => {
    if (hit.node !== undefined) KG.expand(hit.node);
  });
  KG.on("hover", KG.hoverCard);
  KG.on("moved", () => KG.keepAddress());
  KG.$("undo").addEventListener("click", KG.undo);
  KG.$("theme").addEventListener("click", KG.switchTheme);
  KG.$("help").addEventListener("click", KG.helpDialog);
  KG.$("zoom-in").addEventListener("click", () => KG.zoomBy(1.4));
  KG.$("zoom-out").addEventListener("click", () => KG.zoomBy(1 / 1.4));
  KG.$("zoom-fit").addEventListener("click", () => KG.fitAll());
  for (const name of ["legend", "panel"]) KG.$(`open-${name}`).addEventListener("click", () => KG.sheet(name));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => KG.setTheme(null));
  addEventListener("hashchange", () => {
    KG.travel(location.hash);
  });
  let late = 0;
  addEventListener("resize", () => {
    clearTimeout(late);
    late = setTimeout(() => {
      if (KG.WIDE.includes(KG.state.level)) KG.showSheets();
      else {
        KG.redrawAll();
        KG.drawer.fit(true);
      }
    }, 150);
  });
};

/* What a change of state touches is drawn anew, the rest is left alone. */
KG.changed = function (before, after) {
  const only = Object.keys(after).filter((k) => JSON.stringify(before[k]) !== JSON.stringify(after[k]));
  if (only.every((k) => k === "sel" || k === "marked")) {
    const id = KG.selected();
    const fact = KG.facts[KG.nodes[id]?.fact];
    const { nodes } = KG.display;
    const needed = KG.nodes[id]?.thing ? [id] : KG.partsOf(fact);
    if (KG.display.dependsOnSelection || needed.some((n) => !nodes.includes(n))) {
      KG.redrawAll({ fit: false });
      KG.bringIn(fact ? needed : needed.flatMap(KG.around));
    } else {
      KG.mark();
      KG.showPanel();
      KG.showTrail();
      KG.markSheets();
    }
  } else {
    KG.redrawAll({ fit: only.some((k) => ["level", "roots", "steps", "limit", "path", "lone", "avoid", "by"].includes(k)) });
    if (["path", "avoid", "by"].some((k) => only.includes(k))) KG.lookAt(KG.onPath());
  }
  KG.keepAddress(["sel", "path", "marked"].some((k) => only.includes(k)));
  KG.hoverCard(null);
};

KG.redrawAll = function ({ fit = true } = {}) {
  const stage = { width: KG.$("stage").clientWidth, height: KG.$("stage").clientHeight };
  KG.phone = stage.width < 600;
  if (fit) [KG.moved, KG.rim, KG.stretch] = [new Map(), new Map(), { x: 1, y: 1 }];
  KG.display = KG.loading ? KG.projectOpening() : KG.project();
  if (KG.state.path.length === 2) KG.addPath();
  KG.showNotice();
  if (fit) KG.moveApart(KG.display, stage);
  KG.recede(KG.display);
  KG.layRim(KG.display, stage);
  KG.chooseBoost(KG.display, stage);
  KG.chooseDrawer();
  const wide = KG.WIDE.includes(KG.state.level);
  document.body.dataset.level = KG.state.level;
  KG.$("canvas").hidden = wide;
  KG.$("zoom").hidden = KG.state.level === "timeline";
  for (const l of KG.LEVELS) KG.$(`tab-${l.id}`)?.setAttribute("aria-selected", String(l.id === KG.state.level));
  for (const l of KG.LEVELS) if (KG.$(`tab-${l.id}`)) KG.$(`tab-${l.id}`).tabIndex = l.id === KG.state.level ? 0 : -1;
  KG.$("stage").setAttribute("aria-labelledby", `tab-${KG.state.level}`);
  const tab = KG.$(`tab-${KG.state.level}`);
  if (KG.tabShown !== tab) (KG.tabShown = tab)?.scrollIntoView({ block: "nearest", inline: "nearest" }); // it may be off a narrow screen
  if (!wide) {
    KG.drawer.set(KG.display);
    if (fit || !KG.fitted) KG.drawer.fit(!KG.fitted);
    else KG.drawer.resizeSoon?.();
    KG.fitted = true;
  }
  KG.showLegend();
  KG.showTime();
  KG.showPanel();
  KG.showTrail();
  KG.showSheets();
  KG.mark();
  KG.$("undo").disabled = !KG.past.length;
  const { nodes, edges } = KG.display;
  const words = `${KG.plural(nodes.length, "node")} and ${KG.plural(edges.length, "tie")} shown`;
  KG.$("canvas").setAttribute("aria-label", `Graph: ${words}`);
  if (KG.ready) KG.say(words);
};

KG.showSheets = function () {
  for (const name of KG.WIDE) KG.$(name).hidden = KG.state.level !== name;
  if (KG.state.level === "timeline") {
    KG.showTimeline();
    KG.markSheets();
  }
  if (KG.state.level === "map") KG.showMap();
};

/* What is selected stands out in the timeline and on the map, too. */
KG.markSheets = function () {
  if (KG.state.level === "map") return KG.showMap();
  if (KG.state.level !== "timeline") return;
  const id = KG.selected();
  const fact = KG.facts[KG.nodes[id]?.fact];
  const own = new Set(fact ? KG.partsOf(fact) : [id]);
  if (fact && KG.display.facts.includes(fact) && !KG.$("timeline").querySelector(`.line[data-event="${fact.i}"]`)) KG.showTimeline();
  for (const el of KG.$("timeline").querySelectorAll("[data-event], [data-node]"))
    el.classList.toggle("here", el.dataset.event ? KG.facts[el.dataset.event] === fact : own.has(+el.dataset.node));
};

/* vis-network up to a size that it pans smoothly; WebGL, where the page carries it, beyond. */
KG.VIS_MOST = { nodes: 900, edges: 2200 };
KG.chooseDrawer = function () {
  const { nodes, edges } = KG.display;
  const big = (nodes.length > KG.VIS_MOST.nodes || edges.length > KG.VIS_MOST.edges) && KG.webgl();
  const Wanted = big ? KG.SigmaDrawer : KG.VisDrawer;
  if (KG.drawer instanceof Wanted) return;
  KG.drawer?.destroy();
  KG.$("canvas").replaceChildren();
  KG.$("canvas").dataset.renderer = big ? "sigma" : "vis";
  KG.$("canvas").hidden = false;
  KG.drawer = new Wanted(KG.$("canvas"));
  KG.fitted = false;
};

/* Rings round what is selected, all else pale. */
KG.mark = function () {
  const { sel, path, marked } = KG.state;
  const { edges } = KG.display;
  let faded = null;
  KG.display.rings = [];
  if (path.length === 2) {
    const steps = KG.findPath(path) || [];
    faded = {
      nodes: new Set(KG.onPath(steps)),
      edges: new Set(
        edges
          .filter((e) => steps.some((s) => (e.a === s.from && e.b === s.to) || (e.a === s.to && e.b === s.from)))
          .map((e) => e.id),
      ),
    };
    KG.display.rings = path;
  } else if (marked.length && !sel) {
    const own = new Set(marked);
    faded = { nodes: own, edges: new Set(edges.filter((e) => own.has(e.a) && own.has(e.b)).map((e) => e.id)) };
    KG.display.rings = marked;
  } else if (sel.startsWith("n:")) {
    const id = +sel.slice(2);
    const fact = KG.loading ? undefined : KG.facts[KG.nodes[id]?.fact];
    const folded = fact && !KG.display.nodes.includes(id);
    const ties = edges.filter((e) => (folded ? e.facts.includes(fact) : e.a === id || e.b === id));
    const own = folded ? KG.partsOf(fact).filter((n) => KG.display.nodes.includes(n)) : [id];
    if (KG.display.nodes.includes(own[0]) && !KG.state.roots.includes(id))
      faded = { nodes: new Set([...own, ...ties.flatMap((e) => [e.a, e.b])]), edges: new Set(ties.map((e) => e.id)) };
    KG.display.rings = own;
  } else if (sel.startsWith("e:")) {
    const edge = KG.findEdge(sel);
    if (edge) faded = { nodes: new Set([edge.a, edge.b]), edges: new Set([sel]) };
  }
  KG.display.forced = faded ? [...faded.nodes].slice(0, 40) : [];
  KG.display.focusEdges = faded?.edges;
  if (KG.WIDE.includes(KG.state.level)) return;
  KG.drawer.fade(faded);
  KG.drawer.redraw();
};

/* Paper is white whatever the screen: a dark page is printed light. */
KG.printLight = function () {
  let before = null;
  addEventListener("beforeprint", () => {
    if (before) return;
    before = { theme: document.documentElement.dataset.theme };
    if (KG.dark()) KG.setTheme("light");
    KG.printPicture();
  });
  addEventListener("afterprint", () => {
    if (!before) return;
    if (before.theme) document.documentElement.dataset.theme = before.theme;
    else delete document.documentElement.dataset.theme;
    before = null;
    KG.put(KG.$("print"));
    KG.setTheme(null);
  });
};

KG.setTheme = function (name) {
  if (name) document.documentElement.dataset.theme = name;
  const dark = KG.dark();
  KG.$("theme").textContent = dark ? "Light" : "Dark";
  KG.$("theme").setAttribute("aria-pressed", String(dark));
  if (KG.drawer) KG.redrawAll({ fit: false });
};
KG.switchTheme = () => (KG.framed() ? KG.tellSite({ dark: true }) : KG.setTheme(KG.dark() ? "light" : "dark"));

window.KG = KG;
KG.start();
