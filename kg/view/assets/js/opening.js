/* Opening: a big page draws its first picture from a small block of its own, and unpacks and reads the rest behind it.
   Until that is read, nothing is said that only the whole could tell. */
"use strict";
KG.loading = false;

/* Take the nodes and ties of the first picture; each keeps the number that it has among all, so there are gaps. */
KG.readOpening = function ({ nodes, facts, ...told }) {
  KG.opening = told;
  [KG.sentences, KG.articles, KG.nodes, KG.facts] = [[], [], [], []];
  for (const node of nodes) KG.nodes[node.id] = KG.readNode(node);
  for (const { i, p, ...row } of facts) KG.facts[i] = { ...KG.readFact({ iri: "", ...row }, i), pairs: p };
  KG.rankThings();
  KG.loading = true;
  KG.inert(true);
};

/* What needs the whole can't be pressed before it is there. */
KG.inert = function (on) {
  document.body.toggleAttribute("data-loading", on);
  KG.$("stage").setAttribute("aria-busy", String(on));
  for (const host of [KG.$("legend"), KG.$("tabs"), KG.$("time"), document.querySelector(".tools")]) host.inert = on;
};

/* The first picture: what `project` makes of the little that is there, and the numbers of the whole. */
KG.projectOpening = function () {
  const { total, ties, aside } = KG.opening;
  return Object.assign(KG.project(KG.DEFAULTS), { total, allEdges: ties, asideKinds: aside });
};
KG.showLoading = function () {
  KG.showLegend();
  KG.showPanel();
  KG.showTime();
  KG.notice(KG.loadingWords());
};

/* After the first picture is on the screen. */
KG.painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
KG.parsed = () =>
  new Promise((done) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done, { once: true });
    else done();
  });

KG.unpack = async function (host) {
  const packed = atob(host.textContent.trim());
  const bytes = new Uint8Array(packed.length);
  for (let k = 0; k < packed.length; k++) bytes[k] = packed.charCodeAt(k);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(host.dataset.packed));
  return JSON.parse(await new Response(stream).text());
};

/* Read the rest; where that cannot be, say why: the first picture stays. */
KG.readRest = async function () {
  await KG.painted();
  await KG.parsed();
  const host = KG.$("data");
  try {
    if (typeof DecompressionStream === "undefined")
      throw new Error("This browser is too old to unpack the rest of the graph; Chrome or Edge 80, Firefox 113, Safari 16.4 and later can.");
    const raw = await KG.unpack(host).catch(() => {
      throw new Error("The rest of the graph can’t be read: the file is damaged or not whole.");
    });
    KG.readData(raw);
  } catch (error) {
    KG.failed = error.message;
    KG.notice(KG.failed);
    KG.showPanel();
    KG.say(KG.failed);
    return false;
  }
  host.remove();
  KG.loading = false;
  KG.inert(false);
  return true;
};

/* What a reader does meanwhile is done once the rest is there. */
KG.later = function (change) {
  KG.due = { ...KG.due, ...change, ...(change.spots && { spots: { ...KG.due?.spots, ...change.spots } }) };
  KG.say(KG.loadingWords());
};

KG.loadingWords = () => KG.failed || "Reading all facts and their sentences …";
KG.loadingPanel = () => [
  KG.el("header", { class: "panel-head" }, KG.closer("sheet-only"), KG.el("h2", {}, "At a glance")),
  KG.el("p", { class: "nothing", id: "loading" }, KG.loadingWords()),
];
