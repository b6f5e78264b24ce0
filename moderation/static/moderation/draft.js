// A note that was not saved survives a closed tab: kept in this browser, per person, item and version of the text.
// Never where the class is secret or a crime that nobody may keep anything of.
const PREFIX = "utkast.";
const LONGEST = 7 * 24 * 3600 * 1000;

function store(action) {
  try {
    return action(window.localStorage);
  } catch {
    return null; // No room, or not allowed: then nothing is kept.
  }
}

function mayKeep(form) {
  const category = form.querySelector("input[name=category]:checked")?.value;
  const reason = form.querySelector("input[name=reason]:checked")?.value;
  return category !== "sekretess" && reason !== "barnpornografi";
}

function keep(form) {
  const field = form.querySelector("[data-draft]");
  if (!field) return;
  const key = PREFIX + field.dataset.draft;
  store((kept) =>
    field.value.trim() && mayKeep(form)
      ? kept.setItem(key, JSON.stringify({ text: field.value, at: Date.now() }))
      : kept.removeItem(key),
  );
}

function bringBack(root) {
  for (const field of root.querySelectorAll("[data-draft]")) {
    const told = store((kept) => JSON.parse(kept.getItem(PREFIX + field.dataset.draft)));
    if (!told?.text || field.value || !mayKeep(field.form)) continue;
    field.value = told.text;
    field.parentElement.querySelector("[data-draft-told]").hidden = false;
  }
}

// Everything about one item, or with no item what has become old.
function forget(item) {
  store((kept) => {
    for (const key of Object.keys(kept).filter((one) => one.startsWith(PREFIX))) {
      const isOld = Date.now() - (JSON.parse(kept.getItem(key))?.at ?? 0) > LONGEST;
      if (isOld || key.split(".")[2] === item) kept.removeItem(key);
    }
  });
}

document.addEventListener("input", (event) => event.target.form?.matches("[data-reasons]") && keep(event.target.form));
document.addEventListener("change", (event) => event.target.form?.matches("[data-reasons]") && keep(event.target.form));
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-forget]")) forget(document.querySelector("[data-desk]").dataset.desk);
});
document.addEventListener("htmx:load", (event) => {
  const judged = event.detail.elt.dataset?.judged;
  if (judged) forget(judged);
  bringBack(event.detail.elt.parentElement ?? event.detail.elt);
});
forget();
bringBack(document);
