/* Picture: what is seen as SVG, drawn anew from the same looks and labels, and as PNG made of that. */
"use strict";
const [BAND, MARGIN] = [54, 14]; // room over the picture for its title, and about what stands under it
KG.toSvg = function ({ bare = false } = {}) {
  const palette = bare ? { ...KG.palette(), paper: "#ffffff" } : KG.palette();
  if (KG.WIDE.includes(KG.state.level)) {
    const live = KG.$(KG.state.level).querySelector("svg");
    if (!live) return KG.framedSvg("", 600, 40, palette);
    return KG.framedSvg(KG.sheetSvg(live), live.width.baseVal.value, live.height.baseVal.value, palette);
  }
  const { width, height } = KG.drawer.size();
  const body = KG.graphSvg(width, height, palette);
  if (bare)
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n${body}\n</svg>\n`;
  return KG.framedSvg(body, width, height, palette);
};

KG.graphSvg = function (width, height, palette) {
  const camera = KG.drawer.camera();
  const screen = (p) => ({ x: (p.x - camera.x) * camera.scale + width / 2, y: (p.y - camera.y) * camera.scale + height / 2 });
  const looks = new Map(KG.display.nodes.map((id) => [id, KG.nodeLook(id, KG.display, palette)]));
  const spot = (id) => ({ ...screen(looks.get(id)), r: looks.get(id).size * camera.scale });
  const labels = KG.placeLabels(KG.display, spot, { width, height }, camera.scale);
  return [
    `<rect width="${width}" height="${height}" fill="${palette.paper}"/>`,
    ...KG.display.edges.map((e) => KG.svgEdge(e, spot, camera.scale, palette)),
    ...KG.display.nodes.map((id) => KG.svgNode(looks.get(id), spot(id))),
    ...labels.map((l) => KG.svgLabel(l, palette)),
  ].join("\n");
};

/* A picture that leaves the page says what it is: title and dates over it; legend, filters, note and credits under it. */
KG.framedSvg = function (body, width, height, palette) {
  const key = KG.svgKey(width, palette);
  const lines = [KG.filterWords(), KG.state.note && `Note: ${KG.state.note}`, KG.creditWords()].filter(Boolean);
  const wrapped = lines.flatMap((line) => KG.wrap(line, width - 2 * MARGIN, `400 11px ${KG.SANS}`));
  const foot = key.height + wrapped.length * 15 + 2 * MARGIN;
  const total = height + BAND + foot;
  const text = (x, y, size, fill, words, more = "") =>
    `<text x="${x}" y="${y}" font-family='${KG.SANS}' font-size="${size}" fill="${fill}"${more}>${KG.xml(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 ${-BAND} ${width} ${total}">`,
    `<style>${KG.fontStyle()}</style>`,
    `<rect y="${-BAND}" width="${width}" height="${total}" fill="${palette.paper}"/>`,
    `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" overflow="hidden">${body}</svg>`,
    `<text x="${MARGIN}" y="-30" font-family='${KG.SERIF}' font-weight="700" font-size="18" fill="${palette.ink}">${KG.xml(KG.title)}</text>`,
    text(MARGIN, -12, 11.5, palette.soft, KG.$("standfirst").textContent, ' class="dates"'),
    `<g class="key" transform="translate(0 ${height + MARGIN})">${key.svg}</g>`,
    ...wrapped.map((line, i) => text(MARGIN, height + MARGIN + key.height + 12 + i * 15, 11, palette.soft, line, ' class="small"')),
    "</svg>\n",
  ].join("\n");
};

KG.wrap = function (text, width, font) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (KG.measure(longer, font) <= width || !lines[lines.length - 1]) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
};

/* The legend of what is drawn now. */
KG.svgKey = function (width, palette) {
  const { nodes, edges, level } = KG.display;
  const kinds = new Set(nodes.map((id) => KG.nodes[id].kind));
  const wide = KG.WIDE.includes(KG.state.level);
  const items = [];
  if (KG.state.level !== "timeline") {
    if (KG.state.level === "map") items.push([KG.sign("place", palette.kinds.place, 12), 12, "places; a stronger shade or larger circle: more events"]);
    else if (KG.state.colour === "com") items.push([KG.sign("person", palette.com[0], 12), 12, "colour: community"]);
    for (const [kind, { many }] of Object.entries(KG.styles.kinds))
      if (!wide && kinds.has(kind)) items.push([KG.sign(kind, KG.state.colour === "com" ? palette.soft : palette.kinds[kind], 12), 12, many]);
    for (const [stance, { label }] of Object.entries(KG.styles.stances))
      if (edges.some((e) => e.stance === stance)) items.push([KG.lineSign(stance, "Asserted", palette), 40, label]);
    if (level === "quotes") items.push([KG.lineSign("statement", "Asserted", palette), 40, "Speaks of"]);
    for (const [modality, { label }] of Object.entries(KG.styles.modalities))
      if (modality !== "Asserted" && edges.some((e) => e.modality === modality))
        items.push([KG.lineSign("neutral", modality, palette), 40, label]);
  }
  let [x, y] = [MARGIN, 0];
  const out = [];
  for (const [sign, room, words] of items) {
    const wideness = room + 6 + KG.measure(words, `400 11.5px ${KG.SANS}`) + 18;
    if (x > MARGIN && x + wideness > width) [x, y] = [MARGIN, y + 20];
    sign.setAttribute("x", x);
    sign.setAttribute("y", y);
    sign.setAttribute("width", room);
    sign.setAttribute("height", room === 12 ? 12 : 14);
    out.push(
      new XMLSerializer().serializeToString(sign),
      `<text x="${x + room + 6}" y="${y + 10}" font-family='${KG.SANS}' font-size="11.5" fill="${palette.ink}">${KG.xml(words)}</text>`,
    );
    x += wideness;
  }
  return { svg: out.join("\n"), height: items.length ? y + 24 : 0 };
};

/* What is chosen, in words. */
KG.filterWords = function () {
  const { state } = KG;
  const names = (field, table, key) => state[field].filter((k) => table[k]).map((k) => table[k][key].toLowerCase());
  const kinds = state.kinds.filter((k) => k !== "article");
  const off = [
    ...kinds.map((k) => KG.styles.kinds[k].many.toLowerCase()),
    ...names("stances", KG.styles.stances, "label").map((n) => `${n} ties`),
    ...names("mods", KG.styles.modalities, "label").map((n) => `what is told as ${n}`),
    ...state.classes.map((cls) => KG.classOf(cls).name.toLowerCase()),
  ];
  const { nodes, edges, total, allEdges, aside, rim } = KG.display;
  const wide = KG.WIDE.includes(state.level);
  const source = state.source.startsWith("p:") ? state.source.slice(2) : state.source && KG.nodes[KG.long(state.source.slice(2))]?.label;
  const words = [
    KG.LEVELS.find((l) => l.id === state.level).name,
    off.length && `without ${off.join(", ")}`,
    state.conf > 0 && `at least ${Math.round(state.conf * 100)} % sure`,
    state.article && `from “${KG.articles.find((a) => a.iri === state.article)?.h}”`,
    source && `according to ${source}`,
    (state.from || state.to) && `${state.from ? KG.sayDate(state.from, true) : "start"} – ${state.to ? KG.sayDate(state.to, true) : "end"}`,
    state.roots.length && `within ${KG.plural(state.steps, "step")} of ${state.roots.map((id) => KG.clip(KG.nodes[id].label, 60)).join(", ")}`,
    state.cut.length && KG.plural(state.cut.length, "hidden node"),
    !wide && nodes.length < total && `the ${nodes.length} most important of ${total}`,
    !wide && edges.length < allEdges && `the ${edges.length} strongest of ${allEdges} ties`,
    !wide && aside?.length > rim?.length && `${aside.length - rim.length} without a tie stand aside`,
  ].filter(Boolean);
  return `Shown: ${words.join("; ")}.`;
};
KG.creditWords = function () {
  const publishers = [...new Set(KG.articles.map((a) => a.pub).filter(Boolean))];
  const shown = publishers.slice(0, 8).join(", ") + (publishers.length > 8 ? ` and ${publishers.length - 8} more` : "");
  const from = `Source: ${KG.plural(KG.counts.kinds.get("article"), "article")}${shown && ` (${shown})`}.`;
  return `${from} Found by machine and not checked. Drawn with newskg.${KG.state.level === "map" ? " Borders: Natural Earth." : ""}`;
};

KG.svgEdge = function (edge, spot, scale, palette) {
  const look = KG.edgeLook(edge, palette);
  const [a, b] = [spot(edge.a), spot(edge.b)];
  const via = KG.via(a, b, look.bend);
  const d = `M${a.x.toFixed(1)} ${a.y.toFixed(1)}Q${via.x.toFixed(1)} ${via.y.toFixed(1)} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`;
  const out = [];
  if (look.mark === "double")
    out.push(
      `<path d="${d}" fill="none" stroke="${look.colour}" stroke-opacity="${(look.opacity * 0.22).toFixed(2)}" stroke-width="${(look.width * scale + 5).toFixed(1)}"/>`,
    );
  out.push(
    `<path d="${d}" fill="none" stroke="${look.colour}" stroke-opacity="${look.opacity.toFixed(2)}" stroke-width="${(look.width * scale).toFixed(2)}"${look.dash.length ? ` stroke-dasharray="${look.dash.map((n) => n * scale).join(" ")}"` : ""}/>`,
  );
  if (look.mark === "tick")
    out.push(
      `<path d="${KG.ticks(a, via, b)
        .map(([p, q]) => `M${p.x.toFixed(1)} ${p.y.toFixed(1)}L${q.x.toFixed(1)} ${q.y.toFixed(1)}`)
        .join("")}" stroke="${look.colour}" stroke-opacity="${look.opacity.toFixed(2)}"/>`,
    );
  if (look.arrow) out.push(KG.svgArrow(look, a, via, b, scale));
  return out.join("");
};

KG.svgArrow = function (look, a, via, b, scale) {
  const length = Math.max(Math.hypot(b.x - a.x, b.y - a.y), 1);
  const at = KG.along(a, via, b, Math.max(0.5, 1 - (b.r + 1) / length));
  const s = Math.max(4, (6 + look.width) * Math.min(scale, 1.4));
  const turn = `transform="translate(${at.x.toFixed(1)} ${at.y.toFixed(1)}) rotate(${((at.angle * 180) / Math.PI).toFixed(1)})"`;
  if (look.arrow === "circle") return `<circle ${turn} cx="${-s / 2}" r="${(s / 2).toFixed(1)}" fill="${look.colour}"/>`;
  const wing = look.arrow === "vee" ? `fill="none" stroke="${look.colour}" stroke-width="1.4"` : `fill="${look.colour}"`;
  return `<path ${turn} d="M${-s} ${-s / 2}L0 0L${-s} ${s / 2}${look.arrow === "vee" ? "" : "Z"}" ${wing}/>`;
};

KG.svgNode = function (look, { x, y, r }) {
  const turn = (points) => points.map(([dx, dy]) => `${(x + dx * r).toFixed(1)},${(y + dy * r).toFixed(1)}`).join(" ");
  const paint = `fill="${look.fill}" stroke="${look.line}" stroke-width="${look.hollow ? 2 : 1.5}"${look.hollow ? ' stroke-dasharray="3 2"' : ""}`;
  const corners = {
    square: [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ],
    hexagon: [0, 1, 2, 3, 4, 5].map((k) => [Math.cos((k * Math.PI) / 3), Math.sin((k * Math.PI) / 3)]),
    diamond: [
      [0, -1],
      [1, 0],
      [0, 1],
      [-1, 0],
    ],
    triangle: [
      [0, -1.1],
      [1, 0.8],
      [-1, 0.8],
    ],
    triangleDown: [
      [0, 1.1],
      [1, -0.8],
      [-1, -0.8],
    ],
  }[look.shape];
  return corners
    ? `<polygon points="${turn(corners)}" ${paint}/>`
    : `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r.toFixed(1)}" ${paint}/>`;
};

KG.svgLabel = function (label, palette) {
  const fill = KG.toneOf(label, palette);
  const turn = label.angle
    ? ` transform="rotate(${((label.angle * 180) / Math.PI).toFixed(1)} ${label.x.toFixed(1)} ${label.y.toFixed(1)})"`
    : "";
  return `<text x="${label.x.toFixed(1)}" y="${(label.y + label.px * 0.35).toFixed(1)}"${turn} text-anchor="middle" font-family='${KG.SANS}' font-size="${label.px}" font-weight="${label.weight}" fill="${fill}" stroke="${palette.paper}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">${KG.xml(label.text)}</text>`;
};

/* For the printer: the picture as lines and letters, in the place of the canvas. */
KG.printPicture = function () {
  const host = KG.$("print");
  if (KG.WIDE.includes(KG.state.level) || !KG.display.nodes.length) return KG.put(host);
  KG.put(host, new DOMParser().parseFromString(KG.toSvg({ bare: true }), "image/svg+xml").documentElement);
};

/* Timeline and map are SVG already; their styles come from the sheet and are written into the copy. */
KG.sheetSvg = function (live) {
  const copy = live.cloneNode(true);
  const originals = [live, ...live.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((node, i) => {
    const style = getComputedStyle(originals[i]);
    for (const name of ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "fill-opacity", "paint-order", "font-family", "font-size", "font-weight"])
      node.setAttribute(name, style.getPropertyValue(name));
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.prepend(KG.el("svg:rect", { width: "100%", height: "100%", fill: KG.token(KG.state.level === "map" ? "--sea" : "--paper") }));
  return new XMLSerializer().serializeToString(copy);
};

KG.toPng = async function (times = 2) {
  const image = new Image();
  const svg = KG.toSvg();
  await new Promise((done, failed) => {
    image.onload = done;
    image.onerror = failed;
    image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  });
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * times, image.height * times];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => {
    canvas.toBlob(done, "image/png");
  });
};
