import { byId, grouped, html } from "./elements.ts";
import type { Place } from "./messages.ts";

type State = "empty" | "busy" | "problem" | "sorted";

const result = byId("result", HTMLElement);
const status = byId("status", HTMLElement);
const notice = byId("stale", HTMLElement);

/** Shows one of the result's states, and says so. While it is busy, the last result stays, but not the last problem. */
export function showState(state: State, text: string): void {
  const hasAnswer = result.dataset["state"] === "sorted";
  if (state !== "busy" || !hasAnswer) result.dataset["state"] = state;
  result.setAttribute("aria-busy", String(state === "busy"));
  status.textContent = text;
}

/** Marks a result as one of another input, or of other options, than those that the page shows. */
export function showStale(isStale: boolean, onSort: () => void): void {
  if (isStale === result.hasAttribute("data-stale")) return;
  result.toggleAttribute("data-stale", isStale);
  notice.replaceChildren();
  if (!isStale) return;
  const button = html("button", { type: "button" }, "Sort again");
  button.addEventListener("click", onSort);
  notice.append(html("p", {}, "The input or the options have changed: this is not their result."), button);
}

/** How many numbers were read and are left, and how long it took. */
export function describe(
  count: number,
  numbersRead: number | undefined,
  milliseconds: number,
  place: Place,
): string {
  const time = milliseconds < 100 ? milliseconds.toFixed(1) : grouped(Math.round(milliseconds));
  const where = place === "browser" ? "in this browser" : "with the network";
  const read = numbersRead ?? count;
  const kept = count === read ? "" : `, kept ${grouped(count)}`;
  return `Read ${grouped(read)} ${read === 1 ? "number" : "numbers"}${kept}, in ${time} ms ${where}`;
}
