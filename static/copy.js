// Copies a quotation with its reference. Loaded before what calls it; without it, references can still be selected.
"use strict";

// Copy a text in plain and rich form; resolves to whether it was. By the event of copying, since the clipboard's own
// interface is missing where pages come over plain http.
async function copied(plain, rich) {
  let taken = false;
  const give = (event) => {
    event.clipboardData.setData("text/plain", plain);
    if (rich) event.clipboardData.setData("text/html", rich);
    event.preventDefault();
    taken = true;
  };
  document.addEventListener("copy", give);
  const asked = document.execCommand("copy");
  document.removeEventListener("copy", give);
  if (asked && taken) return true;
  try {
    await navigator.clipboard.writeText(plain);
    return true;
  } catch (refused) {
    return false;
  }
}

// The same words as HTML: one paragraph a line, in whatever face the document has that they are pasted into.
function asRich(plain) {
  const block = document.createElement("div");
  for (const line of plain.split("\n")) {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    block.append(paragraph);
  }
  return block.innerHTML;
}

// What is marked in a passage, in order, with …… for what stands between; the passage whole where nothing is marked.
function saidIn(passage) {
  const marks = [...passage.querySelectorAll("mark")];
  if (!marks.length) return [...passage.querySelectorAll("p")].map((line) => line.textContent).join("\n");
  return marks.map((mark, number) => (number ? between(marks[number - 1], mark) : "") + mark.textContent).join("");
}

// What stands for the words between two quotations: …… where there are some, a new line where only a paragraph ends.
function between(before, mark) {
  const range = document.createRange();
  range.setStartAfter(before);
  range.setEndBefore(mark);
  const words = range.cloneContents();
  // 第3段 is of the page, not of the text.
  for (const label of words.querySelectorAll(".which")) label.remove();
  if (words.textContent.trim()) return "……";
  return mark.closest("p") === before.closest("p") ? "" : "\n";
}

// Redactions (**, XX*) must stay what they are in Markdown, and what begins a line no list. As in referencing.py.
const asMarkdown = (words) => words
  .replace(/[\\`*_{}[\]<>#|~&$^=]/g, "\\$&")
  .replace(/^([ \t]*(?:\d{1,9}(?=[.)]))?)([-+.)])/gm, "$1\\$2");

const WRITTEN = {
  sentence: (said, reference) => `“${said.replace(/[“”]/g, (mark) => (mark === "“" ? "‘" : "’"))}”（${reference}）`,
  list: (said, reference) => `${said}\n${reference}`,
  markdown: (said, reference) => `> ${asMarkdown(said).replace(/\n/g, "\n> ")}\n>\n> —— ${reference}`,
};

const FORMAT = "youju-format";

function remembered() {
  try {
    const format = localStorage.getItem(FORMAT);
    return Object.hasOwn(WRITTEN, format) ? format : "sentence";
  } catch (refused) {
    return "sentence";
  }
}

function remember(format) {
  try {
    localStorage.setItem(FORMAT, format);
  } catch (refused) {
    // A browser that keeps nothing asks again.
  }
}

// Say something to who sees and to who listens; what was said before is gone.
function say(words) {
  const status = document.getElementById("status");
  if (!status) return;
  status.textContent = words;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => (status.textContent = ""), 4000);
}

const CALLED = { sentence: "公文格式", list: "GB/T 7714", markdown: "Markdown" };
let format = remembered();

// Make the copying of every card in a part of the page usable.
function offerCopying(part) {
  nameFormat();
  for (const offer of part.querySelectorAll(".copy[hidden]")) offer.hidden = false;
}

// The button says what it copies, where that is not the usual form.
function nameFormat() {
  const called = format === "sentence" ? "" : `（${CALLED[format]}）`;
  for (const button of document.querySelectorAll("button.copy")) button.textContent = "复制引文" + called;
}

// Made as a reference is unfolded: of every field, folded ones too, a browser that fills in forms finds out at each
// answer where it stands, which took as long as the answer's own layout.
function offerFormats(reference) {
  if (reference.querySelector(".format")) return;
  const select = document.createElement("select");
  select.setAttribute("aria-label", "复制时用的格式");
  select.append(...Object.entries(CALLED).map(([value, name]) => new Option(name, value)));
  select.value = format;
  const line = document.createElement("p");
  line.className = "format";
  line.append("复制时用 ", select);
  reference.append(line);
}

// At the click, which Enter makes, too: the event of unfolding comes later, when a Tab may have gone past the field.
document.addEventListener("click", (event) => {
  const summary = event.target.closest(".reference > summary");
  if (summary) offerFormats(summary.parentElement);
});

document.addEventListener("change", (event) => {
  if (!event.target.matches(".format select")) return;
  format = event.target.value;
  remember(format);
  for (const select of document.querySelectorAll(".format select")) select.value = format;
  nameFormat();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  const card = button.closest(".card");
  const reference = card.querySelector(`[data-format="${format}"]`).textContent;
  const plain = WRITTEN[format](saidIn(card.querySelector(".passage")), reference);
  say((await copied(plain, asRich(plain))) ? "引文已复制，可以粘贴到文稿里" : "没有复制成功，请选中文字再复制");
});

document.addEventListener("htmx:afterSettle", (event) => offerCopying(event.target));
offerCopying(document);
