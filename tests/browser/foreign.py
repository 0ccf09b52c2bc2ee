"""Words of another language than the page's that nothing marks as such."""

#: What is written the same in both languages: names of formats, of keys, and ours.
SHARED = (
    "Factbase|JSON|CSV|SVG|Atom|LD|SHA|UTF|ISO|PDF|NDJSON|DOCX|HTML|TXT|YYYY|MM|DD"
    "|Esc|Enter|Ctrl|ar|en"
)
#: Words in the script of the other language, outside of passages that are marked with
#: theirs, of names that stand apart, and of code. The desk shows the rows of its lists
#: and forms as they are: of it only what it says itself is read.
FOREIGN = r"""() => {
  const language = document.documentElement.lang;
  const script = language === "ar" ? "Latin" : "Arabic";
  const foreign = new RegExp(`[\\p{Script=${script}}&&\\p{Letter}]{2,}`, "v");
  const shared = /\b(SHARED|[a-z]-[\w-]+)\b/gi;
  const apart = "bdi, code, kbd, pre, script, style, option, textarea, [dir=auto], .code, .digest";
  const said = "label, thead th, h1, h2, h3, legend, button, summary, caption, dt, .help, .helptext";
  const isDesk = document.querySelector("#user-tools") !== null;
  const found = new Set();
  const note = (element, words) => {
    if (!words || !foreign.test(words.replace(shared, ""))) return;
    const marked = element.closest("[lang]") !== document.documentElement;
    if (marked || element.closest(apart) || !element.checkVisibility()) return;
    if (isDesk && !element.closest(said)) return;
    found.add(`${language} page says: ${words.trim().slice(0, 80)} in ${element.outerHTML.slice(0, 120)}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) note(walker.currentNode.parentElement, walker.currentNode.data);
  const names = ["title", "aria-label", "placeholder"];
  for (const each of document.querySelectorAll(names.map(name => `[${name}]`).join()))
    for (const name of names) note(each, each.getAttribute(name));
  return [...found];
}""".replace("SHARED", SHARED)
