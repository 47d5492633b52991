import type { Answer } from "./answer.ts";
import { byId, grouped, html } from "./elements.ts";

/** The tallest element that browsers support. If the list is taller, scrolling is proportional. */
const MOST_PIXELS = 6_000_000;
/** The list cuts longer literals. */
const MOST_CHARACTERS = 300;
const EXTRA_ROWS = 4;

const list = byId("list", HTMLElement);
const rows = byId("rows", HTMLElement);
let answer: Answer | undefined;
let rowPixels = 28;

/** Shows any count of numbers: only the visible ones have elements. */
export function showNumbers(shown: Answer): void {
  answer = shown;
  list.style.setProperty("--position-digits", String(grouped(shown.count).length));
  list.scrollTop = 0;
  render();
}

function render(): void {
  if (answer === undefined) return;
  const { count } = answer;
  rowPixels = Number.parseFloat(getComputedStyle(list).lineHeight) || rowPixels;
  const allPixels = count * rowPixels;
  const height = Math.min(allPixels, MOST_PIXELS);
  rows.style.height = `${height}px`;
  const inSight = Math.ceil(list.clientHeight / rowPixels);
  const scrollable = height - list.clientHeight;
  // If the list is as tall as its rows, this is the row at the top.
  const share = scrollable > 0 ? Math.min(1, list.scrollTop / scrollable) : 0;
  const top = share * Math.max(0, allPixels - list.clientHeight);
  const first = Math.max(0, Math.floor(top / rowPixels) - EXTRA_ROWS);
  const last = Math.min(count, first + inSight + 2 * EXTRA_ROWS + 1);
  const inRange = [];
  for (let index = first; index < last; index += 1) {
    const row = rowOf(answer, index);
    row.style.top = `${list.scrollTop + index * rowPixels - top}px`;
    inRange.push(row);
  }
  rows.replaceChildren(...inRange);
}

function rowOf(shown: Answer, index: number): HTMLElement {
  const length = shown.lengthOf(index);
  const literal = shown.literal(index, MOST_CHARACTERS);
  const text = length > MOST_CHARACTERS ? `${literal}… (${grouped(length)} characters)` : literal;
  return html(
    "li",
    { "aria-setsize": String(shown.count), "aria-posinset": String(index + 1) },
    html("span", { class: "position", "aria-hidden": "true" }, grouped(index + 1)),
    html("span", { class: "literal" }, text),
  );
}

list.addEventListener("scroll", render, { passive: true });
new ResizeObserver(render).observe(list);
