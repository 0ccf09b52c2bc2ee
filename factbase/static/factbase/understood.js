// Says under a field how the server reads what is typed there, before it is saved.
{
  const { address } = document.currentScript.dataset;
  const PAUSE = 300; // ms without a key
  let waiting;

  const line = (input) => {
    const known = document.getElementById(`${input.id}_understood`);
    if (known) return known;
    const made = document.createElement("output");
    made.id = `${input.id}_understood`;
    made.className = "understood";
    made.dir = "auto";
    input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${made.id}`.trim());
    const group = input.closest(".group");
    if (group) group.append(made);
    else input.after(made);
    return made;
  };

  const say = async (input) => {
    const typed = input.value.trim();
    const query = new URLSearchParams({ as: input.dataset.readAs, typed });
    const answer = typed && (await fetch(`${address}?${query}`).catch(() => null));
    if (input.value.trim() !== typed) return;
    const said = answer?.ok ? await answer.json() : { says: "", is_refused: false };
    const output = line(input);
    output.classList.toggle("is-refused", said.is_refused);
    output.value = said.says;
  };

  document.addEventListener("input", ({ target }) => {
    if (!target.dataset.readAs) return;
    clearTimeout(waiting);
    waiting = setTimeout(say, PAUSE, target);
  });
}
