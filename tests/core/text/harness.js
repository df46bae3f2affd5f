// Runs before anything else in every frame; every sign that foreign script ran ends up in `mark`.
(() => {
  const mark = (how) => window.markExecution(String(how));
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    window[name] = () => mark(name);
  }
  window.addEventListener("error", (event) => {
    if (event instanceof ErrorEvent) mark(`script error: ${event.message}`);
  });
  window.addEventListener("submit", (event) => event.preventDefault(), true);
  // Only links to the web are harmless to stop; a javascript: link must be able to show itself.
  window.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (link && /^https?:|^mailto:/.test(link.protocol)) event.preventDefault();
  }, true);
  const kinds = ["mouseover", "mouseenter", "mousemove", "pointerover", "pointerenter", "focus",
    "focusin", "blur", "keydown", "input", "change", "toggle", "animationend", "animationstart",
    "transitionend", "scroll", "wheel", "copy", "paste", "drag", "dragstart", "drop", "begin",
    "load", "error", "click", "dblclick", "auxclick", "contextmenu"];
  window.touchEverything = () => {
    const elements = [...document.body.querySelectorAll("*")];
    for (const element of elements) {
      for (const { name } of element.attributes) {
        if (name.startsWith("on")) mark(`attribute ${name}`);
      }
      for (const kind of kinds) element.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true }));
      if (element.focus) element.focus();
      if (element.matches("a[href]")) element.click();
    }
    return elements.length;
  };
})();
