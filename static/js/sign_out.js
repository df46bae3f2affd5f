// Whoever signs out leaves no draft behind on a shared computer.
document.addEventListener("submit", (event) => {
  if (!event.target.hasAttribute("data-sign-out")) return;
  try {
    sessionStorage.clear();
  } catch {
    // Nothing was kept then.
  }
});
