/* Draw with sigma.js (WebGL) where vis-network's canvas would falter; the page carries it only for big graphs. */
"use strict";
KG.webgl = function () {
  if (typeof Sigma === "undefined" || typeof graphology === "undefined") return false;
  KG.webglFound ??= Boolean(document.createElement("canvas").getContext("webgl2"));
  return KG.webglFound;
};

/* sigma only draws. A gesture moves the finished picture, which costs nothing whatever its size; when the hand rests,
   the picture is drawn anew. So a slow graphics card, or none, makes the picture late, never the hand. */
KG.SigmaDrawer = class {
  constructor(box) {
    this.box = box;
    this.graph = new graphology.MultiDirectedGraph();
    this.display = { nodes: [], edges: [], level: "actors" };
    this.looks = new Map();
    this.held = { dx: 0, dy: 0, k: 1 };
    this.sheet = KG.el("div", { class: "gl" });
    box.append(this.sheet);
    this.net = new Sigma(this.graph, this.sheet, {
      renderLabels: false,
      renderEdgeLabels: false,
      enableEdgeEvents: false,
      zIndex: true,
      defaultEdgeType: "line",
      minCameraRatio: null,
      maxCameraRatio: null,
      itemSizesReference: "positions",
      zoomToSizeRatioFunction: Math.sqrt, // nearer by, nodes grow less than the space between them
      nodeReducer: (id, data) => (this.faded && !this.faded.nodes.has(+id) ? { ...data, color: this.pale, zIndex: 0 } : data),
      edgeReducer: (id, data) => {
        if (!this.faded) return data;
        return this.faded.edges.has(id)
          ? { ...data, color: data.strong, size: data.size * 2, zIndex: 1 }
          : { ...data, hidden: true };
      },
    });
    this.layer = KG.el("canvas", { class: "names" });
    this.sheet.append(this.layer);
    this.net.on("afterRender", () => this.over());
    this.hand = new KG.Hand(box, {
      pan: (dx, dy) => this.hold(dx, dy, 1, { x: 0, y: 0 }),
      zoom: (k, at) => this.hold(0, 0, k, at),
      done: () => this.settle(),
      tap: (at) => KG.emit("pick", this.hit(at)),
      open: (at) => KG.emit("open", this.hit(at)),
      hover: (at) => this.hover(at),
    });
    box.querySelectorAll("canvas").forEach((c) => c.setAttribute("aria-hidden", "true"));
  }

  set(display) {
    this.display = display;
    this.palette = KG.palette();
    this.pale = this.palette.mode === "dark" ? "#2a3038" : "#e4e1da";
    this.graph.clear();
    this.looks = new Map(display.nodes.map((id) => [id, KG.nodeLook(id, display, this.palette)]));
    for (const [id, look] of this.looks) {
      this.graph.addNode(String(id), {
        x: look.x,
        y: -look.y,
        size: look.size,
        color: KG.nodeColour(KG.nodes[id], this.palette),
      });
    }
    const faint = Math.min(0.6, Math.max(0.16, 1500 / display.edges.length));
    for (const edge of display.edges) {
      const look = KG.edgeLook(edge, this.palette);
      const color = KG.mix(look.colour, this.palette.paper, look.opacity * faint);
      this.graph.addEdgeWithKey(edge.id, String(edge.a), String(edge.b), {
        size: Math.min(look.width, 3),
        color,
        strong: look.colour,
      });
    }
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { x, y } of this.looks.values())
      [x0, x1, y0, y1] = [Math.min(x0, x), Math.max(x1, x), Math.min(y0, y), Math.max(y1, y)];
    if (this.looks.size) this.net.setCustomBBox({ x: [x0, x1], y: [-y1, -y0] });
    this.net.refresh();
  }

  /* Move the picture as it stands; draw it anew when the hand rests or has gone far. */
  hold(dx, dy, k, at) {
    const h = this.held;
    this.held = { dx: (h.dx + dx - at.x) * k + at.x, dy: (h.dy + dy - at.y) * k + at.y, k: h.k * k };
    const { width, height } = this.size();
    this.sheet.style.transform = `translate(${this.held.dx}px, ${this.held.dy}px) scale(${this.held.k})`;
    clearTimeout(this.late);
    const far = Math.abs(this.held.dx) > width * 0.6 || Math.abs(this.held.dy) > height * 0.6;
    if (far && k === 1) this.settle();
    else this.late = setTimeout(() => this.settle(), 160);
  }

  settle() {
    clearTimeout(this.late);
    const { dx, dy, k } = this.held;
    if (!dx && !dy && k === 1) return;
    this.aim(this.camera());
    KG.emit("moved");
  }

  /* Point sigma's camera; the picture is put back in its frame when it is drawn. */
  aim(camera) {
    const now = this.drawn();
    const ratio = this.ratio ?? this.net.getCamera().getState().ratio; // that of the last drawing, too
    const framed = this.net.viewportToFramedGraph(this.net.graphToViewport({ x: camera.x, y: -camera.y }));
    this.held = { dx: 0, dy: 0, k: 1 };
    this.heading = camera;
    this.net.getCamera().setState({ x: framed.x, y: framed.y, ratio: (ratio * now.scale) / camera.scale });
    this.net.refresh({ skipIndexation: true, schedule: true });
  }

  /* The camera of the last drawing, and the one that the reader sees after the hand's move. */
  drawn() {
    const { width, height } = this.size();
    const middle = this.net.viewportToGraph({ x: width / 2, y: height / 2 });
    const [a, b] = [this.net.graphToViewport({ x: 0, y: 0 }), this.net.graphToViewport({ x: 1000, y: 0 })];
    return { x: middle.x, y: -middle.y, scale: (b.x - a.x) / 1000 };
  }
  camera() {
    const { x, y, scale } = this.drawn();
    const { width, height } = this.size();
    const { dx, dy, k } = this.held;
    return {
      x: x + ((width / 2 - dx) / k - width / 2) / scale,
      y: y + ((height / 2 - dy) / k - height / 2) / scale,
      scale: scale * k,
    };
  }

  /* Where the camera will be with the next drawing, or is. */
  goal() {
    return this.heading || this.camera();
  }

  /* Where a node is seen, hand's move and all. */
  spotter({ x, y, scale } = this.camera()) {
    const { width, height } = this.size();
    const grown = Math.sqrt(scale * this.drawn().scale * this.net.getCamera().getState().ratio);
    return (id) => {
      const look = this.looks.get(id);
      return { x: (look.x - x) * scale + width / 2, y: (look.y - y) * scale + height / 2, r: look.size * grown };
    };
  }

  hit(at) {
    const spot = this.spotter();
    let best = { d: Infinity };
    for (const id of this.display.nodes) {
      const s = spot(id);
      const d = Math.hypot(s.x - at.x, s.y - at.y) - Math.max(s.r, 3);
      if (d < 3 && d < best.d) best = { d, node: id };
    }
    return best.node !== undefined ? { node: best.node } : this.edgeAt(at, spot);
  }

  edgeAt({ x, y }, spot) {
    let best = { d: 5 };
    for (const edge of this.display.edges) {
      if (this.faded && !this.faded.edges.has(edge.id)) continue;
      const [a, b] = [spot(edge.a), spot(edge.b)];
      if (x < Math.min(a.x, b.x) - 6 || x > Math.max(a.x, b.x) + 6 || y < Math.min(a.y, b.y) - 6 || y > Math.max(a.y, b.y) + 6)
        continue;
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const t = Math.min(Math.max(((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1), 0), 1);
      const d = Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
      if (d < best.d) best = { d, edge: edge.id };
    }
    return best.edge ? { edge: best.edge } : {};
  }

  /* At most once in 40 ms, and only what lies under the pointer when it slows down. */
  hover(at) {
    clearTimeout(this.hoverLate);
    if (!at) return KG.emit("hover", null);
    this.hoverLate = setTimeout(() => {
      const { node } = this.hit(at);
      this.box.style.cursor = node !== undefined ? "pointer" : "";
      KG.emit("hover", node !== undefined ? { node, at } : null);
    }, 40);
  }

  over() {
    this.sheet.style.transform = "";
    [this.heading, this.ratio] = [null, this.net.getCamera().getState().ratio];
    const ratio = window.devicePixelRatio || 1;
    const { width, height } = this.size();
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.layer.width !== w || this.layer.height !== h) [this.layer.width, this.layer.height] = [w, h];
    const ctx = this.layer.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    if (!this.palette) return;
    const spot = this.spotter();
    KG.VisDrawer.prototype.ring.call(this, ctx, spot);
    const edges = this.faded ? this.display.edges.filter((e) => this.faded.edges.has(e.id)).slice(0, 400) : [];
    this.labels = KG.placeLabels(
      { ...this.display, nodes: this.nearest(spot, width, height), edges },
      spot,
      { width, height },
      this.camera().scale,
    );
    KG.drawLabels(ctx, this.labels, this.palette, this.faded);
  }

  /* Only the most important in view compete for labels: placing five thousand names would take too long. */
  nearest(spot, width, height) {
    const inside = this.display.nodes.filter((id) => {
      const s = spot(id);
      return s.x > 0 && s.y > 0 && s.x < width && s.y < height;
    });
    const forced = new Set(this.display.forced || []);
    return inside.sort((a, b) => forced.has(b) - forced.has(a) || KG.nodes[a].order - KG.nodes[b].order || a - b).slice(0, 220);
  }

  size() {
    return { width: this.box.clientWidth, height: this.box.clientHeight };
  }
  fade(faded) {
    if (!faded && !this.faded) return;
    this.faded = faded;
    this.net.refresh({ skipIndexation: true, schedule: true });
  }
  redraw() {
    this.net.refresh({ skipIndexation: true, schedule: true });
  }
  measure() {
    this.net.resize();
  }
  look(camera) {
    this.aim(camera);
  }
  fit() {
    const camera = KG.fitting(this.display, this.size(), KG.home.boost);
    if (camera) this.look(camera);
  }
  destroy() {
    clearTimeout(this.late);
    this.net.kill();
    this.sheet.remove();
  }
};

/* A colour laid over the paper at some strength: lines without blending draw faster. */
KG.mix = function (colour, paper, share) {
  const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  const [over, under] = [rgb(colour), rgb(paper)];
  return `#${over
    .map((c, i) =>
      Math.round(c * share + under[i] * (1 - share))
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
};
