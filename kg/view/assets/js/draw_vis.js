/* Draw with vis-network: its canvas, pan, zoom and hit tests; labels and marks of stance are laid over it. */
"use strict";
KG.VisDrawer = class {
  constructor(box) {
    this.box = box;
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.net = new vis.Network(box, { nodes: this.nodes, edges: this.edges }, { ...KG.options, autoResize: true });
    this.display = { nodes: [], edges: [], level: "actors" };
    this.looks = new Map();
    this.net.on("beforeDrawing", (ctx) => this.under(ctx));
    this.net.on("afterDrawing", (ctx) => this.over(ctx));
    this.net.on("click", (e) => KG.emit("pick", this.hit(e)));
    this.net.on("doubleClick", (e) => KG.emit("open", this.hit(e)));
    this.net.on("hoverNode", (e) => KG.emit("hover", { node: e.node, at: e.pointer.DOM }));
    this.net.on("hoverEdge", (e) => KG.emit("hover", { edge: e.edge, at: e.pointer.DOM }));
    for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) this.net.on(name, () => KG.emit("hover", null));
    for (const name of ["dragStart", "zoom"]) this.net.on(name, () => this.land());
    for (const name of ["dragEnd", "zoom"]) this.net.on(name, () => KG.emit("moved"));
    this.net.on("zoom", () => this.resizeSoon());
    this.net.on("dragEnd", (e) => e.nodes.forEach((id) => this.dropped(id)));
    box.onmouseleave = () => KG.emit("hover", null); // vis-network tells of leaving a line, not of leaving the picture
    const canvas = box.querySelector("canvas");
    canvas.setAttribute("aria-hidden", "true");
    box.querySelectorAll("[tabindex]").forEach((el) => el.removeAttribute("tabindex"));
  }

  hit(e) {
    const node = this.net.getNodeAt(e.pointer.DOM);
    if (node !== undefined) return { node };
    const edge = this.net.getEdgeAt(e.pointer.DOM);
    return edge !== undefined ? { edge } : {};
  }

  dropped(id) {
    const { x, y } = this.net.getPositions([id])[id];
    KG.place(KG.nodes[id], this.display.level, { x, y });
  }

  set(display) {
    this.display = display;
    this.palette = KG.palette();
    this.looks = new Map(display.nodes.map((id) => [id, KG.nodeLook(id, display, this.palette)]));
    this.lines = new Map(display.edges.map((e) => [e.id, KG.edgeLook(e, this.palette)]));
    this.sync(
      this.nodes,
      display.nodes.map((id) => this.visNode(id)),
    );
    this.sync(
      this.edges,
      display.edges.map((e) => this.visEdge(e)),
    );
  }

  resizeSoon() {
    clearTimeout(this.resizing);
    this.resizing = setTimeout(() => {
      if (this.net && KG.sizesAt(this.net.getScale())) this.set(this.display);
    }, 120);
  }

  sync(set, rows) {
    const wanted = new Set(rows.map((row) => row.id));
    const gone = set.getIds().filter((id) => !wanted.has(id));
    if (gone.length) set.remove(gone);
    set.update(rows);
  }

  visNode(id) {
    const look = this.looks.get(id);
    const pale = this.faded && !this.faded.nodes.has(id);
    return {
      id,
      x: look.x,
      y: look.y,
      size: look.size,
      shape: look.shape,
      borderWidth: look.hollow ? 2 : 1.5,
      opacity: pale ? 0.25 : look.quiet ? 0.6 : 1,
      shapeProperties: { borderDashes: look.hollow ? [3, 2] : false },
      color: { background: look.fill, border: look.line, hover: { background: look.fill, border: this.palette.ink } },
    };
  }

  visEdge(edge) {
    const look = this.lines.get(edge.id);
    const pale = this.faded && !this.faded.edges.has(edge.id);
    return {
      id: edge.id,
      from: edge.a,
      to: edge.b,
      width: look.width,
      dashes: look.dash.length ? look.dash : false,
      color: { color: look.colour, hover: look.colour, highlight: look.colour, opacity: pale ? 0.1 : look.opacity },
      arrows: { to: { enabled: Boolean(look.arrow), type: look.arrow || "arrow", scaleFactor: 0.62 * Math.min(KG.thick, 1.7) } },
      arrowStrikethrough: false,
      smooth: look.bend
        ? { enabled: true, type: look.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(look.bend) }
        : { enabled: false },
    };
  }

  under(ctx) {
    const scale = this.net.getScale();
    if (scale < 0.25) return;
    for (const edge of this.display.edges) {
      const look = this.lines?.get(edge.id);
      if (!look || look.mark === "none" || (this.faded && !this.faded.edges.has(edge.id))) continue;
      KG.drawMark(ctx, this.looks.get(edge.a), this.looks.get(edge.b), look, scale);
    }
  }

  over(ctx) {
    if (!this.palette) return;
    const ratio = ctx.canvas.width / Math.max(ctx.canvas.clientWidth, 1);
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const spot = this.spotter();
    this.ring(ctx, spot);
    this.labels = this.carried(spot);
    KG.drawLabels(ctx, this.labels, this.palette, this.faded);
    ctx.restore();
  }

  /* While the picture is only shifted, its labels shift with it; they are placed anew when it rests. */
  carried(spot) {
    const scale = this.net.getScale();
    const view = this.net.getViewPosition();
    const size = this.size();
    const last = this.placed;
    const now = performance.now();
    const same =
      last && last.display === this.display && last.scale === scale && last.width === size.width && last.faded === this.faded;
    const far = last && Math.hypot(last.x - view.x, last.y - view.y) * scale;
    if (same && far > 0.5 && far < 400 && now - last.seen < 250) {
      last.seen = now;
      clearTimeout(this.late);
      this.late = setTimeout(() => {
        this.placed = null;
        this.redraw();
      }, 200);
      return last.labels.map((l) => ({ ...l, x: l.x + (last.x - view.x) * scale, y: l.y + (last.y - view.y) * scale }));
    }
    const labels = KG.placeLabels(this.display, spot, size, scale);
    this.placed = { ...view, scale, labels, width: size.width, display: this.display, faded: this.faded, seen: now };
    return labels;
  }

  ring(ctx, spot) {
    for (const id of this.display.rings || []) {
      if (!this.looks.has(id)) continue;
      const s = spot(id);
      ctx.beginPath();
      ctx.arc(s.x, s.y, s.r + 5, 0, 2 * Math.PI);
      ctx.lineWidth = 3;
      ctx.strokeStyle = this.palette.accent;
      ctx.stroke();
    }
  }

  /* Where a node is seen; or will be, once the camera is where it goes. */
  spotter({ scale, ...middle } = this.camera()) {
    const { width, height } = this.size();
    const looks = this.looks;
    return (id) => {
      const look = looks.get(id);
      return { x: (look.x - middle.x) * scale + width / 2, y: (look.y - middle.y) * scale + height / 2, r: look.size * scale };
    };
  }

  size() {
    const canvas = this.net.canvas.frame.canvas;
    return { width: canvas.clientWidth, height: canvas.clientHeight };
  }

  /* Pale everything but these nodes and edges; null shows all at full strength. */
  fade(faded) {
    if (!faded && !this.faded) return;
    this.faded = faded;
    this.nodes.update(this.display.nodes.map((id) => this.visNode(id)));
    this.edges.update(this.display.edges.map((e) => this.visEdge(e)));
  }

  /* With the next frame, once, however often it is asked for. */
  redraw() {
    this.net.body.emitter.emit("_requestRedraw");
  }
  /* Take the size of the box now; vis-network would do so later, and change the scale with it. */
  measure() {
    this.net.setSize();
  }
  camera() {
    return { ...this.net.getViewPosition(), scale: this.net.getScale() };
  }
  /* Where the camera goes, or stands. */
  goal() {
    return this.heading || this.camera();
  }
  land() {
    cancelAnimationFrame(this.flight);
    this.heading = null;
  }
  /* vis-network's own flights are not used: of two that begin within a frame, the first never ends and carries the picture off. */
  look(camera, still) {
    this.land();
    const at = ({ x, y, scale }) => this.net.moveTo({ position: { x, y }, scale, animation: false });
    if (still || KG.calm()) {
      at(camera);
      this.resizeSoon();
      return;
    }
    const [from, begin] = [this.camera(), performance.now()];
    this.heading = camera;
    const step = (now) => {
      const t = Math.min(Math.max((now - begin) / 350, 0), 1);
      const part = t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) ** 2;
      const between = (key) => from[key] + (camera[key] - from[key]) * part;
      at(t < 1 ? { x: between("x"), y: between("y"), scale: between("scale") } : camera);
      if (t < 1) this.flight = requestAnimationFrame(step);
      else {
        this.heading = null;
        this.resizeSoon();
      }
    };
    this.flight = requestAnimationFrame(step);
  }
  fit(still) {
    const camera = KG.fitting(this.display, this.size(), KG.home.boost);
    if (camera) this.look(camera, still);
  }
  destroy() {
    clearTimeout(this.resizing);
    this.land();
    this.net.destroy();
    this.net = null;
  }
};

KG.calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/* The camera that shows the whole display with all its names, and clear of the notice; nodes are larger by `boost`. The
   lowest part of the picture may be `covered`, and the scale at `most` so large. */
KG.fitting = function (display, size, boost, { covered = 0, most = 1.4 } = {}) {
  if (!display.nodes.length || !size.width) return null;
  const boxes = display.nodes.map((id) => {
    const node = KG.nodes[id];
    const half = node.thing ? Math.min(node.label.length, 30) * 3.2 : 20;
    return { ...KG.position(node, display.level), r: node.size * boost, half: Math.min(half, size.width * 0.16) };
  });
  const top = KG.$("notice").hidden ? 10 : 64;
  // the buttons of a narrow screen, and who stands aside
  const aside = Object.keys(display.asideKinds || {}).length > 0;
  const foot = covered || (size.width < 600 ? (aside ? 104 : 56) : aside ? 48 : 14);
  const extent = (scale) => {
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { x, y, r, half } of boxes) {
      const wide = Math.max(r * scale, half);
      [x0, x1] = [Math.min(x0, x * scale - wide), Math.max(x1, x * scale + wide)];
      [y0, y1] = [Math.min(y0, (y - r) * scale), Math.max(y1, (y + r) * scale + 18)];
    }
    return [x0, y0, x1, y1];
  };
  const beside = (right) => {
    let [low, high] = [0.02, most];
    for (let k = 0; k < 14; k++) {
      const scale = Math.sqrt(low * high);
      const [x0, y0, x1, y1] = extent(scale);
      if (x1 - x0 <= size.width - 16 - right && y1 - y0 <= size.height - top - foot) low = scale;
      else high = scale;
    }
    const [x0, y0, x1, y1] = extent(low);
    return { x: ((x0 + x1) / 2 + right / 2) / low, y: ((y0 + y1) / 2 - (top - foot) / 2) / low, scale: low };
  };
  // what would lie under the buttons in the corner makes the whole picture step aside from them
  const camera = beside(0);
  const [x, y] = size.width < 600 ? [Infinity, Infinity] : [size.width - 62, size.height - 152];
  const under = boxes.some((b) => {
    const [bx, by] = [(b.x - camera.x) * camera.scale + size.width / 2, (b.y - camera.y) * camera.scale + size.height / 2];
    return bx + b.r * camera.scale > x && by + b.r * camera.scale > y;
  });
  return under ? beside(50) : camera;
};
