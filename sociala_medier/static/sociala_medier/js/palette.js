// Ctrl+K: one field that finds an item by link, number, diarienummer or name, and runs whatever this page allows.
const palette = document.getElementById("palett");
const field = palette?.querySelector("input[type=search]");
const commands = palette?.querySelector("[data-commands]");

function allowed() {
  const seen = new Set();
  return [...document.querySelectorAll("[data-key], .site-nav__link")].filter((element) => {
    const name = element.dataset.key ?? element.textContent;
    if (seen.has(name) || element.disabled || element.getClientRects().length === 0) return false;
    return seen.add(name);
  });
}

function label(element) {
  const known = palette.querySelector(`[data-label="${element.dataset.key?.split(" ")[0]}"]`);
  return (known ?? element).textContent.trim().replace(/\s+/g, " ");
}

function list() {
  const wanted = field.value.trim().toLowerCase();
  const found = allowed().filter((element) => label(element).toLowerCase().includes(wanted));
  commands.replaceChildren(
    ...found.slice(0, 12).map((element) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "palette__command" });
      button.textContent = label(element);
      button.addEventListener("click", () => {
        palette.close();
        element.click();
        if (element.matches("input, textarea, select, summary")) element.focus();
      });
      return button;
    }),
  );
}

function open() {
  list();
  palette.showModal();
  field.select();
}

function step(event) {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!way) return;
  const stops = [field, ...palette.querySelectorAll("[data-found] a, [data-commands] button")];
  const next = stops[stops.indexOf(document.activeElement) + way];
  if (next) next.focus();
  event.preventDefault();
}

if (palette) {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (!palette.open) open();
  });
  for (const opener of document.querySelectorAll("[data-opens-palette]")) {
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      open();
    });
  }
  field.addEventListener("input", list);
  palette.addEventListener("keydown", step);
}
