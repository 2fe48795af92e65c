// Lights up in the text the stretch that the address or the list beside it points at.
"use strict";

(() => {
  const text = document.getElementById("text");
  const pieces = [...text.querySelectorAll("[data-b]")];
  const light = (name, hash) => {
    const match = /^#?char=(\d+),(\d+)$/.exec(hash || "");
    for (const piece of pieces) {
      const inside = match && Number(piece.dataset.b) >= Number(match[1]) && Number(piece.dataset.e) <= Number(match[2]);
      piece.classList.toggle(name, Boolean(inside));
    }
    return match;
  };
  const arrive = () => {
    if (light("lit", decodeURIComponent(location.hash))) text.querySelector(".lit")?.scrollIntoView({ block: "center" });
  };
  for (const link of document.querySelectorAll(".place-in-text")) {
    const hash = link.getAttribute("href");
    for (const name of ["pointerenter", "focus"]) link.addEventListener(name, () => light("near", hash));
    for (const name of ["pointerleave", "blur"]) link.addEventListener(name, () => light("near", ""));
  }
  addEventListener("hashchange", arrive);
  arrive();
})();
