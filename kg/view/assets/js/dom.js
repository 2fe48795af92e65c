/* DOM: make elements from names and text. Text is only ever set as text. */
"use strict";
KG.el = function (tag, props, ...children) {
  const svg = tag.startsWith("svg:");
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4)) : document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [name, hook] of Object.entries(value)) node.addEventListener(name, hook);
    else if (key === "style") for (const [name, v] of Object.entries(value)) node.style.setProperty(name, v);
    else if (key === "class") node.setAttribute("class", value);
    else if (
      key === "checked" ||
      key === "selected" ||
      key === "disabled" ||
      key === "value" ||
      key === "hidden" ||
      key === "tabIndex"
    )
      node[key] = value;
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  if (props?.dir === "auto") node.setAttribute("dir", KG.direction(node.textContent));
  return node;
};

/* The direction that most letters have: an English sentence that begins with an Arabic name still runs from the left. */
KG.direction = function (text) {
  const right = (text.match(/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/g) || []).length;
  return right * 2 > (text.match(/\p{L}/gu) || []).length ? "rtl" : "ltr";
};

KG.$ = (id) => document.getElementById(id);
KG.put = (host, ...children) =>
  host.replaceChildren(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false && c !== ""));
KG.button = (text, press, props = {}) => KG.el("button", { type: "button", ...props, on: { click: press } }, text);
KG.say = (text) => {
  KG.$("live").textContent = text;
};

/* A link out of the page, for http and https only; it is followed by a click and by nothing else. */
KG.link = function (address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return document.createTextNode(text);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return document.createTextNode(text);
  return KG.el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text);
};

/* The sign of a kind of node, as drawn on the canvas. */
KG.sign = function (kind, colour, size = 14) {
  const shapes = {
    dot: ["circle", { cx: 8, cy: 8, r: 6 }],
    square: ["rect", { x: 2.5, y: 2.5, width: 11, height: 11 }],
    hexagon: ["polygon", { points: "4.5,2 11.5,2 15,8 11.5,14 4.5,14 1,8" }],
    diamond: ["polygon", { points: "8,1 15,8 8,15 1,8" }],
    triangle: ["polygon", { points: "8,2 15,14 1,14" }],
    triangleDown: ["polygon", { points: "1,3 15,3 8,15" }],
  };
  const [tag, at] = shapes[KG.styles.kinds[kind].shape];
  const hollow = kind === "group";
  const paint = hollow ? { fill: "none", stroke: colour, "stroke-width": 2, "stroke-dasharray": "3 2" } : { fill: colour };
  return KG.el(
    "svg:svg",
    { viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true", class: "sign" },
    KG.el(`svg:${tag}`, { ...at, ...paint }),
  );
};

/* A sample of a line: stance by mark and arrow, modality by dash. */
KG.lineSign = function (stance, modality, palette) {
  const colour = palette.stances[stance];
  const { dash, weight } = KG.styles.modalities[modality];
  const mark = (KG.styles.stances[stance] || {}).mark;
  const parts = [
    KG.el("svg:line", {
      x1: 2,
      y1: 8,
      x2: 34,
      y2: 8,
      stroke: colour,
      "stroke-width": 2,
      "stroke-dasharray": dash.join(" ") || null,
      opacity: weight,
    }),
  ];
  if (mark === "double")
    parts.unshift(KG.el("svg:line", { x1: 2, y1: 8, x2: 32, y2: 8, stroke: colour, "stroke-width": 9, opacity: 0.22 }));
  if (mark === "tick")
    for (const x of [7, 13, 19, 25])
      parts.push(KG.el("svg:line", { x1: x, y1: 4, x2: x, y2: 12, stroke: colour, "stroke-width": 1.4 }));
  if (stance === "friendly") parts.push(KG.el("svg:circle", { cx: 37, cy: 8, r: 4, fill: colour, opacity: weight }));
  else if (stance === "hostile") parts.push(KG.el("svg:polygon", { points: "32,3 42,8 32,13", fill: colour, opacity: weight }));
  else
    parts.push(
      KG.el("svg:polyline", { points: "33,3 41,8 33,13", fill: "none", stroke: colour, "stroke-width": 2, opacity: weight }),
    );
  return KG.el("svg:svg", { viewBox: "0 0 44 16", width: 44, height: 16, "aria-hidden": "true", class: "line-sign" }, parts);
};

/* The one dialog, filled anew each time. */
KG.dialog = function (title, ...body) {
  const dialog = KG.$("dialog");
  KG.put(
    dialog,
    KG.el(
      "header",
      {},
      KG.el("h2", { id: "dialog-title" }, title),
      KG.button("×", () => dialog.close(), { class: "close", "aria-label": "Close" }),
    ),
    body,
  );
  dialog.showModal();
};
