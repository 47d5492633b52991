import type { Answer } from "./answer.ts";
import { byId, grouped, html } from "./elements.ts";
import type { Place } from "./messages.ts";

type State = "empty" | "busy" | "problem" | "sorted";

const result = byId("result", HTMLElement);
const status = byId("status", HTMLElement);
const MOST_CHARACTERS = 60;

/** Shows one of the result's states, and says so. */
export function showState(state: State, text: string): void {
  const hasAnswer = result.dataset["state"] === "sorted";
  if (state !== "busy" || hasAnswer) result.dataset["state"] = state;
  result.setAttribute("aria-busy", String(state === "busy"));
  status.textContent = text;
}

/** How many numbers there are and how long it took. */
export function describe(
  count: number,
  numbersRead: number | undefined,
  milliseconds: number,
  place: Place,
): string {
  const time = milliseconds < 100 ? milliseconds.toFixed(1) : grouped(Math.round(milliseconds));
  const where = place === "browser" ? "in this browser" : "with the network";
  const read = numbersRead === undefined || numbersRead === count ? "" : ` of ${grouped(numbersRead)} read`;
  return `${grouped(count)} ${count === 1 && read === "" ? "number" : "numbers"}${read} in ${time} ms, ${where}`;
}

/** The least, the middle and the greatest number of an answer in either order. */
export function showSummary(answer: Answer): void {
  const at = (index: number) => answer.literal(index, MOST_CHARACTERS);
  const items = [
    ["First", at(0)],
    ["Middle", at((answer.count - 1) >>> 1)],
    ["Last", at(answer.count - 1)],
  ] as const;
  byId("summary", HTMLElement).replaceChildren(
    ...(answer.count === 0
      ? []
      : items.map(([name, value]) =>
          html("div", {}, html("dt", {}, name), html("dd", { title: value }, value)),
        )),
  );
}
