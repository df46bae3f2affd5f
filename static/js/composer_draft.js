// Keeps typed text for this tab (a closed page, a slip of the "back" button), and forgets it once
// sent or when somebody signs out. It never overwrites what the server put into the field.
const PREFIX = "hk-draft:";

for (const area of document.querySelectorAll(".hk-composer textarea")) {
  const key = PREFIX + location.pathname + "#" + area.id;
  if (!area.value) area.value = read(key);
  area.addEventListener("input", () => write(key, area.value));
  area.form.addEventListener("submit", () => write(key, ""));
}

function read(key) {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function write(key, text) {
  try {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch {
    // Full or forbidden storage: the text is still in the field.
  }
}
