// Name the boxes of select2, which leaves them without a name for screen readers.
// Asked of its jQuery, this runs after select2 has made them.
window.django?.jQuery?.(() => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const name = select.getAttribute("aria-label") || select.labels[0]?.textContent;
    const box = select.nextElementSibling?.querySelector(".select2-selection__rendered");
    if (box && name) box.setAttribute("aria-label", name.trim());
  }
});

// Name the list of a model, and make the first cell of a row its header.
const list = document.getElementById("result_list");
const title = document.querySelector("#content > h1");
if (list && title) list.setAttribute("aria-label", title.textContent.trim());
for (const cell of list?.querySelectorAll("tbody th") ?? []) cell.scope = "row";
