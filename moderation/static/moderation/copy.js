// A button with data-copies="ID" copies what stands in that field, and says so. Without script it is not there.
const shown = (root) => {
  for (const button of root.querySelectorAll("button[data-copies][hidden]")) button.hidden = !navigator.clipboard;
};
shown(document);
document.addEventListener("htmx:load", (event) => shown(event.target));
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copies]");
  const field = button && document.getElementById(button.dataset.copies);
  if (!field) return;
  button.dataset.words ??= button.textContent;
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = "Kopierat";
  } catch {
    field.select();
    button.textContent = "Markerat: tryck Ctrl+C";
  }
  button.setAttribute("aria-live", "polite");
  setTimeout(() => (button.textContent = button.dataset.words), 4000);
});
