import type { Problem } from "@sorted/contract";
import { byId, grouped, html } from "./elements.ts";
import { type Excerpt, excerptAt } from "./excerpt.ts";
import { canShowFault, showFault } from "./input-box.ts";

const view = byId("problem", HTMLElement);

/** Shows the API's error, and its place in the input. */
export function showProblem(problem: Problem, input: Uint8Array): void {
  const excerpt = problem.offset === undefined ? undefined : excerptAt(input, problem.offset);
  view.replaceChildren(
    html("h3", {}, problem.title),
    html("p", {}, `${problem.detail}.`),
    ...(excerpt
      ? [html("pre", { "data-testid": "excerpt" }, excerpt.before, marked(excerpt), excerpt.after)]
      : []),
    html("p", { class: "hint" }, ...placeOf(problem, excerpt)),
    html("p", { class: "hint" }, "Code ", link(problem), `, status ${problem.status}.`),
  );
  if (excerpt === undefined || !canShowFault()) return;
  const button = html("button", { type: "button" }, "Show the error in the input");
  button.addEventListener("click", () => showFault(excerpt.index));
  view.append(button);
}

/** Shows why there is no answer at all. */
export function showFailure(reason: string): void {
  view.replaceChildren(html("h3", {}, "No answer"), html("p", {}, reason));
}

/** Forgets the last error, so that the same one is announced again. */
export function clearProblem(): void {
  view.replaceChildren();
}

function marked({ at }: Excerpt): HTMLElement {
  return html("mark", {}, at.trim() === "" ? "␣" : at);
}

function placeOf({ offset, pointer, parameter }: Problem, excerpt: Excerpt | undefined): (Node | string)[] {
  if (parameter !== undefined) return ["In the option ", html("code", {}, parameter), "."];
  if (excerpt === undefined || offset === undefined) return [];
  const { line, column } = excerpt;
  return [
    `Line ${grouped(line)}, character ${grouped(column)} (byte ${grouped(offset)})`,
    ...(pointer ? ["; JSON Pointer ", html("code", {}, pointer)] : []),
    ".",
  ];
}

function link({ type, code }: Problem): HTMLElement {
  return html("a", { href: type }, code);
}
