// The list beside the desk: marks which item is open, tells what others have done, and puts focus on what is new.
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

function focusOn(id) {
  const part = document.getElementById(id);
  const heading = part?.querySelector("h1[tabindex], h2[tabindex]") ?? part;
  heading?.focus({ preventScroll: id === LIST });
}

document.addEventListener("htmx:afterSettle", (event) => {
  const id = event.detail.target?.id;
  if (id !== DESK && id !== LIST) return;
  const isItem = location.pathname.startsWith("/handling/");
  document.querySelector("[data-workbench]")?.classList.toggle("workbench--queue", !isItem);
  markOpen();
  focusOn(id);
  // Whoever has just judged sees it in the list at once.
  if (document.querySelector(`#${DESK}[data-judged]`)) document.body.dispatchEvent(new Event("ko-andrad"));
});

// What says the same as before is left alone, so that nothing is read aloud twice.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  if (target.textContent === fragment.textContent) event.detail.shouldSwap = false;
});

// What others have judged stays where it stands; J and K pass over it.
document.addEventListener("htmx:oobAfterSwap", () => {
  for (const told of document.querySelectorAll(`#${LIST} [data-done-row]`)) told.closest("[data-row]").dataset.done = "";
});

// Whoever was logged out meanwhile is led to the login, and nothing of its page is put among the rows.
document.addEventListener("htmx:beforeSwap", (event) => {
  const answered = event.detail.xhr.responseURL;
  if (!answered || !new URL(answered).pathname.startsWith("/logga-in/")) return;
  event.detail.shouldSwap = false;
  location.reload();
});
