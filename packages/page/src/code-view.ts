import { all, byId } from "./elements.ts";
import { type Call, KEY_VARIABLE } from "./snippets/call.ts";
import { type Asked, callFor, LANGUAGES } from "./snippets/snippets.ts";

const tabs = all("[role=tab]", HTMLButtonElement);
const panel = byId("code", HTMLElement);
const snippet = byId("snippet", HTMLElement);
const note = byId("code-note", HTMLElement);
const languages = new Map(Object.entries(LANGUAGES));
let asked: Asked | undefined;

/** Shows the same request in code. */
export function showCode(request: Omit<Asked, "base">): void {
  asked = { ...request, base: new URL(".", location.href).href };
  render();
}

function render(): void {
  const selected = tabs.find((tab) => tab.getAttribute("aria-selected") === "true");
  const write = languages.get(selected?.id.replace("tab-", "") ?? "");
  if (asked === undefined || selected === undefined || write === undefined) return;
  const call = callFor(asked);
  snippet.textContent = write(call);
  panel.setAttribute("aria-labelledby", selected.id);
  note.textContent = noteOn(call, asked.input.files.length);
}

function noteOn({ body, needsKey }: Call, fileCount: number): string {
  const joined =
    fileCount > 1 ? ` The page joins your ${fileCount} files; for the API, put them into this one.` : "";
  return [
    "file" in body ? `Reads the input from the file ${body.file}.${joined}` : "",
    needsKey ? `Takes the API key from the environment variable ${KEY_VARIABLE}.` : "",
  ]
    .filter(Boolean)
    .join(" ");
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
