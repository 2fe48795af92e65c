/* Map: countries as areas and places as points on an outline of the world that travels with the page. */
"use strict";
KG.hasMap = () => (KG.loading ? KG.mapped : Boolean(KG.land) && KG.nodes.some((n) => KG.anchor(n)));

/* How far the reader has moved and magnified the map. */
KG.mapCamera = { k: 1, dx: 0, dy: 0 };
KG.mapSize = { width: 0, height: 0 };
KG.moveMap = function (dx, dy, k, at) {
  const { width, height } = KG.mapSize;
  const [cx, cy] = [at.x - width / 2, at.y - height / 2];
  const was = KG.mapCamera;
  const next = Math.min(Math.max(was.k * k, 1), 12);
  const by = next / was.k;
  KG.mapCamera = { k: next, dx: (was.dx - cx) * by + cx + dx, dy: (was.dy - cy) * by + cy + dy };
  cancelAnimationFrame(KG.mapFrameDue);
  KG.mapFrameDue = requestAnimationFrame(KG.showMap);
};
KG.zoomMap = function (factor) {
  const { width, height } = KG.mapSize;
  KG.moveMap(0, 0, factor, { x: width / 2, y: height / 2 });
};
KG.buildMap = function () {
  const none = { x: 0, y: 0 };
  KG.mapHand = new KG.Hand(KG.$("map"), {
    pan: (dx, dy) => KG.moveMap(dx, dy, 1, none),
    zoom: (k, at) => KG.moveMap(0, 0, k, at),
    done: () => {},
    hover: (at) => {
      const { left, top } = KG.$("map").getBoundingClientRect();
      const hit = at && document.elementFromPoint(at.x + left, at.y + top)?.closest("[data-node], [data-edge]");
      if (!hit) return KG.emit("hover", null);
      KG.emit("hover", hit.dataset.edge ? { edge: hit.dataset.edge, at } : { node: Number(hit.dataset.node), at });
    },
    open: () => KG.zoomMap(1.6),
    tap: (at) => {
      const { left, top } = KG.$("map").getBoundingClientRect();
      const hit = document.elementFromPoint(at.x + left, at.y + top)?.closest("[data-node], [data-edge]");
      if (!hit) return KG.set({ sel: "" });
      if (hit.dataset.node) KG.pick(Number(hit.dataset.node));
      else KG.emit("pick", { edge: hit.dataset.edge });
    },
  });
};

/* The countries: rings of points, and the middle of the largest. */
KG.countries = function () {
  if (KG.lands || !KG.land) return KG.lands || [];
  const arcs = KG.land.arcs.map((flat) => {
    const points = [];
    let [x, y] = [0, 0];
    for (let i = 0; i < flat.length; i += 2) points.push([(x += flat[i]) / 10, (y += flat[i + 1]) / 10]);
    return points;
  });
  // a ring that crosses the date line goes on beyond it
  const ringOf = (ids) => {
    const ring = ids.flatMap((i, k) => (i < 0 ? [...arcs[~i]].reverse() : arcs[i]).slice(k ? 1 : 0));
    let turns = 0;
    const whole = ring.map(([x, y], k) => {
      if (k && Math.abs(x - ring[k - 1][0]) > 180) turns += x < ring[k - 1][0] ? 360 : -360;
      return [x + turns, y];
    });
    const middle = whole.reduce((sum, [x]) => sum + x, 0) / whole.length;
    const home = middle < -180 ? 360 : middle > 180 ? -360 : 0;
    return whole.map(([x, y]) => [x + home, y]);
  };
  KG.lands = KG.land.lands.map(([name, rings]) => {
    const points = rings.map(ringOf);
    return { name, key: KG.fold(name), rings: points, middle: KG.middleOf(points) };
  });
  return KG.lands;
};
KG.middleOf = function (rings) {
  let best = { area: -1 };
  for (const ring of rings) {
    let [area, x, y] = [0, 0, 0];
    ring.forEach(([x0, y0], i) => {
      const [x1, y1] = ring[(i + 1) % ring.length];
      const cross = x0 * y1 - x1 * y0;
      [area, x, y] = [area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross];
    });
    if (Math.abs(area) > best.area) best = { area: Math.abs(area), at: area ? [x / (3 * area), y / (3 * area)] : ring[0] };
  }
  return best.at;
};
KG.inLand = (land, [x, y]) =>
  land.rings.some((ring) => {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
    return inside;
  });

/* Where a place lies: a country is its area, by its name or by where its coordinates fall; all else is a point. */
KG.landOf = function (node) {
  if (node.land !== undefined) return node.land;
  node.land = null;
  if (node.kind !== "place" || !(node.cls || []).includes("schema:Country")) return null;
  const names = new Set([node.label, ...(node.aka || [])].map(KG.fold));
  const lands = KG.countries();
  node.land =
    lands.find((l) => names.has(l.key)) || (node.at ? lands.find((l) => KG.inLand(l, node.at)) : undefined) || null;
  return node.land;
};
KG.anchor = (node) => KG.landOf(node)?.middle || node.at;

KG.showMap = function () {
  const host = KG.$("map");
  if (KG.state.level !== "map") return;
  const told = new Map();
  for (const fact of KG.display.facts) {
    for (const id of new Set(fact.parts.map((p) => p[1])))
      if (KG.nodes[id].kind === "place" || KG.nodes[id].at) told.set(id, [...(told.get(id) || []), fact]);
  }
  const hidden = (id) => KG.state.cut.includes(id) || KG.state.kinds.includes(KG.nodes[id].kind);
  const much = (id, facts) => {
    const { events, there } = KG.deeds(KG.nodes[id], facts);
    return [id, events + there, KG.deedWords(KG.nodes[id], facts)];
  };
  const all = [...told]
    .filter(([id]) => !hidden(id))
    .map(([id, facts]) => much(id, facts))
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const places = all.filter(([id]) => KG.anchor(KG.nodes[id]));
  const unknown = all.filter(([id]) => !KG.anchor(KG.nodes[id]));
  if (!places.length)
    return KG.put(host, KG.el("p", { class: "nothing" }, "No place with known coordinates passes the filters."), KG.mapBeside(unknown));
  const frame = KG.mapFrame(places.map(([id]) => KG.anchor(KG.nodes[id])));
  const palette = KG.palette();
  const { size, room, under, scale: near, y: top } = KG.mapRoom(frame, unknown.length);
  const beside = KG.mapBeside(unknown, under);
  const { k, dx, dy } = KG.mapCamera;
  KG.mapSize = { width: room, height: size.height };
  const scale = near * k;
  const [cx, cy] = [frame.x + frame.w / 2, top + size.height / near / 2];
  const at = ([lon, lat]) => {
    const [x, y] = KG.globe(lon, lat);
    return [(x - cx) * scale + room / 2 + dx, (y - cy) * scale + size.height / 2 + dy];
  };
  const land = KG.countries().flatMap((l) => l.rings.map((ring) => KG.ringPath(ring, at, size))).join("");
  const most = Math.max(places[0][1], 1);
  const radius = (n) => 4 + 18 * Math.sqrt(n / most);
  const own = KG.hereOnMap();
  const spots = places.map(([id, n, words]) => {
    const area = KG.landOf(KG.nodes[id]);
    return { id, n, words, area, xy: at(KG.anchor(KG.nodes[id])), r: area ? 3 : radius(n) };
  });
  const sign = (s) =>
    s.area
      ? KG.el("svg:path", {
          d: s.area.rings.map((ring) => KG.ringPath(ring, at, size)).join(""),
          class: own.has(s.id) ? "area here" : "area",
          "fill-opacity": (0.18 + 0.5 * Math.sqrt(s.n / most)).toFixed(2),
        })
      : KG.el("svg:circle", {
          cx: s.xy[0],
          cy: s.xy[1],
          r: s.r,
          class: own.has(s.id) ? "here" : "",
        });
  const group = (s) =>
    KG.el(
      "svg:g",
      {
        class: "spot",
        tabindex: 0,
        role: "button",
        "aria-label": `${KG.nodes[s.id].label}, ${s.words}`,
        "data-node": s.id,
        on: {
          keydown: (e) => {
            if (e.key === "Enter" || e.key === " ") {
              KG.pick(s.id);
              e.preventDefault();
            }
          },
        },
      },
      sign(s),
      KG.el("svg:title", {}, `${KG.nodes[s.id].label}: ${s.words}`),
    );
  KG.put(
    host,
    KG.el(
      "svg:svg",
      {
        viewBox: `0 0 ${size.width} ${size.height}`,
        width: size.width,
        height: size.height,
        class: "world",
        role: "group",
        "aria-label": "Map of places",
      },
      KG.el("svg:path", { d: land, class: "land" }),
      spots.filter((s) => s.area).map(group),
      KG.mapArcs(places, at, palette),
      spots.filter((s) => !s.area).map(group),
      KG.mapNames(spots, size),
    ),
    beside,
    KG.el("p", { class: "credit", style: { top: `${size.height - 22}px` } }, "Borders: Natural Earth"),
  );
};

/* How much of the stage the map takes, and where what is not on it is listed: beside it; or under it, where the map would else
   show more than the land that people live on, or be much smaller. */
KG.mapRoom = function (frame, unknown) {
  const [width, height] = [KG.$("stage").clientWidth, KG.$("stage").clientHeight];
  const [top, foot] = [KG.globe(0, 74)[1], KG.globe(0, -56)[1]];
  const room = width - (unknown && width > 700 ? 240 : 0);
  const scale = (w, h) => Math.min(w / frame.w, h / frame.h);
  const rows = 76 + 24 * Math.ceil(unknown / Math.max(Math.floor((width - 90) / 205), 1)) + (width > 700 ? 0 : 60);
  const spare = height - scale(width, height) * (foot - top);
  const under = Math.min(Math.max(spare * 0.85, Math.min(rows, Math.max(spare, 130))), height * 0.55);
  const seas = height > scale(room, height) * (foot - top);
  const below = unknown && (seas || (width > 700 && scale(width, height - under) > scale(room, height) * 1.15));
  const size = below ? { width, height: height - under } : { width, height };
  const k = scale(below ? width : room, size.height);
  // as little as may be of what lies beyond
  const high = size.height / k;
  const y = high > foot - top ? (top + foot - high) / 2 : Math.min(Math.max(frame.y + (frame.h - high) / 2, top), foot - high);
  return { size, room: below ? width : room, under: below ? under : 0, scale: k, y };
};

/* The place that is selected, or those that a selected fact is at or about. */
KG.hereOnMap = function () {
  const id = KG.selected();
  return new Set(id === null ? [] : [id, ...KG.partsOf(KG.facts[KG.nodes[id]?.fact])]);
};

/* Places that the map can't show are listed beside it. */
KG.mapBeside = function (unknown, under = 0) {
  if (!unknown.length) return null;
  const open = under > 0 || (KG.$("map-beside")?.open ?? KG.$("stage").clientWidth > 700);
  return KG.el(
    "details",
    {
      id: "map-beside",
      class: under ? "map-beside under" : "map-beside",
      style: under ? { height: `${under}px` } : {},
      ...(open ? { open: true } : {}),
    },
    KG.el("summary", {}, `${KG.plural(unknown.length, "place")} not on the map`),
    KG.el("p", { class: "nothing" }, "Their coordinates are not known."),
    KG.el(
      "ul",
      {},
      unknown.slice(0, 200).map(([id, n, words]) => KG.el("li", {}, KG.nodeButton(id), n ? [" ", KG.el("small", {}, words)] : null)),
    ),
  );
};

/* Mercator's projection: shapes hold wherever the news is, and the world is not twice as broad as high. */
KG.globe = function (lon, lat) {
  const most = Math.max(Math.min(lat, 84), -78);
  return [lon, (-Math.log(Math.tan(Math.PI / 4 + (most * Math.PI) / 360)) * 180) / Math.PI];
};
KG.mapFrame = function (points) {
  const xy = points.map(([lon, lat]) => KG.globe(lon, lat));
  const [x0, x1] = [Math.min(...xy.map((p) => p[0])), Math.max(...xy.map((p) => p[0]))];
  const [y0, y1] = [Math.min(...xy.map((p) => p[1])), Math.max(...xy.map((p) => p[1]))];
  // the outline is coarse: never nearer than some two thousand kilometres across
  const [w, h] = [Math.max(x1 - x0 + Math.min((x1 - x0) * 0.24 + 2, 24), 24), Math.max((y1 - y0) * 1.24, 18)];
  return { x: (x0 + x1 - w) / 2, y: (y0 + y1 - h) / 2, w, h };
};
KG.ringPath = function (ring, at, size) {
  let d = "";
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < ring.length; i++) {
    const [x, y] = at(ring[i]);
    [x0, x1, y0, y1] = [Math.min(x0, x), Math.max(x1, x), Math.min(y0, y), Math.max(y1, y)];
    d += `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
  }
  return x1 < 0 || y1 < 0 || x0 > size.width || y0 > size.height ? "" : d + "Z";
};

KG.mapArcs = function (places, at, palette) {
  const shown = new Set(places.map(([id]) => id));
  return KG.display.edges
    .filter((e) => shown.has(e.a) && shown.has(e.b) && !e.part)
    .slice(0, 300)
    .map((edge) => {
      const [a, b] = [at(KG.anchor(KG.nodes[edge.a])), at(KG.anchor(KG.nodes[edge.b]))];
      const via = KG.via({ x: a[0], y: a[1] }, { x: b[0], y: b[1] }, 0.12 + edge.bend);
      const look = KG.edgeLook(edge, palette);
      const d = `M${a} Q${via.x} ${via.y} ${b}`;
      const opacity = Math.min(look.opacity + 0.2, 1);
      const width = Math.min(1.6 + Math.log2(edge.facts.length), 5);
      return KG.el(
        "svg:g",
        { class: "arc-group", "data-edge": edge.id },
        KG.el("svg:path", { d, class: "arc reach" }),
        KG.el("svg:path", {
          d,
          class: "arc",
          stroke: look.colour,
          "stroke-width": width,
          opacity,
          "stroke-dasharray": look.dash.join(" ") || null,
        }),
        edge.directed && KG.mapArrow(a, via, b, look.colour, opacity, 5 + width),
        KG.el("svg:title", {}, `${KG.nodes[edge.a].label} ${edge.label} ${KG.nodes[edge.b].label}`),
      );
    });
};
/* Which way a line runs: an arrow on its middle, where none of its ends covers it. */
KG.mapArrow = function (a, via, b, colour, opacity, s) {
  const p = KG.along({ x: a[0], y: a[1] }, via, { x: b[0], y: b[1] }, 0.56);
  return KG.el("svg:path", {
    d: `M${-s} ${-s * 0.6}L${s * 0.5} 0L${-s} ${s * 0.6}Z`,
    transform: `translate(${p.x.toFixed(1)} ${p.y.toFixed(1)}) rotate(${((p.angle * 180) / Math.PI).toFixed(1)})`,
    fill: colour,
    opacity,
    class: "arc-arrow",
  });
};

KG.mapNames = function (spots, size) {
  const room = new Room(size.width, size.height);
  for (const box of KG.covers("map")) room.take(box, "cover");
  for (const s of spots) room.take({ x0: s.xy[0] - s.r, x1: s.xy[0] + s.r, y0: s.xy[1] - s.r, y1: s.xy[1] + s.r }, s.id);
  return spots.slice(0, 400).map((s) => {
    const text = KG.clip(KG.nodes[s.id].label, 34);
    const box = KG.besides({ x: s.xy[0], y: s.xy[1], r: s.r }, KG.measure(text, `600 12px ${KG.SANS}`), 12).find((b) =>
      room.inside(b) && room.free(b, s.id),
    );
    if (!box) return null;
    room.take(box, s.id);
    return KG.el(
      "svg:text",
      { x: (box.x0 + box.x1) / 2, y: (box.y0 + box.y1) / 2 + 4, "text-anchor": "middle", class: "place-name" },
      text,
    );
  });
};
