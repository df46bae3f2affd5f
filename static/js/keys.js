// Single keys on the pages of the team. What a key does stands in the page: data-key="z" on a link,
// button or field, data-row on the links of a list that J and K walk through. They do nothing while
// somebody writes, and can be switched off in the dialog that "?" or the button opens (WCAG 2.1.4).
const OFF = "hk-keys-off";
const dialog = document.getElementById("keys");
const box = document.getElementById("keys-on");

if (dialog) begin();

function begin() {
  for (const hint of document.querySelectorAll(".hk-keys[data-needs-script]")) hint.hidden = false;
  box.checked = areOn();
  box.addEventListener("change", () => keep(box.checked));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-help]")) dialog.showModal();
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!areOn() || dialog.open || isWriting(event.target)) return;
    if (press(event.key.toLowerCase())) event.preventDefault();
  });
}

function press(key) {
  if (key === "?") dialog.showModal();
  else if (key === "j" || key === "k") return walk(key === "j" ? 1 : -1);
  else return act(document.querySelector(`[data-key="${CSS.escape(key)}"]`));
  return true;
}

// From the row that has the focus, else from the one that is open.
function walk(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const focused = rows.indexOf(document.activeElement);
  const at = focused >= 0 ? focused : rows.findIndex((row) => row.ariaCurrent);
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  next?.focus();
  return Boolean(next);
}

function act(target) {
  if (!target) return false;
  for (let shut = target.closest("details"); shut; shut = shut.parentElement.closest("details")) shut.open = true;
  const place = target.hash && target.pathname === location.pathname && document.querySelector(target.hash);
  if (place || target.matches("textarea, select")) (place || target).focus();
  else {
    target.focus();
    target.click();
  }
  return true;
}

function isWriting(target) {
  return Boolean(target.closest?.("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])"));
}

function areOn() {
  try {
    return localStorage.getItem(OFF) === null;
  } catch {
    return true;
  }
}

function keep(on) {
  try {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
}
