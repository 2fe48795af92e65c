/* Fonts: the page's own typefaces, which travel in it; given as bytes, they need no request and no leave for one. */
"use strict";
KG.SANS = getComputedStyle(document.documentElement).getPropertyValue("--sans").trim();
KG.SERIF = getComputedStyle(document.documentElement).getPropertyValue("--serif").trim();
KG.fonts = JSON.parse(document.getElementById("fonts").textContent);

KG.loadFonts = async function () {
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
  const faces = KG.fonts.map((f) => new FontFace(f.family, bytes(f.data), { weight: "200 900", unicodeRange: f.range }));
  for (const face of faces) document.fonts.add(face);
  await Promise.allSettled(faces.map((face) => face.load()));
};

/* The same for a picture that leaves the page. */
KG.fontStyle = () =>
  KG.fonts
    .map(
      (f) =>
        `@font-face{font-family:"${f.family}";font-weight:200 900;unicode-range:${f.range};src:url(data:font/woff2;base64,${f.data})}`,
    )
    .join("");
