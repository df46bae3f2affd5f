// Canned replies without loading the page: the chosen words go where the cursor stands, and the first
// thing that is still open in them is selected, so that typing replaces it. Without script the same
// button brings the form back with the reply below what was typed.
const OPEN = /\{\{[^{}\n]{1,44}\}\}/;

document.addEventListener("change", (event) => {
  const picker = event.target.closest("[data-picker]");
  if (picker) say(picker, event.target.selectedOptions[0].dataset.situation ?? "");
});

document.addEventListener("click", (event) => {
  const picker = event.target.closest("[data-picker] button")?.closest("[data-picker]");
  const chosen = picker?.querySelector("select").selectedOptions[0];
  if (!picker) return;
  event.preventDefault();
  if (chosen.dataset.words) insert(picker, chosen.dataset.words);
  else picker.querySelector("select").focus();
});

async function insert(picker, address) {
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    put(picker, await answer.text());
  } catch {
    say(picker, hints(picker).failed);
  }
}

function put(picker, words) {
  const area = picker.closest("form").querySelector(".hk-composer textarea");
  if (area.hidden) area.closest(".hk-composer").querySelector("[data-write]").click();
  const gap = area.value.slice(0, area.selectionStart).trim() ? "\n\n" : "";
  const start = area.selectionStart + gap.length;
  write(area, gap + words);
  const open = words.match(OPEN);
  if (open) area.setSelectionRange(start + open.index, start + open.index + open[0].length);
  say(picker, open ? hints(picker).rest : hints(picker).inserted);
}

// Old, but the one way that the browser's "undo" knows of.
function write(area, words) {
  area.focus();
  if (document.execCommand("insertText", false, words)) return;
  area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function say(picker, words) {
  picker.querySelector("[aria-live]").textContent = words;
}

function hints(picker) {
  return picker.querySelector("[aria-live]").dataset;
}
