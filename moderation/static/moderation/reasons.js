// In a form with data-reasons: shows only what belongs to the chosen class, and lets go of a reason that does not.
// Without this everything stands below its class all the time.
function show(form) {
  const chosen = form.querySelector("input[name=category]:checked")?.value;
  const reason = form.querySelector("input[name=reason]:checked")?.value;
  for (const group of form.querySelectorAll("[data-reasons-of]")) {
    const isChosen = group.dataset.reasonsOf === chosen;
    group.hidden = !isChosen;
    for (const each of group.querySelectorAll("input")) {
      each.required = isChosen;
      // A reason that nobody sees asks for nothing, although it has its name in common with those that do.
      each.disabled = !isChosen;
      if (!isChosen) each.checked = false;
    }
    const own = [...group.querySelectorAll("[data-steps-of]")].some((steps) => reason && steps.dataset.stepsOf === reason);
    for (const steps of group.querySelectorAll("[data-steps-of]")) {
      steps.hidden = steps.dataset.stepsOf !== (own ? reason : "");
    }
  }
}

function begin(root) {
  for (const form of root.querySelectorAll("form[data-reasons]")) {
    const none = form.querySelector("[data-reasons-none]");
    none.hidden = true;
    none.querySelector("input").disabled = true;
    show(form);
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-reasons]");
  if (!form) return;
  show(form);
  if (event.target.name === "category") event.target.closest(".category").scrollIntoView({ block: "nearest" });
});
document.addEventListener("htmx:load", (event) => begin(event.detail.elt.parentElement ?? event.detail.elt));
window.addEventListener("pageshow", () => begin(document));
begin(document);
