// Name the boxes of select2, which leaves them without a name for screen readers.
// Asked of its jQuery, this runs after select2 has made them.
window.django?.jQuery?.(() => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const name = select.getAttribute("aria-label") || select.labels[0]?.textContent;
    const box = select.nextElementSibling?.querySelector(".select2-selection__rendered");
    if (box && name) box.setAttribute("aria-label", name.trim());
  }
});
