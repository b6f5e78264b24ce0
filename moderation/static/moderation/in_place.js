// A form in a part of the page with data-in-place is answered there when it is refused (400, 409): what was typed, and
// what was wrong with it. Any other fault is shown as it would have been without scripts.
const REFUSED = [400, 409];
const isPart = (element) => element?.matches?.("[data-in-place]");

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr, requestConfig } = event.detail;
  if (!isPart(target) || !event.detail.isError) return;
  event.detail.isError = false;
  if (REFUSED.includes(xhr.status)) event.detail.shouldSwap = true;
  else if (requestConfig.elt.matches("form")) requestConfig.elt.submit();
});

document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  if (!isPart(part) || !REFUSED.includes(event.detail.xhr.status)) return;
  const wrong = part.querySelector("[aria-invalid=true]") ?? part.querySelector("[role=alert]");
  if (!wrong) return;
  if (wrong.tabIndex < 0) wrong.tabIndex = -1;
  wrong.focus();
});
