// Buttons that copy what an element says; without a script nobody sees them.
for (const button of document.querySelectorAll("[data-copies]")) {
  const from = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText((from.value ?? from.innerText).trim());
      button.nextElementSibling.textContent = button.dataset.done;
    } catch {
      // Not over plain HTTP, nor where a browser forbids it: the words are selected at least.
      getSelection().selectAllChildren(from);
      from.select?.();
      button.nextElementSibling.textContent = button.dataset.selected;
    }
  });
}
