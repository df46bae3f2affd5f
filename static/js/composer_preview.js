// Switches a composer between writing and preview. htmx fetches the preview itself (its button
// carries hx-post); without script the same button submits the form and the page comes back with it.
for (const composer of document.querySelectorAll(".hk-composer")) {
  const [write, preview] = composer.querySelectorAll(".hk-tabs__tab");
  write.addEventListener("click", () => show(composer, write));
  preview.addEventListener("click", () => show(composer, preview));
}

function show(composer, tab) {
  const writing = tab.hasAttribute("data-write");
  for (const other of composer.querySelectorAll(".hk-tabs__tab")) {
    if (other === tab) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
  composer.querySelector("textarea").hidden = !writing;
  composer.querySelector("markdown-toolbar").hidden = !writing;
  composer.querySelector(".hk-composer__preview").hidden = writing;
  if (writing) composer.querySelector("textarea").focus();
}
