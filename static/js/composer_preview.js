// Switches a composer between writing and preview. htmx fetches the preview itself (its button
// carries hx-post); without script the same button submits the form and the page comes back with it.
document.addEventListener("click", (event) => {
  const tab = event.target.closest(".hk-composer .hk-tabs__tab");
  if (tab) show(tab.closest(".hk-composer"), tab);
});

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
