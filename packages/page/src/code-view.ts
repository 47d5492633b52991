import { all, byId } from "./elements.ts";
import type { SortRequest } from "./messages.ts";
import { type Snippets, snippetsFor } from "./snippets.ts";

const tabs = all("[role=tab]", HTMLButtonElement);
const panel = byId("code", HTMLElement);
const snippet = byId("snippet", HTMLElement);
const note = byId("code-note", HTMLElement);
let snippets: Snippets | undefined;

/** Shows the same request in code. */
export function showCode(request: SortRequest): void {
  snippets = snippetsFor(new URL(".", location.href).href.replace(/\/$/, ""), request);
  render();
}

function render(): void {
  const selected = tabs.find((tab) => tab.getAttribute("aria-selected") === "true");
  const language = selected?.id.replace("tab-", "");
  if (snippets === undefined || selected === undefined) return;
  if (language === "javascript") snippet.textContent = snippets.javascript;
  else snippet.textContent = language === "python" ? snippets.python : snippets.curl;
  panel.setAttribute("aria-labelledby", selected.id);
  note.textContent = snippets.file === undefined ? "" : `Reads the input from the file ${snippets.file}.`;
}

function select(tab: HTMLButtonElement): void {
  for (const other of tabs) {
    other.setAttribute("aria-selected", String(other === tab));
    other.tabIndex = other === tab ? 0 : -1;
  }
  tab.focus();
  render();
}

for (const [index, tab] of tabs.entries()) {
  tab.addEventListener("click", () => select(tab));
  tab.addEventListener("keydown", ({ key }) => {
    const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (step !== 0 && next !== undefined) select(next);
  });
}
