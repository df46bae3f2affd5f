// With script the whole form is there at once: answers appear under the title while it is typed.
// Without it the first step asks for the title alone, and its button leads to the second.
for (const step of document.querySelectorAll("[data-first-step]")) step.remove();
for (const step of document.querySelectorAll("[data-second-step]")) step.hidden = false;
