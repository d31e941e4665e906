// Enhances the reader, which reads without it: size of the letters, steps from mark to mark, the current heading, and
// what can be done with selected words (copy.js copies them). It stands in the head, undeferred, so its first part must stay short.
"use strict";

const page = document.documentElement;
// Beside the conversation the reader stands in a frame, and the page around it has the head.
const framed = window.parent !== window;
page.classList.add("scripted");
page.classList.toggle("framed", framed);

// A browser may refuse to keep anything; then a choice holds for this page.
const kept = {
  get(name) {
    try { return localStorage.getItem("youju-" + name) || ""; } catch { return ""; }
  },
  set(name, value) {
    try {
      if (value) localStorage.setItem("youju-" + name, value);
      else localStorage.removeItem("youju-" + name);
    } catch { /* as above */ }
  },
};

page.dataset.size = kept.get("size");

document.addEventListener("DOMContentLoaded", () => {
  const text = document.querySelector(".text");

  // -- places -------------------------------------------------------------------------------------------------------

  // Without a step in the history, so that Back leads to the conversation and not from mark to mark.
  const goTo = (anchor) => location.replace(anchor);

  const paragraphOf = (node) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element && element.closest(".text > [id]");
  };

  // -- size of the letters --------------------------------------------------------------------------------------------

  const sizes = document.querySelectorAll(".sizes button");

  function showSize() {
    for (const button of sizes) button.setAttribute("aria-pressed", button.dataset.size === page.dataset.size);
  }

  function setSize(size) {
    // What is read stays where it is: the line in the middle of the window, by its share of its paragraph.
    const middle = innerHeight / 2;
    const { left, width } = text.getBoundingClientRect();
    const seen = document.elementFromPoint(left + width / 2, middle);
    const held = (seen && paragraphOf(seen)) || text;
    const before = held.getBoundingClientRect();
    page.dataset.size = size;
    const after = held.getBoundingClientRect();
    scrollBy(0, after.top + (after.height * (middle - before.top)) / before.height - middle);
    kept.set("size", size);
    showSize();
  }

  // -- from mark to mark ----------------------------------------------------------------------------------------------

  const marks = document.querySelectorAll(".marks li a");
  let mark = -1;

  function showMark() {
    const anchor = Number((/^#m(\d+)$/.exec(location.hash) || [])[1]);
    if (!(anchor >= 1 && anchor <= marks.length)) return;
    mark = anchor - 1;
    marks.forEach((link, number) => {
      if (number === mark) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    document.querySelector(".count").textContent = `${anchor}／${marks.length} 处`;
    for (const link of document.querySelectorAll("[data-step]")) link.setAttribute("href", "#m" + (stepped(Number(link.dataset.step)) + 1));
  }

  function stepped(by) {
    if (mark < 0) return by > 0 ? 0 : marks.length - 1;
    return (mark + by + marks.length) % marks.length;
  }

  function step(by) {
    if (marks.length) goTo("#m" + (stepped(by) + 1));
  }

  const keys = document.querySelector(".keys button");

  function showKeys() {
    if (keys) keys.setAttribute("aria-pressed", kept.get("keys") === "off");
  }

  // -- the current heading --------------------------------------------------------------------------------------------

  const outline = document.querySelector(".outline");
  const entries = [...document.querySelectorAll(".outline li")].map((item) => {
    const link = item.firstElementChild;
    const head = document.getElementById(link.hash.slice(1));
    return { link, head, paragraph: paragraphOf(head), level: Number(item.dataset.level), position: item.dataset.position };
  });
  let current = null;

  function showCurrent(link) {
    if (link === current) return;
    if (current) current.removeAttribute("aria-current");
    current = link;
    if (!link) return;
    link.setAttribute("aria-current", "location");
    const list = link.closest("ol");
    const above = link.offsetTop - list.scrollTop;
    if (above < 0 || above + link.offsetHeight > list.clientHeight) list.scrollTop = link.offsetTop - list.clientHeight / 3;
  }

  function followOutline() {
    // A root that reaches up without end: a paragraph is in it from the moment it passes the line, however far it went.
    const line = 0.3;
    const passed = new Set();
    const observer = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) passed[isIntersecting ? "add" : "delete"](target);
      let last = entries.length - 1;
      while (last >= 0 && !passed.has(entries[last].paragraph)) last -= 1;
      // Of several run-in headings of one paragraph, the last that passed too.
      while (last > 0 && entries[last - 1].paragraph === entries[last].paragraph
        && entries[last].head.getBoundingClientRect().top > innerHeight * line) last -= 1;
      showCurrent(last < 0 ? null : entries[last].link);
    }, { root: document, rootMargin: `1000000px 0px -${100 - line * 100}% 0px` });
    for (const { paragraph } of entries) observer.observe(paragraph);
  }

  // On narrow screens the outline lies over the text while it is open.
  function closeOutline() {
    const opened = outline && outline.querySelector("details[open]");
    if (opened) opened.open = false;
    return Boolean(opened);
  }

  // -- selected words -------------------------------------------------------------------------------------------------

  const toolbar = document.querySelector(".selected");
  // What is the page's own inside a paragraph: its number, those of the citations, the name of a leftover.
  const OWN = ".place, .number, .label";
  const LONGEST_PHRASE = 60;
  const LONGEST_QUESTION = 2000;
  // Nine bytes a character, beside the questions before it, in an address that every network takes.
  const LONGEST_IN_ADDRESS = 200;
  let chosen = null;

  // The words of a range inside one paragraph, as they stand in the document.
  function words(part) {
    const copied = part.cloneContents();
    for (const own of copied.querySelectorAll(OWN)) own.remove();
    return copied.textContent.trim();
  }

  // What is selected in the text: a range for each paragraph, none of the first and last without words.
  function selectedPieces() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return [];
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(text)) return [];
    const pieces = [];
    const last = paragraphOf(range.endContainer);
    let paragraph = paragraphOf(range.startContainer) || text.firstElementChild;
    for (; paragraph; paragraph = paragraph === last ? null : paragraph.nextElementSibling) {
      if (!paragraph.id || !range.intersectsNode(paragraph)) continue;
      const part = document.createRange();
      part.selectNodeContents(paragraph);
      if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) part.setStart(range.startContainer, range.startOffset);
      if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) part.setEnd(range.endContainer, range.endOffset);
      pieces.push({ paragraph, part });
    }
    while (pieces.length && !words(pieces[pieces.length - 1].part)) pieces.pop();
    while (pieces.length && !words(pieces[0].part)) pieces.shift();
    return pieces;
  }

  // The headings above a place, outermost first.
  function path({ paragraph, part }) {
    const before = (node, offset) => {
      const range = document.createRange();
      range.setStart(paragraph, 0);
      range.setEnd(node, offset);
      return range.toString().length;
    };
    const number = paragraph.querySelector(".place").textContent.length;
    const start = Math.max(number, before(part.startContainer, part.startOffset));
    const above = [];
    for (const entry of entries) {
      const { head, paragraph: where, level } = entry;
      const order = where.compareDocumentPosition(paragraph);
      if (order & Node.DOCUMENT_POSITION_PRECEDING) break;
      if (where === paragraph && head !== where && before(head, 0) > start) break;
      while (above.length && above[above.length - 1].level >= level) above.pop();
      above.push(entry);
    }
    return above;
  }

  // Where selected words stand, as citations say it: 《标题》第一部分第（二）项，全文第3—4段.
  function reference(pieces) {
    const [first, last] = [pieces[0], pieces[pieces.length - 1]];
    const end = path(last);
    const common = path(first).filter((entry, depth) => entry === end[depth]);
    const where = common.length ? common[common.length - 1].position : "";
    const [from, to] = [first, last].map(({ paragraph }) => paragraph.id.slice(1));
    return `${text.dataset.source}${where}${where && "，全文"}第${from === to ? from : `${from}—${to}`}段`;
  }

  function address(pieces) {
    return location.origin + location.pathname + "#" + pieces[0].paragraph.id;
  }

  function ask(pieces) {
    const asked = pieces.map(({ part }) => words(part)).join(" ");
    const phrase = asked.length <= LONGEST_PHRASE && !/[“”]/.test(asked);
    const draft = phrase ? `“${asked}”` : asked;
    // The conversation beside takes it; where there is none, its page is opened.
    const free = document.dispatchEvent(new CustomEvent("youju:ask", { detail: draft.slice(0, LONGEST_QUESTION), cancelable: true }));
    if (!free) return;
    const conversation = new URL(document.querySelector(".links a").href);
    conversation.searchParams.set("draft", draft.slice(0, LONGEST_IN_ADDRESS));
    conversation.hash = "question";
    open(conversation.href, "_top");
  }

  // What is copied, in the forms that copy.js takes.
  const COPIES = {
    cite(pieces) {
      const lines = pieces.map(({ part }) => words(part)).filter(Boolean);
      const plain = WRITTEN.sentence(lines.join("\n"), reference(pieces));
      return [plain, asRich(plain)];
    },
    link(pieces) {
      const link = Object.assign(document.createElement("a"), { href: address(pieces), textContent: address(pieces) });
      return [link.href, link.outerHTML];
    },
  };

  async function act(name) {
    if (!chosen) return;
    if (name === "ask") {
      ask(chosen);
      return;
    }
    const selected = getSelection().getRangeAt(0).cloneRange();
    const done = await copied(...COPIES[name](chosen));
    // Copying may have taken the selection away.
    getSelection().removeAllRanges();
    getSelection().addRange(selected);
    say(done ? "已复制" : "没有复制成功，请按 Ctrl+C 再试");
  }

  function showToolbar() {
    if (toolbar.contains(document.activeElement)) return;
    const pieces = selectedPieces();
    if (!pieces.length) {
      hideToolbar();
      return;
    }
    chosen = pieces;
    const { paragraph, part } = pieces[pieces.length - 1];
    // Behind the last selected paragraph, so that Tab leads there.
    paragraph.after(toolbar);
    toolbar.hidden = false;
    // Under a finger the sheet holds it at the foot of the window.
    if (getComputedStyle(toolbar).position === "fixed") return;
    const lines = part.getClientRects();
    const end = lines[lines.length - 1] || paragraph.getBoundingClientRect();
    const around = text.getBoundingClientRect();
    const [low, high] = [60, innerHeight - toolbar.offsetHeight - 60];
    const top = Math.max(low, Math.min(end.bottom + 8, high));
    const left = Math.max(0, Math.min(end.right - around.left - toolbar.offsetWidth / 2, around.width - toolbar.offsetWidth));
    toolbar.style.top = `${top - around.top}px`;
    toolbar.style.left = `${left}px`;
  }

  function hideToolbar() {
    chosen = null;
    toolbar.hidden = true;
  }

  // -- what is done with mouse, finger and keys -----------------------------------------------------------------------

  let drawing = false;
  let waiting = 0;

  function selectionMayHaveChanged() {
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (!drawing) showToolbar(); }, 200);
  }

  document.addEventListener("selectionchange", selectionMayHaveChanged);
  document.addEventListener("pointerdown", (event) => {
    drawing = event.pointerType === "mouse" && !toolbar.contains(event.target);
    if (outline && !outline.contains(event.target)) closeOutline();
  });
  for (const ended of ["pointerup", "pointercancel"]) {
    document.addEventListener(ended, () => {
      drawing = false;
      selectionMayHaveChanged();
    });
  }
  // A press on the toolbar must not take the selection away.
  toolbar.addEventListener("mousedown", (event) => event.preventDefault());

  document.addEventListener("click", (event) => {
    const target = event.target.closest("a[href^='#'], button");
    if (!target) return;
    if (target.matches(".sizes button")) setSize(target.dataset.size);
    else if (target.matches(".selected button")) act(target.dataset.do);
    else if (target === keys) {
      kept.set("keys", kept.get("keys") === "off" ? "" : "off");
      showKeys();
    } else if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      if (target.dataset.step) {
        event.preventDefault();
        step(Number(target.dataset.step));
      } else if (framed || target.matches(".place")) {
        event.preventDefault();
        goTo(target.hash);
      }
      if (target.matches(".outline a")) closeOutline();
      if (target.matches(".place")) {
        getSelection().selectAllChildren(target.parentElement);
        showToolbar();
        // Whoever chose it with a key goes on with the keys.
        if (event.detail === 0) toolbar.querySelector("button").focus();
      }
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      const back = !toolbar.hidden && toolbar.contains(document.activeElement) && chosen[0].paragraph;
      if (!toolbar.hidden) {
        hideToolbar();
        getSelection().removeAllRanges();
      } else if (!closeOutline()) return;
      if (back) back.querySelector(".place").focus({ preventScroll: true });
      // The page around the reader closes it only by an Escape that nothing here has taken.
      event.preventDefault();
    } else if ((event.key === "n" || event.key === "p") && kept.get("keys") !== "off"
      && !event.target.closest("input, textarea, select, [contenteditable]")) {
      event.preventDefault();
      step(event.key === "n" ? 1 : -1);
    }
  });

  window.addEventListener("hashchange", showMark);
  showSize();
  showMark();
  showKeys();
  if (entries.length) followOutline();
});
