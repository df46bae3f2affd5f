// Only on pages with a text to write: toolbar, preview beside the text, and the draft kept in this tab.
import "@github/markdown-toolbar-element";
import "./composer_preview.js";
import { restore } from "./composer_draft.js";
import "./ask_steps.js";
import "./canned_reply.js";

begin();
document.addEventListener("htmx:after:swap", begin); // the desk brings in a composer later

function begin() {
  for (const part of document.querySelectorAll(".hk-composer [data-needs-script]")) part.hidden = false;
  restore();
}
