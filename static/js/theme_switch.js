// The footer's button that walks through automatic, light and dark; kept in this browser only.
const ORDER = ["auto", "light", "dark"];
const root = document.documentElement;
const button = document.querySelector("[data-theme-switch]");

function current() {
  return root.dataset.theme ?? "auto";
}

function show() {
  button.textContent = button.dataset[current()];
}

function choose(theme) {
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (theme === "auto") localStorage.removeItem("hk-theme");
    else localStorage.setItem("hk-theme", theme);
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
}

if (button) {
  show();
  button.hidden = false;
  button.addEventListener("click", () => {
    choose(ORDER[(ORDER.indexOf(current()) + 1) % ORDER.length]);
    show();
  });
}
