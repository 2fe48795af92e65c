/* Frame: within the site the graph leaves header, search and dark switch to it, and its address is the site's. */
"use strict";
KG.framed = () => Boolean(KG.site) && window.parent !== window;
KG.tellSite = (message) => window.parent.postMessage({ kg: 1, ...message }, "*");

KG.joinSite = function () {
  if (!KG.framed()) return;
  document.body.classList.add("framed");
  KG.$("tabs").after(document.querySelector(".tools"), KG.$("search"));
  addEventListener("message", (e) => {
    if (e.source !== window.parent || !e.data || e.data.kg !== 1) return;
    const { theme, address, hash, edits, edited, source } = e.data;
    if (edits === true) KG.mayEdit = true;
    if (typeof source === "string") KG.served = source;
    if (edited && typeof edited === "object") KG.waiting?.(edited);
    if (theme === "dark" || theme === "light") KG.setTheme(theme);
    if (typeof address === "string") KG.outside = address;
    if (typeof hash === "string") KG.travel(hash);
  });
  KG.tellSite({ ready: true });
};

/* The address of this view: that of the page around it, where there is one. */
KG.address = () => (KG.outside || location.href).split("#")[0];

/* The page that the site has of a thing, by the same rule as its own (kg.serve.web.addresses); a span of text is a
   place in its article. Without a site there is none. */
KG.pageOf = function (iri, span = "") {
  if (!KG.site) return "";
  const rest = iri.startsWith(KG.site) ? iri.slice(KG.site.length) : null;
  const plain = rest !== null && !/[%?#\\\s<>"{}|^`]/.test(rest) && rest.split("/").every((s) => !["", ".", ".."].includes(s));
  if (plain) return `/page/${encodeURI(rest)}${span && `#${span}`}`;
  return `/page?iri=${encodeURIComponent(iri + (span && `#${span}`))}`;
};
KG.pageLink = (iri, text, span = "", props = {}) => KG.el("a", { href: KG.pageOf(iri, span), target: "_top", ...props }, text);
KG.spanOf = ({ b, t }) => `char=${b},${b + [...t].length}`;

/* Take the state that an address holds, without leaving a trace of one's own. */
KG.travel = function (hash) {
  const bare = hash.replace(/^#/, "");
  if (bare === (KG.lastHash ?? "")) return;
  if (!KG.ready) {
    KG.dueHash = bare;
    return;
  }
  KG.travelling = true;
  const { state, camera } = KG.fromHash(bare);
  KG.set(state, { quiet: true });
  if (camera) KG.drawer.look(camera, true);
  KG.travelling = false;
  KG.lastHash = bare;
};

/* The address follows the state, a moment later, so that a reload or a copied address restores the view. What the
   reader selects is a step of the browser's own history: Back undoes it. */
let addressTimer = 0;
let stepDue = false;
KG.keepAddress = function (step = false) {
  if (KG.travelling) {
    clearTimeout(addressTimer);
    stepDue = false;
    return;
  }
  stepDue ||= step;
  clearTimeout(addressTimer);
  addressTimer = setTimeout(KG.writeAddress, 120);
};
KG.writeAddress = function () {
  const hash = KG.toHash();
  if (hash === (KG.lastHash ?? "")) return;
  const push = stepDue;
  [stepDue, KG.lastHash] = [false, hash];
  if (KG.framed()) return KG.tellSite({ hash, push });
  const url = `${location.pathname}${location.search}${hash ? `#${hash}` : ""}`;
  try {
    if (push) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
  } catch {
    /* some viewers forbid it; the link menu works all the same */
  }
};
