// The graph in its frame: it takes the theme and the address of this page, and tells what its reader selects.
"use strict";

(() => {
  const frame = document.querySelector("iframe.drawing");
  const root = document.documentElement;
  const theme = () =>
    root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const tell = (message) => frame.contentWindow.postMessage({ kg: 1, ...message }, "*"); // its origin is opaque
  const address = () => location.href.split("#")[0];
  const wait = (on) => (document.querySelector(".drawing-wait").hidden = !on);
  let ready = false;
  const token = document.querySelector("meta[name=kg-edit]")?.content;
  const greet = () =>
    tell({
      theme: theme(),
      address: address(),
      ...(location.hash ? { hash: location.hash } : {}),
      source: document.querySelector("meta[name=kg-source]")?.content || "",
      ...(token ? { edits: true } : {}),
    });
  // a correction: this page alone knows the token that the server asks for
  const correct = async (edit) => tell({ edited: await postEdit(edit, token) });
  let drawn = 0;
  const redraw = () => {
    const url = new URL(frame.src);
    url.hash = "";
    url.searchParams.set("drawn", ++drawn);
    ready = false;
    wait(true);
    frame.src = url.href;
  };

  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || !event.data || event.data.kg !== 1) return;
    const { hash, push, find, dark } = event.data;
    if (event.data.ready === true) {
      wait(false);
      ready = true;
      greet();
    }
    if (typeof hash === "string" && hash.length < 20000) {
      const url = address() + (hash ? `#${hash}` : "");
      if (push === true) history.pushState(null, "", url);
      else history.replaceState(null, "", url);
    }
    if (token && event.data.edit && typeof event.data.edit === "object") correct(event.data.edit);
    if (token && event.data.redraw === true) redraw();
    if (find === true) document.getElementById("finder").focus();
    if (dark === true) document.querySelector("[data-theme-switch]").click();
  });
  // the frame may have been ready before this script was
  frame.addEventListener("load", () => {
    wait(false);
    if (!ready) greet();
    ready = true;
  });
  greet();
  for (const name of ["popstate", "hashchange"]) addEventListener(name, () => ready && tell({ hash: location.hash }));
  new MutationObserver(() => ready && tell({ theme: theme() })).observe(root, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => ready && tell({ theme: theme() }));
})();
