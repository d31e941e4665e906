// On wide screens, opens a source beside the conversation. A link stays a link: without this it leads to the reader.
"use strict";

// In a block, so that its names meet none of another script.
{
  const wide = window.matchMedia("(min-width: 80rem)");

  // The source that is open: its panel, the frame in it, and the link that opened it, to which the focus goes back.
  let shown = null;

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function panel() {
    const title = element("p", { className: "whose" });
    const alone = element("a", { textContent: "单独打开", referrerPolicy: "same-origin" });
    const close = element("button", { type: "button", textContent: "关闭", title: "关闭原文（按 Esc 键）" });
    close.addEventListener("click", closeSource);
    const head = element("div", { className: "head" }, title, element("p", { className: "links" }, alone, close));
    const made = element("aside", { className: "source-panel", tabIndex: -1 }, head);
    made.setAttribute("aria-label", "原文");
    document.body.append(made);
    document.body.classList.add("with-source");
    return { panel: made, title, alone, frame: null, link: null };
  }

  function openSource(link, { focus }) {
    shown = shown || panel();
    if (shown.link) shown.link.removeAttribute("aria-current");
    shown.link = link;
    link.setAttribute("aria-current", "true");
    shown.alone.href = link.href;
    // A frame of its own for each source: the first page of a frame is no step in the history, so Back stays the conversation's.
    const frame = element("iframe", { title: "原文", referrerPolicy: "same-origin", src: link.href });
    frame.addEventListener("load", () => loaded(frame));
    if (shown.frame) shown.frame.replaceWith(frame);
    else shown.panel.append(frame);
    shown.frame = frame;
    if (focus) shown.panel.focus({ preventScroll: true });
  }

  function loaded(frame) {
    const reader = frame.contentDocument;
    if (!shown || shown.frame !== frame || !reader) return;
    const title = reader.querySelector(".whose");
    shown.title.replaceChildren(...(title ? [...title.cloneNode(true).childNodes] : [reader.title]));
    reader.addEventListener("keydown", closeByEscape);
    reader.addEventListener("youju:ask", askFrom);
    // Into the document, where the keys lead from mark to mark; unless the focus has gone elsewhere by now.
    if (shown.panel.contains(document.activeElement)) frame.focus();
  }

  function closeSource() {
    if (!shown) return;
    const { panel, link } = shown;
    const had = panel.contains(document.activeElement);
    shown = null;
    panel.remove();
    document.body.classList.remove("with-source");
    link.removeAttribute("aria-current");
    if (had) link.focus();
  }

  function closeByEscape(event) {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) closeSource();
  }

  // Words selected in the reader go into the box, behind what is there already.
  function askFrom(event) {
    const question = document.getElementById("question");
    if (!question) return;
    event.preventDefault();
    question.value = question.value.trim() + event.detail;
    question.dispatchEvent(new Event("input", { bubbles: true }));
    question.focus({ preventScroll: true });
    question.setSelectionRange(question.value.length, question.value.length);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.source");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || !wide.matches) return;
    event.preventDefault();
    openSource(link, { focus: true });
  });

  document.addEventListener("keydown", closeByEscape);
  wide.addEventListener("change", () => { if (!wide.matches) closeSource(); });

  // A new answer brings its own source.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!shown || event.target.id !== "main") return;
    const turns = document.querySelectorAll(".turn");
    const link = turns.length && turns[turns.length - 1].querySelector("a.source");
    if (link) openSource(link, { focus: false });
  });
}
