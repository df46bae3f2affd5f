// Tabs that scroll sideways begin with the current one in view, so that a phone shows where one is.
for (const tab of document.querySelectorAll(".hk-tabs [aria-current]")) {
  const bar = tab.parentElement;
  bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
}
