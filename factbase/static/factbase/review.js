// Keys on the pages of a desk: each presses the button or follows the link that shows
// it. htmx sends the forms in place; without a script they are plain forms.

const typing = (target) => target.closest("input, select, textarea, [contenteditable]");

// The key by its place, so that an Arabic layout works the same.
const keyOf = (event) => (event.key === "?" || event.key === "؟" ? "?" : event.code.replace("Key", "").toLowerCase());

function press(control) {
  const needed = control.dataset.needs && document.getElementById(control.dataset.needs);
  if (needed && !needed.value.trim()) {
    needed.dataset.sends = control.value;
    needed.focus();
    needed.scrollIntoView({ block: "center" });
  } else {
    control.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.target.id === "id_note" && event.key === "Enter" && event.ctrlKey) {
    const step = event.target.dataset.sends || "return";
    document.querySelector(`#decision [name=step][value=${step}]`)?.click();
    return;
  }
  if (event.key === "Escape" && typing(event.target)) event.target.blur();
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  const key = keyOf(event);
  if (key === "?" || key === "e") {
    const folded = document.querySelector(key === "e" ? ".proposing" : "#help");
    if (!folded) return;
    folded.open = !folded.open;
    folded.querySelector("summary").focus();
    event.preventDefault();
    return;
  }
  const control = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!control) return;
  event.preventDefault();
  press(control);
});

// The passage comes into view beside the card, without moving the page.
function showPassage() {
  const place = document.getElementById("passage");
  const text = place?.closest(".text");
  if (text) text.scrollTop = place.offsetTop - text.offsetTop - text.clientHeight / 3;
}

document.addEventListener("htmx:load", showPassage);
showPassage();
