// In a form with data-reasons: shows only the reasons of the chosen category, and lets go of a reason that is not one
// of them. Without this every reason stands below its category all the time.
for (const form of document.querySelectorAll("form[data-reasons]")) {
  const groups = form.querySelectorAll("[data-reasons-of]");
  form.querySelector("[data-reasons-none]").hidden = true;

  const show = () => {
    const chosen = form.querySelector("input[name=category]:checked")?.value;
    for (const group of groups) {
      const isChosen = group.dataset.reasonsOf === chosen;
      group.hidden = !isChosen;
      for (const reason of group.querySelectorAll("input")) {
        reason.required = isChosen;
        if (!isChosen) reason.checked = false;
      }
    }
  };

  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}
