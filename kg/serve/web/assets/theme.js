// Takes the theme that the reader chose before; it stands in the head, so that no page flashes in the other one.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("kg-theme");
  } catch {
    // storage may be forbidden; the system's theme holds then
  }
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
})();
