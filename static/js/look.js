// The settings page's preview: a sample takes its colour from its own data, at once. A style sheet
// that arrives a moment later would let it flash in the colour of the page.
const box = document.getElementById("look-preview");

function colour() {
  for (const sample of box.querySelectorAll("[data-hue]")) {
    sample.style.setProperty("--hk-brand-hue", sample.dataset.hue);
    sample.style.setProperty("--hk-brand-chroma", sample.dataset.chroma);
  }
}

colour();
new MutationObserver(colour).observe(box, { childList: true, subtree: true });
