import type { Problem } from "@sorted/contract";
import { byId, grouped, html } from "./elements.ts";
import type { Excerpt } from "./excerpt.ts";
import { canShowFault, showFault } from "./input-box.ts";

const view = byId("problem", HTMLElement);

/** What the user can do about it. */
export interface Remedy {
  readonly label: string;
  readonly act: () => void;
}

/** Shows the API's error, its place in the input, and what to do about it. */
export function showProblem(problem: Problem, excerpt: Excerpt | undefined, remedy?: Remedy): void {
  view.replaceChildren(
    html("h3", {}, problem.title),
    html("p", {}, `${problem.detail}.`),
    ...(excerpt
      ? [
          html(
            "pre",
            { "data-testid": "excerpt", tabindex: "0" },
            excerpt.before,
            marked(excerpt),
            excerpt.after,
          ),
        ]
      : []),
    html("p", { class: "hint" }, ...placeOf(problem, excerpt)),
    html("p", { class: "hint" }, "Code ", link(problem), `, status ${problem.status}.`),
  );
  const inText =
    excerpt && canShowFault()
      ? { label: "Show the error in the input", act: () => showFault(excerpt.index) }
      : undefined;
  offer(remedy ?? inText);
}

/** Shows why there is no answer at all, and what to do about it. */
export function showFailure(reason: string, remedy?: Remedy): void {
  view.replaceChildren(html("h3", {}, "No answer"), html("p", {}, reason));
  offer(remedy);
}

/** Forgets the last error, so that the same one is announced again. */
export function clearProblem(): void {
  view.replaceChildren();
}

function offer(remedy: Remedy | undefined): void {
  if (remedy === undefined) return;
  const button = html("button", { type: "button" }, remedy.label);
  button.addEventListener("click", remedy.act);
  view.append(button);
}

function marked({ at }: Excerpt): HTMLElement {
  return html("mark", {}, at.trim() === "" ? "␣" : at);
}

function placeOf({ offset, pointer, parameter }: Problem, excerpt: Excerpt | undefined): (Node | string)[] {
  if (parameter !== undefined) return ["In the option ", html("code", {}, parameter), "."];
  if (excerpt === undefined) return [];
  const { line, column, name } = excerpt;
  // Among several files, neither the byte nor the pointer is that of the file.
  if (name !== undefined)
    return ["In ", html("strong", {}, name), `: line ${grouped(line)}, character ${grouped(column)}.`];
  if (offset === undefined) return [];
  return [
    `Line ${grouped(line)}, character ${grouped(column)} (byte ${grouped(offset)})`,
    ...(pointer ? ["; JSON Pointer ", html("code", {}, pointer)] : []),
    ".",
  ];
}

function link({ type, code }: Problem): HTMLElement {
  return html("a", { href: type }, code);
}
