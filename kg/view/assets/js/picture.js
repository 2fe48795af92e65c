/* Picture: what is seen as SVG, drawn anew from the same looks and labels, and as PNG made of that. */
"use strict";
const [BAND, FOOT] = [42, 26]; // room over the picture for its title, and under it for what it is drawn from
KG.toSvg = function ({ bare = false } = {}) {
  if (KG.WIDE.includes(KG.state.level)) return KG.sheetSvg(KG.$(KG.state.level).querySelector("svg"));
  const palette = bare ? { ...KG.palette(), paper: "#ffffff" } : KG.palette();
  const { width, height } = KG.drawer.size();
  const camera = KG.drawer.camera();
  const screen = (p) => ({ x: (p.x - camera.x) * camera.scale + width / 2, y: (p.y - camera.y) * camera.scale + height / 2 });
  const looks = new Map(KG.display.nodes.map((id) => [id, KG.nodeLook(id, KG.display, palette)]));
  const spot = (id) => ({ ...screen(looks.get(id)), r: looks.get(id).size * camera.scale });
  const labels = KG.placeLabels(KG.display, spot, { width, height }, camera.scale);
  const body = [
    bare ? "" : `<style>${KG.fontStyle()}</style>`,
    `<rect y="${-BAND}" width="${width}" height="${height + BAND + FOOT}" fill="${palette.paper}"/>`,
    ...KG.display.edges.map((e) => KG.svgEdge(e, spot, camera.scale, palette)),
    ...KG.display.nodes.map((id) => KG.svgNode(looks.get(id), spot(id))),
    ...labels.map((l) => KG.svgLabel(l, palette)),
    ...(bare
      ? []
      : [
          `<text x="14" y="-16" font-family='${KG.SERIF}' font-weight="700" font-size="17" fill="${palette.ink}">${KG.xml(KG.title)}</text>`,
          `<text x="14" y="${height + 16}" font-family='${KG.SANS}' font-size="10.5" fill="${palette.soft}">${KG.xml(KG.$("standfirst").textContent)}</text>`,
        ]),
  ];
  const [above, below] = bare ? [0, 0] : [BAND, FOOT];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + above + below}" viewBox="0 ${-above} ${width} ${height + above + below}">\n${body.join("\n")}\n</svg>\n`;
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
  const paper = KG.el("svg:rect", { width: "100%", height: "100%", fill: KG.token("--paper") });
  const style = KG.el("svg:style", {}, KG.fontStyle());
  copy.prepend(style, paper);
  return new XMLSerializer().serializeToString(copy) + "\n";
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
