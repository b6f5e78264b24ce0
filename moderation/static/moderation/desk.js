// The desk is swapped whole, also when the server refuses (400, 409): then the form comes back with what was typed.
const DESK = "arbetsyta";
const REFUSED = [400, 409];

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== DESK || !REFUSED.includes(event.detail.xhr.status)) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

// What the presence form is told after its desk has gone is not drawn: from there nothing else on the page can be found.
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt;
  if (!form.matches("[data-presence-form]")) return;
  form.addEventListener("htmx:beforeOnLoad", (late) => { if (!form.isConnected) late.preventDefault(); }, { once: true });
});

// No answer at all, or one that says nothing about the form: the desk stays as it is.
function sayFailed() {
  for (const told of document.querySelectorAll(`#${DESK} [data-failed]`)) told.hidden = false;
  for (const form of document.querySelectorAll(`#${DESK} form[data-sent]`)) delete form.dataset.sent;
}
document.addEventListener("htmx:sendError", sayFailed);
document.addEventListener("htmx:timeout", sayFailed);
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.target?.id === DESK) sayFailed();
});

// Save stands outside what is folded away: to save again is to judge anew.
document.addEventListener("click", (event) => {
  const form = event.target.closest?.("#arbetsyta [form=bedomning-form]")?.form;
  const fold = form?.closest("details:not([open])");
  if (!fold) return;
  event.preventDefault();
  fold.open = true;
  form.querySelector("input[name=category]").focus();
});
