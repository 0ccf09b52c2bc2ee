// The key “/” goes to the search box. On an Arabic layout the same key writes “ظ”.

document.addEventListener("keydown", (event) => {
  const isSlash = event.key === "/" || (event.code === "Slash" && event.key === "ظ");
  const box = document.querySelector("[data-search]");
  if (!isSlash || !box || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  event.preventDefault();
  box.focus();
  box.select();
});
