// Anchors every annotation of an article in the page that shows its text.
//   node anchor.js SITE ARTICLE  ->  what was found, as JSON
import {
  createTextPositionSelectorMatcher,
  createTextQuoteSelectorMatcher,
} from "@apache-annotator/dom";
import { JSDOM } from "jsdom";

const [site, article] = process.argv.slice(2);
const { window } = await JSDOM.fromURL(`${site}/articles/${article}/`);
for (const name of ["Node", "NodeFilter", "Range", "document"]) {
  globalThis[name] = window[name];
}
const text = window.document.querySelector(".text");

async function ranges(matcher) {
  const found = [];
  for await (const range of matcher(text)) found.push(range);
  return found;
}

// Where a range begins in the text, in code points.
function start(range) {
  const before = window.document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return [...before.toString()].length;
}

async function anchored({ id, target }) {
  const [quote, position] = target.selector;
  const quoted = await ranges(createTextQuoteSelectorMatcher(quote));
  const placed = await ranges(createTextPositionSelectorMatcher(position)).catch(() => []);
  return {
    id,
    exact: quote.exact,
    start: position.start,
    quoted: quoted.map((range) => [start(range), range.toString()]),
    placed: placed.map((range) => range.toString()),
  };
}

const results = [];
const collection = await (await fetch(`${site}/articles/${article}/annotations/`)).json();
for (let at = collection.first; at; ) {
  const page = await (await fetch(at)).json();
  for (const annotation of page.items) results.push(await anchored(annotation));
  at = page.next;
}
console.log(JSON.stringify({ total: collection.total, results }));
