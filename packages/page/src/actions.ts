import type { Answer } from "./answer.ts";
import { byId } from "./elements.ts";
import type { NumbersType } from "./messages.ts";

const FILES: { readonly [type in NumbersType]: string } = {
  "application/json": "sorted.json",
  "text/plain": "sorted.txt",
  "text/csv": "sorted.csv",
};
const SAID_SECONDS = 2;

/** What the user can copy and download: the answer, unchanged. */
export interface Copyable {
  readonly answer: Answer;
  readonly type: NumbersType;
}

/** Makes the buttons next to the answer and the code work. */
export function watchActions(current: () => Copyable | undefined): void {
  const copy = byId("copy", HTMLButtonElement);
  copy.addEventListener("click", async () => {
    const shown = current();
    if (shown) await copyText(new TextDecoder().decode(shown.answer.bytes), copy);
  });
  byId("download", HTMLButtonElement).addEventListener("click", () => {
    const shown = current();
    if (shown) download(shown);
  });
  const copyCode = byId("copy-code", HTMLButtonElement);
  copyCode.addEventListener("click", () =>
    copyText(byId("snippet", HTMLElement).textContent ?? "", copyCode),
  );
}

/** Copies a text, and says so on the button. */
export async function copyText(text: string, button: HTMLButtonElement): Promise<void> {
  // Pressed again, the button already says what was done.
  button.dataset["label"] ??= button.textContent ?? "";
  const label = button.dataset["label"];
  button.textContent = await navigator.clipboard.writeText(text).then(
    () => "Copied",
    () => copyBySelection(text),
  );
  setTimeout(() => {
    button.textContent = label;
  }, SAID_SECONDS * 1000);
}

/** Without TLS, the browser has no clipboard to write to. */
function copyBySelection(text: string): string {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  return isCopied ? "Copied" : "The browser does not allow copying";
}

function download({ answer, type }: Copyable): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([answer.bytes], { type }));
  link.download = FILES[type];
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAID_SECONDS * 1000);
}
