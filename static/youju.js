// Enhances pages that work without it. Nothing here is needed to ask, to read or to follow a citation.
"use strict";

const box = () => document.getElementById("question");

// The question box grows with what is typed, up to eight lines.
function grow(area) {
  area.rows = 1;
  while (area.rows < 8 && area.scrollHeight > area.clientHeight) area.rows += 1;
}

function fill(area, words) {
  area.value = words;
  // As typing does: it makes the box grow, and says how much room is left.
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

// Say once that the address now shows another conversation: the newest question takes the focus, and is read out.
function show(number) {
  const question = document.getElementById("t" + number + "-q");
  if (question) question.focus({ preventScroll: true });
}

// -- how long a question is -------------------------------------------------------------------------------------------

// Near the longest that is answered, so much before it.
const NEAR = 100;

// How many characters a question has beyond the longest that is answered; below 0, how many more it may have.
const beyond = (area) => [...area.value.trim()].length - Number(area.dataset.longest);

function sayLength(area) {
  const over = beyond(area);
  const said = over > 0 ? `多了 ${over.toLocaleString("en")} 个字，请删减后再问。` : `还可以写 ${-over} 个字。`;
  document.getElementById("room").textContent = over > -NEAR ? said : "";
  area.setAttribute("aria-invalid", over > 0);
}

document.addEventListener("input", (event) => {
  if (event.target.id !== "question") return;
  grow(event.target);
  sayLength(event.target);
});

// -- one question after the other -------------------------------------------------------------------------------------

// Of the question that is being answered and of the one to be asked next, the words; null where there is none.
let pending = null;
let next = null;
// What stood in the box as the answer came, and where the caret was in it; false where it was not.
let draft = null;

// What a form or link asks that goes on with the conversation; null for one that asks the same otherwise.
function questionOf(element) {
  if (element.matches("form.ask")) return box().value.trim();
  return element.closest(".suggestions, .examples") ? element.textContent.trim() : null;
}

// While an answer is on its way, its question is not asked twice, another one waits for it, and nothing takes its place.
function waitForAnswer(event) {
  const element = event.target.closest("form.ask, a[hx-boost], [hx-boost] a");
  if (pending === null || !element || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  const asked = questionOf(element);
  if (!asked || asked === pending) return;
  next = asked;
  say("前一问答完就查这一问。");
}

document.addEventListener("click", (event) => {
  if (event.target.closest("a")) waitForAnswer(event);
}, true);

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.ask")) return;
  if (beyond(box()) > 0) {
    event.preventDefault();
    event.stopPropagation();
    box().focus();
  } else waitForAnswer(event);
}, true);

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target.id === "main") pending = questionOf(event.detail.elt);
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "main") return;
  const focused = document.activeElement;
  draft = { words: box().value, caret: box() === focused && box().selectionEnd };
  // What is about to go gives up the focus first: htmx would hand it to the new box, for which a browser lays the answer
  // out at once, and again for the frame.
  if (event.detail.shouldSwap && event.detail.target.contains(focused)) focused.blur();
});

// The new page has a box of its own: what was typed meanwhile goes into it, and what waited is asked.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "main") return;
  show(document.querySelectorAll(".turn").length);
  const asked = pending;
  pending = null;
  if (next !== null) {
    fill(box(), next);
    next = null;
    box().form.requestSubmit();
  }
  const { words, caret } = draft;
  if (!words.trim() || words.trim() === asked) return;
  fill(box(), words);
  if (caret === false) return;
  box().focus({ preventScroll: true });
  box().setSelectionRange(caret, caret);
});

// Whatever was not answered goes back into the box.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.target.id !== "main" || event.detail.successful) return;
  if (pending !== null) fill(box(), [...new Set([pending, next, box().value.trim()].filter(Boolean))].join("\n"));
  pending = next = null;
});

// What htmx was refused, the browser loads as a page of its own: it says what is wrong, and the address fits it.
document.addEventListener("htmx:responseError", (event) => {
  const address = new URL(event.detail.pathInfo.finalRequestPath, location);
  if (next !== null) address.searchParams.set("draft", next);
  location.assign(address);
});

document.addEventListener("htmx:sendError", () => {
  const offline = document.querySelector(".offline");
  if (offline) offline.hidden = false;
});

// -- keys -------------------------------------------------------------------------------------------------------------

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
    fill(event.target, asked[asked.length - 1].textContent);
  } else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && box()) {
    event.preventDefault();
    box().focus();
  }
});

// -- what stands around a passage -------------------------------------------------------------------------------------

// The passages of cards that show what stands around them, to be put back.
const passages = new WeakMap();

const contextOf = (card) => card.querySelector(".around");

// Where a card's quotation stands in the window; null where it is folded.
function placeOfQuote(card) {
  const mark = contextOf(card).querySelector("mark") || contextOf(card).querySelector(".passage p:not(.beside)");
  return mark && mark.getClientRects().length ? mark.getBoundingClientRect().top : null;
}

// After a card's context has changed: its quotation is where it was, and its link says what it does now.
function settleContext(card, place) {
  const now = placeOfQuote(card);
  if (place !== null && now !== null) scrollBy(0, now - place);
  card.querySelector(".context .words").textContent = passages.has(card) ? "收起上下文" : "看上下文";
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  if (!target.matches(".card .around")) return;
  const card = target.closest(".card");
  const place = placeOfQuote(card);
  const widened = document.activeElement.matches(".wider") && target.contains(document.activeElement);
  if (!passages.has(card)) passages.set(card, target);
  document.addEventListener("htmx:afterSwap", () => {
    settleContext(card, place);
    // The link that widened it has gone with what it widened.
    if (widened) (card.querySelector(".wider") || card.querySelector(".context")).focus({ preventScroll: true });
  }, { once: true });
});

// The same link folds it back. Before htmx, which would fetch it again.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".context");
  const card = link && link.closest(".card");
  if (!card || !passages.has(card) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  const place = placeOfQuote(card);
  contextOf(card).replaceWith(passages.get(card));
  passages.delete(card);
  settleContext(card, place);
  link.scrollIntoView({ block: "nearest" });
}, true);

// Where the documents are still being read, the page opens once they are.
const again = document.querySelector("[data-when]");
if (again) {
  setInterval(async () => {
    const ready = await fetch(again.dataset.when).catch(() => null);
    if (!ready) return;
    if (ready.ok) window.location.reload();
    else document.querySelector(".how-far").textContent = (await ready.json()).detail;
  }, 2000);
}

// Paper shows all of an answer, also where the style sheet alone cannot open what is folded.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll(".answer details:not([open])")) {
    folded.open = true;
    window.addEventListener("afterprint", () => (folded.open = false), { once: true });
  }
});

// Words that were refused, or chosen in the reader, wait in the box to be gone on with.
if (box() && box().value) {
  fill(box(), box().value);
  box().setSelectionRange(box().value.length, box().value.length);
}
