// A second press while the first is on its way is swallowed. The button stays focusable and says
// so by aria-disabled. Without script the idempotency key does the same on the server.
const SENT = "sent";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (SENT in form.dataset) event.preventDefault();
  else mark(form, event.submitter);
});

// The page comes back from the browser's cache after "back": the form is fresh again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset[SENT];
    form.querySelector("[aria-disabled]")?.removeAttribute("aria-disabled");
  }
});

function mark(form, submitter) {
  form.dataset[SENT] = "";
  submitter?.setAttribute("aria-disabled", "true");
}
