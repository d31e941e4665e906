// Enhances pages that work without it. Nothing here is needed to ask, to read or to follow a citation.
"use strict";

const box = () => document.getElementById("question");

// The question box grows with what is typed, up to eight lines.
function grow(area) {
  area.rows = 1;
  while (area.rows < 8 && area.scrollHeight > area.clientHeight) area.rows += 1;
}

// Say once that the address now shows another conversation: the newest question takes the focus, and is read out.
function show(number) {
  const question = document.getElementById("t" + number + "-q");
  if (question) question.focus({ preventScroll: true });
}

document.addEventListener("input", (event) => {
  if (event.target.id === "question") grow(event.target);
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  // An input method takes Enter to choose a word: that is no question yet. (229 is how Safari says so.)
  const composing = event.isComposing || event.keyCode === 229;
  if (event.target.id === "question" && event.key === "Enter" && !event.shiftKey && !composing) {
    event.preventDefault();
    if (event.target.value.trim()) event.target.form.requestSubmit();
  } else if (event.target.id === "question" && event.key === "ArrowUp" && !event.target.value && !composing) {
    // As in a terminal: what was asked last, to be asked otherwise.
    const asked = document.querySelectorAll(".turn .question .words");
    if (!asked.length) return;
    event.preventDefault();
    event.target.value = asked[asked.length - 1].textContent;
    grow(event.target);
  } else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && box()) {
    event.preventDefault();
    box().focus();
  }
});

// What is about to go gives up the focus first: htmx would hand it to the new box, for which a browser lays the answer
// out at once, and again for the frame.
document.addEventListener("htmx:beforeSwap", (event) => {
  const focused = document.activeElement;
  if (event.target.id === "main" && event.detail.shouldSwap && event.target.contains(focused)) focused.blur();
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "main") show(document.querySelectorAll(".turn").length);
});

// What htmx was refused, the browser loads as a page of its own: it says what is wrong, and the address fits it.
document.addEventListener("htmx:responseError", (event) => {
  window.location.assign(event.detail.pathInfo.finalRequestPath);
});

document.addEventListener("htmx:sendError", () => {
  const offline = document.querySelector(".offline");
  if (offline) offline.hidden = false;
});

// Where the documents are still being read, the page opens once they are.
const again = document.querySelector("[data-when]");
if (again) {
  setInterval(async () => {
    const ready = await fetch(again.dataset.when).catch(() => null);
    if (ready && ready.ok) window.location.reload();
  }, 2000);
}

// Paper shows what is folded on the screen.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll(".answer details:not([open])")) {
    folded.open = true;
    window.addEventListener("afterprint", () => (folded.open = false), { once: true });
  }
});

// Words that were refused, or chosen in the reader, wait in the box to be gone on with.
if (box() && box().value) {
  grow(box());
  box().setSelectionRange(box().value.length, box().value.length);
}
