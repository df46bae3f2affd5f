// htmx 4 swaps the body of a refusal like any other. Ours is the fragment errors/_error.html: it
// belongs into the page's message place, not where the button was.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.response.status >= 400 && isQuiet(ctx)) ctx.swap = "none";
  if (ctx.response.status < 400 || isQuiet(ctx) || ctx.sourceElement.hasAttribute("data-errors-here")) return;
  aim(ctx);
});

// No answer at all (offline, time-out): say so in words that the layout holds ready.
document.addEventListener("htmx:error", (event) => {
  if (isQuiet(event.detail.ctx)) return;
  const place = messages();
  const words = document.getElementById("no-connection");
  if (place && words) place.replaceChildren(words.content.cloneNode(true));
  place?.focus();
});

function aim(ctx) {
  ctx.target = messages();
  ctx.swap = "innerHTML";
  ctx.select = undefined;
  ctx.target.focus();
}

// What asks by itself every half minute must not speak up or take the focus when it fails.
function isQuiet(ctx) {
  return ctx?.sourceElement?.hasAttribute("data-quiet") ?? false;
}

function messages() {
  return document.getElementById("messages");
}
