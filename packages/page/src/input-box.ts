import { byId, grouped } from "./elements.ts";

/** A longer text would make the text area slow, so the page keeps it elsewhere. */
const MOST_TYPED_CHARACTERS = 200_000;
const PREVIEW_BYTES = 400;

const encoder = new TextEncoder();
const textarea = byId("numbers", HTMLTextAreaElement);
const large = byId("large", HTMLElement);
const drop = byId("drop", HTMLElement);
const file = byId("file", HTMLInputElement);

/** A large input that is not in the text area. */
let largeBytes: Uint8Array<ArrayBuffer> | undefined;

/** The user's input, in UTF-8. */
export function inputBytes(): Uint8Array<ArrayBuffer> {
  return largeBytes?.slice() ?? encoder.encode(textarea.value);
}

/** Puts a text into the text area, or keeps it elsewhere if it is large. */
export function setInput(text: string, name = "A large input"): void {
  const isLarge = text.length > MOST_TYPED_CHARACTERS;
  setLarge(isLarge ? encoder.encode(text) : undefined, name);
  textarea.value = isLarge ? "" : text;
}

/** Whether the input is in the text area, where the page can show a place in it. */
export function canShowFault(): boolean {
  return largeBytes === undefined;
}

/** Selects a character of the text area. */
export function showFault(index: number): void {
  textarea.focus();
  // Selects the character. There is none after the last place.
  textarea.setSelectionRange(index, Math.min(index + 1, textarea.value.length));
}

/** Tells assistive technology whether the input has an error. */
export function markInput(isAtFault: boolean): void {
  textarea.setAttribute("aria-invalid", String(isAtFault));
}

/** Accepts typed, pasted, dropped and chosen input, and calls back after each change. */
export function watchInput(onChange: () => void): void {
  textarea.addEventListener("input", onChange);
  textarea.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.length <= MOST_TYPED_CHARACTERS) return;
    event.preventDefault();
    setInput(text, "A large text");
    onChange();
  });
  for (const type of ["dragenter", "dragover"]) {
    drop.addEventListener(type, (event) => {
      event.preventDefault();
      drop.classList.add("is-over");
    });
  }
  for (const type of ["dragleave", "drop"])
    drop.addEventListener(type, () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    const [dropped] = event.dataTransfer?.files ?? [];
    if (dropped !== undefined) await setFile(dropped);
    else setInput(event.dataTransfer?.getData("text/plain") ?? "");
    onChange();
  });
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (chosen === undefined) return;
    await setFile(chosen);
    file.value = "";
    onChange();
  });
  byId("remove", HTMLButtonElement).addEventListener("click", () => {
    setInput("");
    textarea.focus();
    onChange();
  });
}

async function setFile(chosen: File): Promise<void> {
  const bytes = new Uint8Array(await chosen.arrayBuffer());
  try {
    if (bytes.length > MOST_TYPED_CHARACTERS) throw new Error("too large for the text area");
    // Input that is not UTF-8, or whose line ends the text area would change, is sorted unchanged.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    if (text.includes("\r")) throw new Error("other line ends");
    setInput(text);
  } catch {
    setLarge(bytes, chosen.name);
  }
}

function setLarge(bytes: Uint8Array<ArrayBuffer> | undefined, name = ""): void {
  largeBytes = bytes;
  textarea.hidden = bytes !== undefined;
  large.hidden = bytes === undefined;
  if (bytes === undefined) return;
  byId("large-name", HTMLElement).textContent = name;
  byId("large-size", HTMLElement).textContent = `${grouped(bytes.length)} bytes`;
  byId("large-preview", HTMLElement).textContent = new TextDecoder().decode(bytes.subarray(0, PREVIEW_BYTES));
}
