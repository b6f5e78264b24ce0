// Single keys for what is on the page: each element with data-key="name" is pressed by the person's own character.
// The table stands in #tangenter. Dead inside fields and while a dialog is open; off where the person wants it so.
const told = document.getElementById("tangenter");
const { on, keys } = told ? JSON.parse(told.textContent) : { on: false, keys: {} };
const help = document.getElementById("tangenthjalp");
const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit])";

const isShown = (element) => element.getClientRects().length > 0 && !element.disabled;
const find = (name) => [...document.querySelectorAll(`[data-key~="${name}"]`)].find(isShown);

function press(name) {
  const element = find(name) ?? inList(name);
  if (!element) return false;
  const fold = element.closest("details:not([open])");
  if (fold) fold.open = true;
  if (element.matches("summary")) element.parentElement.open = true;
  else if (!element.matches(TYPING)) element.click();
  if (element.matches(`${TYPING}, summary, input`)) element.focus();
  return true;
}

// Without a link of its own, next and previous walk the list beside.
function inList(name) {
  if (name !== "next" && name !== "previous") return null;
  const rows = [...document.querySelectorAll("[data-row]:not([data-done]) a[href]")].filter(isShown);
  const here = rows.findIndex((row) => row.closest("[aria-current]"));
  return name === "next" ? rows[here + 1] : rows[here - 1];
}

function decorate(root) {
  for (const element of root.querySelectorAll("[data-key]")) {
    const character = Object.keys(keys).find((one) => element.dataset.key.split(" ").includes(keys[one]));
    if (!character || element.hasAttribute("aria-keyshortcuts")) continue;
    const shown = character === character.toLowerCase() ? character.toUpperCase() : `Skift+${character}`;
    element.setAttribute("aria-keyshortcuts", shown.replace("Skift", "Shift"));
    const place = element.matches("input") ? element.labels?.[0] : element.matches(TYPING) ? null : element;
    if (!place || place.querySelector("kbd")) continue;
    const mark = Object.assign(document.createElement("kbd"), { className: "key", textContent: shown });
    mark.setAttribute("aria-hidden", "true");
    place.append(" ", mark);
  }
}

function showHelp() {
  for (const row of help.querySelectorAll("[data-help]")) {
    row.hidden = row.dataset.help && !find(row.dataset.help) && !inList(row.dataset.help);
  }
  help.showModal();
}

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest?.(TYPING);
  if (event.ctrlKey && event.key === "Enter" && find("save_next")) {
    event.preventDefault();
    find("save_next").click();
  }
  if (writing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (document.querySelector("dialog[open]") || !on) return;
  if (event.key === "?" && help) showHelp();
  else if (keys[event.key] && press(keys[event.key])) event.preventDefault();
});

for (const opener of document.querySelectorAll("[data-opens-help]")) opener.addEventListener("click", showHelp);
if (on) {
  decorate(document);
  document.addEventListener("htmx:load", (event) => decorate(event.detail.elt));
}
