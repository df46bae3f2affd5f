// The desk on a wide screen: a row opens its thing beside the list (htmx swaps it), with an address of
// its own. On a narrow one, and without script, the thing is a page.
const wide = matchMedia("(min-width: 62rem)");
let here = address();

document.addEventListener("htmx:config:request", (event) => {
  const row = event.detail.ctx.sourceElement;
  if (!row.matches("[data-opens]") || wide.matches) return;
  event.preventDefault();
  location.assign(row.href);
});

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  if (!ctx.sourceElement.matches("[data-opens]") || ctx.swap === "none") return;
  history.pushState(null, "", ctx.request.action);
  here = address();
  const heading = document.querySelector("#desk-thing h2");
  heading?.focus();
  heading?.scrollIntoView({ block: "nearest" });
});

// "Back" leads to another thing; a jump within the page (#text) does not.
addEventListener("popstate", () => {
  if (address() !== here) location.reload();
});

function address() {
  return location.pathname + location.search;
}
