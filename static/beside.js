// On wide screens, opens a source beside the conversation. A link stays a link: without this it leads to the reader.
"use strict";

// In a block, so that its names meet none of another script.
{
  const wide = window.matchMedia("(min-width: 80rem)");

  // The source that is open: its panel, the frame in it, and the link that opened it, to which the focus goes back.
  let shown = null;

  // An open source is a step in the history, so that Back closes it. Its state has the source's address, and how many steps
  // were taken since it was opened (to the place of a citation): by so many, closing goes back. {htmx: true} is htmx's own mark.
  const stateOf = (source, steps) => ({ htmx: true, source, steps });

  // The conversation that the page shows, as addresses tell it.
  let conversation = location.search;

  // What has the focus and where the page was scrolled to as a source was closed, until the step back is done.
  let held = null;

  function sourceLink(source) {
    return [...document.querySelectorAll("a.source")].find((link) => link.href === source) || null;
  }

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
    return { panel: made, title, alone, frame: null, link: null, source: "" };
  }

  function openSource(source, { focus }) {
    shown = shown || panel();
    if (shown.link) shown.link.removeAttribute("aria-current");
    shown.source = source;
    shown.link = sourceLink(source);
    if (shown.link) shown.link.setAttribute("aria-current", "true");
    shown.alone.href = source;
    // A frame of its own for each source: the first page of a frame is no step in the history, so Back stays the conversation's.
    const frame = element("iframe", { title: "原文", referrerPolicy: "same-origin", src: source });
    frame.addEventListener("load", () => loaded(frame));
    if (shown.frame) shown.frame.replaceWith(frame);
    else shown.panel.append(frame);
    shown.frame = frame;
    if (focus) shown.panel.focus({ preventScroll: true });
  }

  function takeStep(source, { focus }) {
    history.pushState(stateOf(source, 1), "");
    openSource(source, { focus });
    shown.steps = 1;
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

  // Return what is to have the focus then.
  function hideSource() {
    const { panel, link } = shown;
    const had = panel.contains(document.activeElement);
    shown = null;
    panel.remove();
    document.body.classList.remove("with-source");
    if (link) link.removeAttribute("aria-current");
    return had ? link || document.getElementById("question") : document.activeElement;
  }

  function closeSource() {
    if (!shown) return;
    const { steps } = shown;
    const focused = hideSource();
    focused.focus();
    held = { focused, top: scrollY };
    history.go(-steps);
  }

  // A step back takes the focus away and scrolls, after it has been told of.
  function settle({ focused, top }) {
    requestAnimationFrame(() => {
      focused.focus({ preventScroll: top !== undefined });
      if (top !== undefined) scrollTo(scrollX, top);
    });
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
    if (shown) {
      history.replaceState(stateOf(link.href, shown.steps), "");
      openSource(link.href, { focus: true });
    } else {
      history.replaceState({ htmx: true }, "");
      takeStep(link.href, { focus: true });
    }
  });

  // Before htmx, which would load the page anew: within one conversation there is nothing to load.
  window.addEventListener("popstate", (event) => {
    const { source, steps } = event.state || {};
    const another = location.search !== conversation;
    if (another && !source) return;
    event.stopImmediatePropagation();
    if (another) {
      // As htmx would, but that would write over what this step says is open.
      location.reload();
      return;
    }
    if (held) {
      settle(held);
      held = null;
    }
    if (source) {
      if (!wide.matches) return;
      if (!shown || shown.source !== source) openSource(source, { focus: true });
      shown.steps = steps;
    } else if (shown && event.state) {
      settle({ focused: hideSource() });
    } else if (shown) {
      // To a place of this page, by a link: a step that has no state yet.
      shown.steps += 1;
      history.replaceState(stateOf(shown.source, shown.steps), "");
    }
  });

  document.addEventListener("keydown", closeByEscape);
  wide.addEventListener("change", () => { if (!wide.matches) closeSource(); });

  // A new answer brings its own source, in a step behind its own; the step of the source before becomes the answer's.
  document.addEventListener("htmx:beforeHistoryUpdate", (event) => {
    if (shown) event.detail.history.type = "replace";
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "main") return;
    conversation = location.search;
    if (!shown) return;
    const turns = document.querySelectorAll(".turn");
    const link = turns.length && turns[turns.length - 1].querySelector("a.source");
    takeStep(link ? link.href : shown.source, { focus: false });
  });

  // A page that is loaded again, where a source was open.
  const { source, steps } = history.state || {};
  if (source && wide.matches) {
    openSource(source, { focus: false });
    shown.steps = steps;
  }
}
