import type { Answer } from "./answer.ts";
import { byId, grouped } from "./elements.ts";
import { currentInput } from "./input-box.ts";

/** About a thousand sheets of paper. */
const MOST_NUMBERS = 100_000;

/** Puts the whole input and the whole answer onto paper, of which the screen shows only what is in sight. */
export function watchPrinting(current: () => Answer | undefined): void {
  const input = byId("print-input", HTMLElement);
  const numbers = byId("print-numbers", HTMLElement);
  addEventListener("beforeprint", () => {
    const { text, files } = currentInput();
    input.textContent = files.length > 0 ? files.map(({ name }) => name).join("\n") : text;
    numbers.textContent = linesOf(current());
  });
  addEventListener("afterprint", () => {
    input.textContent = "";
    numbers.textContent = "";
  });
}

function linesOf(answer: Answer | undefined): string {
  if (answer === undefined) return "";
  const count = Math.min(answer.count, MOST_NUMBERS);
  const lines = Array.from({ length: count }, (_, index) => answer.literal(index));
  const rest = answer.count - count;
  return [...lines, ...(rest > 0 ? [`… and ${grouped(rest)} more, which the download has`] : [])].join("\n");
}
