// On a slow line somebody types before anybody listens: a part that follows what is typed into
// another field (data-follows, its id) hears of it as soon as it listens.
document.addEventListener("htmx:after:init", (event) => {
  const field = document.getElementById(event.target.dataset.follows);
  if (field && field.value !== field.defaultValue) field.dispatchEvent(new Event("input", { bubbles: true }));
});
