// Runs before the first paint, so that a chosen theme never flashes. Nothing else belongs here.
(() => {
  try {
    const theme = localStorage.getItem("hk-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be forbidden; then the page follows the system.
  }
})();
