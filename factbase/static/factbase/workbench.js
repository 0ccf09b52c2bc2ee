// The workbench without reloading: cards open and save in place, keys do what the
// buttons do, words selected in the text become a card. Everything here has a way
// without a script; the server alone knows what may be done.

const bench = document.getElementById("bench");
const said = document.getElementById("said");
const text = () => document.getElementById("text");
const typing = (target) => target.closest("input, select, textarea, [contenteditable]");

// --- asking for the bench alone ---

const DOUBLE = 250; // ms in which a second click selects the word instead
let asked = 0;
let sending = false;

async function show(address, body) {
  if (sending) return; // what a card is saved as comes before anything else
  sending = Boolean(body);
  const number = ++asked;
  const method = body ? "POST" : "GET";
  const answer = await fetch(address, { method, body, headers: { "X-Part": "bench" } }).catch(() => null);
  sending = false;
  if (number !== asked) return;
  const html = answer?.ok ? await answer.text() : "";
  const part = new DOMParser().parseFromString(html, "text/html").body;
  if (!part.querySelector("#text")) return tell(said.dataset.failed);
  const scrolled = text().scrollTop;
  bench.replaceChildren(...part.childNodes);
  text().scrollTop = scrolled;
  if (!body || answer.redirected) history.replaceState(null, "", answer.url || address);
  arrive();
}

// No answer, or a sign-in page instead: what was typed stays, with this above it.
function tell(words) {
  said.textContent = words;
  const list = document.createElement("ul");
  const item = document.createElement("li");
  list.className = "messagelist";
  item.className = "warning";
  item.textContent = words;
  list.append(item);
  bench.querySelector(".bench-status").append(list);
}

function arrive(page = bench) {
  const here = text().querySelector(".is-here");
  if (here) {
    const top = here.offsetTop - text().clientHeight / 3;
    text().scrollTop = Math.max(top, 0);
  }
  const messages = [...page.querySelectorAll(".messagelist li, .undone, .progress, .errornote, .errorlist li")];
  const words = messages.map((each) => each.textContent.trim());
  said.textContent = words.map((each) => (/[.!?؟…]$/.test(each) ? each : `${each}.`)).join(" ");
  const refused = bench.querySelector(".card .errors :is(input:not([type=hidden]), select, textarea)");
  const next = document.getElementById("card") || bench.querySelector(".finished a");
  (refused || next)?.focus({ preventScroll: true });
  for (const button of bench.querySelectorAll(".take")) button.hidden = false;
  bench.querySelector(".card")?.scrollIntoView({ block: "nearest" });
}

bench.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const button = event.submitter;
  const values = new FormData(form, button);
  if (form.method === "post") show(form.action, values);
  else show(`${form.action}?${new URLSearchParams(values)}`);
});

bench.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest('a[href^="?"]');
  const mark = event.target.closest("mark[data-card]"); // no link: it could not be selected
  if (link) event.preventDefault();
  if (link) show(link.href);
  else if (mark) setTimeout(() => getSelection().isCollapsed && show(mark.dataset.card), DOUBLE);
});

// --- places in the text, in code points ---

const codePoints = (string) => Array.from(string).length;

function selectedPlace() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const whole = document.createRange();
  whole.selectNodeContents(text());
  if (!range.intersectsNode(text())) return null;
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0)
    range.setStart(whole.startContainer, whole.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0)
    range.setEnd(whole.endContainer, whole.endOffset);
  const words = range.toString();
  if (!words.trim()) return null;
  whole.setEnd(range.startContainer, range.startOffset);
  const before = codePoints(whole.toString());
  const start = before + codePoints(words) - codePoints(words.trimStart());
  return { start, end: start + codePoints(words.trim()), words: words.trim() };
}

function add(button) {
  const form = button.form;
  const place = selectedPlace();
  if (place) {
    form.elements.start.value = place.start;
    form.elements.end.value = place.end;
    form.elements.words.value = "";
  } else if (!form.elements.words.value) {
    return form.elements.words.focus();
  }
  form.requestSubmit(button);
}

// The words that are selected become those of the open card.
function take(button) {
  const place = selectedPlace();
  if (!place) return;
  const line = button.closest(".value");
  const [start, end, typed] = line.querySelectorAll("input");
  [start.value, end.value, typed.value] = [place.start, place.end, ""];
  line.querySelector(".anchored").textContent = place.words;
}

bench.addEventListener("click", (event) => {
  const taking = event.target.closest(".take");
  if (taking) take(taking);
  const button = event.target.closest(".adding button");
  if (button && selectedPlace()) {
    event.preventDefault();
    add(button);
  }
});
bench.addEventListener("mousedown", (event) => {
  // a button pressed must not undo the selection it is about
  if (event.target.closest(".adding button, .take")) event.preventDefault();
});

// Choose words without a mouse: arrows choose, Shift extends, Ctrl goes by letters.
const ARROWS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]);

function choose(event) {
  if (!ARROWS.has(event.key) || event.altKey || event.metaKey) return false;
  const selection = getSelection();
  const onward = event.key === (text().dir === "rtl" ? "ArrowLeft" : "ArrowRight");
  const way = onward || event.key === "ArrowDown" ? "forward" : "backward";
  const inLine = event.key === "ArrowLeft" || event.key === "ArrowRight";
  if (!selection.rangeCount || !text().contains(selection.focusNode)) {
    const from = text().querySelector(".is-here") || text();
    selection.setPosition(from.firstChild || from, 0);
    selection.modify("extend", "forward", "word");
  } else if (event.shiftKey) {
    const unit = event.ctrlKey ? "character" : inLine ? "word" : "line";
    selection.modify("extend", way, unit);
  } else {
    if (onward) selection.collapseToEnd();
    else selection.collapseToStart();
    if (!onward) selection.modify("move", way, inLine ? "word" : "line");
    selection.modify("extend", "forward", "word");
  }
  event.preventDefault();
  return true;
}

// --- keys ---

// The letter that is printed on the key, also where the layout writes Arabic.
const keyOf = (event) =>
  /^[a-z]$/i.test(event.key) ? event.key.toUpperCase() : event.code.replace(/^Key/, "");

function step(by) {
  const cards = [...bench.querySelectorAll(".places > li")].filter((each) =>
    each.querySelector(':scope > a[href^="?"], :scope > .card'),
  );
  const here = cards.findIndex((each) => each.querySelector(":scope > .card"));
  const next = cards[here < 0 && by < 0 ? cards.length - 1 : here + by];
  next?.querySelector(":scope > a")?.click();
}

// To the first name that is missing, else to the first field; or to what edits it.
function edit() {
  const link = bench.querySelector('a[data-key="E"]');
  if (link) return link.click();
  const names = [...bench.querySelectorAll(".card > form > .line .named-group input:not([type=hidden])")];
  const missing = names.find((each) => !each.value);
  (missing || bench.querySelector(".card .line :is(input:not([type=hidden]), select)"))?.focus();
}

addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  if (event.key === "Escape") return leave(event);
  if (typing(event.target)) return enter(event);
  if (event.target === text() && choose(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const help = document.getElementById("help");
  if (event.key === "?" || event.key === "؟") return void (help.open = !help.open);
  const key = keyOf(event);
  const button = bench.querySelector(`[data-key="${key}"]`);
  if (key === "C" || key === "Q") add(button);
  else if (button && "ADNUW".includes(key)) button.click();
  else if (key === "J" || key === "K") step(key === "J" ? 1 : -1);
  else if (key === "E") edit();
  else return;
  event.preventDefault();
});

function leave(event) {
  const help = document.getElementById("help");
  if (typing(event.target)) document.getElementById("card")?.focus();
  else if (help.open) help.open = false;
  else bench.querySelector('a[data-key="Escape"]')?.click();
}

function enter(event) {
  // Enter among the fields of a new row adds that row, not the statement
  const creating = event.key === "Enter" && event.target.closest("details.creating");
  if (!creating || event.target.matches("textarea")) return;
  event.preventDefault();
  creating.querySelector("button").click();
}

arrive(document);
