// Keeps typed text for this tab (a closed page, a slip of the "back" button), and forgets it once
// sent or when somebody signs out. It never overwrites what the server put into the field.
const PREFIX = "hk-draft:";

document.addEventListener("input", (event) => {
  if (event.target.matches(".hk-composer textarea")) write(keyOf(event.target), event.target.value);
});

document.addEventListener("submit", (event) => {
  for (const area of event.target.querySelectorAll(".hk-composer textarea")) write(keyOf(area), "");
});

// Puts drafts into the composers that are empty; again is harmless.
export function restore() {
  for (const area of document.querySelectorAll(".hk-composer textarea")) {
    if (!area.value) area.value = read(keyOf(area));
  }
}

function keyOf(area) {
  return PREFIX + location.pathname + "#" + area.id;
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
