// Says that the person judges, at their first key, and that they have left, when they go elsewhere.
// The page itself asks every ten seconds who else is there.
let sayer = null;

const form = () => document.querySelector("[data-presence-form]");

function leave(left) {
  navigator.sendBeacon(left.dataset.left, new FormData(left));
}

// After a swap another item may be on the desk.
function follow() {
  const now = form();
  if (now === sayer) return;
  if (sayer && sayer.dataset.left !== now?.dataset.left) leave(sayer);
  sayer = now;
}

function judging(event) {
  if (!event.target.closest?.("[data-judges]") || !sayer) return;
  if (sayer.elements.doing.value === "judging") return;
  sayer.elements.doing.value = "judging";
  if (!document.querySelector("[data-presence-mine]")) sayer.dispatchEvent(new Event("tangent"));
}

// Each time only what has happened since the last one is told.
function told(event) {
  if (event.detail.elt === sayer) sayer.elements.doing.value = "viewing";
}

// Read out when somebody comes, goes or begins to judge, but not while the minutes tick.
function say() {
  const place = document.querySelector("[data-presence-said]");
  const said = [...document.querySelectorAll("[data-presence-sentence]")].map((one) => one.textContent).join(". ");
  if (place && place.textContent !== said) place.textContent = said;
}

document.addEventListener("input", judging);
document.addEventListener("htmx:configRequest", told);
document.addEventListener("htmx:afterSettle", () => { follow(); say(); });
window.addEventListener("pagehide", () => { if (sayer) leave(sayer); });
window.addEventListener("pageshow", (event) => { if (event.persisted) sayer?.dispatchEvent(new Event("tangent")); });
follow();
