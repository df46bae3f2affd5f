// What was just done (?done=…): read out, closed on the spot, and told only once – the address forgets it,
// so that neither a reload nor a link sent to somebody else tells it again.
const TO_BE_HEARD_MS = 300; // screen readers begin with the title; a region that changes before is lost
const place = document.getElementById("messages");
const message = place.querySelector(".hk-flash:has([data-close-message]) > div");

if (message) {
  const address = new URL(location.href);
  address.searchParams.delete("done");
  history.replaceState(history.state, "", address);
  setTimeout(() => say(message.textContent), TO_BE_HEARD_MS);
}

place.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close-message]");
  if (!close) return;
  event.preventDefault();
  close.closest(".hk-flash").remove();
  document.getElementById("content").focus({ preventScroll: true });
});

// A button that was swapped says what it did (data-said).
document.addEventListener("htmx:after:swap", () => {
  const said = document.activeElement?.closest("[data-said]")?.dataset.said;
  if (said) say(said);
});

function say(words) {
  document.getElementById("said").textContent = words.trim();
}
