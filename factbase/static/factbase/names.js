// Boxes for the name of a speaker, a measure, a source: offer what the base has, in any
// spelling. Without a script the name is typed; the server finds whose it is.

let wanted = 0;

document.addEventListener("input", (event) => {
  const group = event.target.closest(".named-group");
  if (!group || event.target.type === "hidden") return;
  clearTimeout(wanted);
  wanted = setTimeout(() => offer(group, event.target), 150);
});

async function offer(group, box) {
  const term = box.value.trim();
  if (!term) return close(group);
  const answer = await fetch(`${group.dataset.options}&term=${encodeURIComponent(term)}`);
  if (!answer.ok || box.value.trim() !== term) return;
  const { results } = await answer.json();
  close(group);
  if (!results.length) return;
  const list = document.createElement("ul");
  list.role = "listbox";
  list.id = `${box.id}_list`;
  list.className = "offered";
  list.setAttribute("aria-label", box.labels[0]?.textContent ?? "");
  results.forEach(({ id, text: name }, number) => {
    const option = document.createElement("li");
    option.role = "option";
    option.id = `${list.id}_${number}`;
    option.dataset.key = id;
    option.dir = "auto";
    option.textContent = name;
    list.append(option);
  });
  if (results.length === 1) list.firstChild.ariaSelected = "true"; // Enter takes it
  group.append(list);
  box.role = "combobox";
  box.setAttribute("aria-expanded", "true");
  box.setAttribute("aria-controls", list.id);
  const chosen = list.querySelector("[aria-selected=true]");
  if (chosen) box.setAttribute("aria-activedescendant", chosen.id);
}

function close(group) {
  group.querySelector(".offered")?.remove();
  const box = group.querySelector("input:not([type=hidden])");
  if (box.role) box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
  box.removeAttribute("aria-controls");
}

function take(group, option) {
  const [key, box] = group.querySelectorAll("input");
  key.value = option.dataset.key;
  box.value = option.textContent;
  close(group);
  box.focus();
}

document.addEventListener("keydown", (event) => {
  const group = event.target.closest(".named-group");
  const options = [...(group?.querySelectorAll("[role=option]") ?? [])];
  if (!options.length) return;
  const here = options.findIndex((each) => each.ariaSelected === "true");
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) {
    const next = options[(here + by + options.length) % options.length];
    options.forEach((each) => (each.ariaSelected = String(each === next)));
    event.target.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter" && here >= 0) {
    take(group, options[here]);
  } else if (event.key === "Escape") {
    close(group);
  } else return;
  event.preventDefault();
});
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest("[role=option]");
  if (!option) return;
  event.preventDefault();
  take(option.closest(".named-group"), option);
});
document.addEventListener("focusout", (event) => {
  const group = event.target.closest(".named-group");
  if (group && !group.contains(event.relatedTarget)) close(group);
});
