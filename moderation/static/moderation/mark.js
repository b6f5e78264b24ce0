// Marks rows for the bar below the list: one by one, all between two with Shift, or all in the view.
const BOX = "input[name=handling]";
let last = null;

const boxes = () => [...document.querySelectorAll(BOX)];
const here = () => document.querySelector("[data-row] [aria-current]")?.closest("[data-row]").querySelector(BOX);

function markTo(box, checked) {
  const all = boxes();
  const ends = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
  if (ends[0] < 0) return;
  for (const between of all.slice(ends[0], ends[1] + 1)) between.checked = checked;
}

function tell() {
  const count = document.querySelector("[data-mark-count]");
  if (!count) return;
  const every = document.querySelector("[data-mark-all]");
  const marked = boxes().filter((box) => box.checked).length;
  const said = every?.checked ? "Alla i vyn är markerade" : marked ? `${marked} markerade` : "";
  if (count.textContent !== said) count.textContent = said;
  const range = document.querySelector("[data-mark-range]");
  if (range) range.hidden = !last;
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.(BOX);
  const range = event.target.closest?.("[data-mark-range]");
  if (box && event.shiftKey && last) markTo(box, box.checked);
  if (range && last && here()) markTo(here(), true);
  if (box || range) last = box ?? here() ?? last;
});

document.addEventListener("change", (event) => {
  const every = document.querySelector("[data-mark-all]");
  if (event.target === every) for (const box of boxes()) box.checked = every.checked;
  else if (event.target.matches(BOX) && !event.target.checked && every) every.checked = false;
  tell();
});
document.addEventListener("click", tell);
document.addEventListener("htmx:afterSettle", tell);
tell();
