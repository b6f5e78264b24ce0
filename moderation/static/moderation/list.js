// The list beside the desk: marks which item is open, and puts focus where the new content is.
const LIST = "lista";
const DESK = "arbetsyta";

function markOpen() {
  for (const link of document.querySelectorAll(`#${LIST} [data-row] a[href]`)) {
    const isOpen = new URL(link.href).pathname === location.pathname;
    const box = link.parentElement.querySelector("input[name=handling]");
    if (isOpen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (box && isOpen) box.dataset.key = "mark";
    else if (box) delete box.dataset.key;
  }
}

// What others have judged stays where it stands, and says so; J and K pass over it.
function markDone() {
  for (const told of document.querySelectorAll(`#${LIST} [data-done-row]`)) {
    told.closest("[data-row]").dataset.done = "";
  }
}

function focusOn(id) {
  const part = document.getElementById(id);
  const heading = part?.querySelector("h1[tabindex], h2[tabindex]") ?? part;
  heading?.focus({ preventScroll: id === LIST });
}

document.addEventListener("htmx:afterSettle", (event) => {
  const id = event.detail.target?.id;
  if (id === "puls") markDone();
  if (id !== DESK && id !== LIST) return;
  document.querySelector("[data-workbench]")?.classList.toggle("workbench--queue", !location.pathname.startsWith("/handling/"));
  markOpen();
  focusOn(id);
});
