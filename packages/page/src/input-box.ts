import { encodingOf, type Input } from "./body.ts";
import { byId, grouped, html } from "./elements.ts";

/** A longer text would make the text area slow, so the page keeps it as a file. */
const MOST_TYPED_CHARACTERS = 200_000;
const SAMPLE_BYTES = 65_536;
const PREVIEW_CHARACTERS = 400;

const textarea = byId("numbers", HTMLTextAreaElement);
const view = byId("files", HTMLElement);
const drop = byId("drop", HTMLElement);
const chooser = byId("file", HTMLInputElement);
const edit = byId("edit", HTMLButtonElement);

let files: readonly File[] = [];
let fileSample = "";
/** Whether the sample is all of the only file, and nothing is lost by it. */
let isWhole = false;

/** The user's input. */
export function currentInput(): Input {
  if (files.length > 0) return { text: "", files, sample: fileSample };
  return { text: textarea.value, files, sample: textarea.value.slice(0, SAMPLE_BYTES) };
}

/** Puts a text into the text area, or keeps it as a file if it is large. */
export async function setInput(text: string, name = "large.txt"): Promise<void> {
  const isLarge = text.length > MOST_TYPED_CHARACTERS;
  textarea.value = isLarge ? "" : text;
  await setFiles(isLarge ? [new File([text], name)] : []);
}

/** The input if it is one small file, as text; undefined for others. */
export function smallFile(): { readonly name: string; readonly text: string } | undefined {
  const [first] = files;
  return first !== undefined && isWhole ? { name: first.name, text: fileSample } : undefined;
}

/** Puts a file with this text into the input. */
export function setSmallFile(name: string, text: string): Promise<void> {
  return setFiles([new File([text], name)]);
}

/** Whether the input is in the text area, where the page can show a place in it. */
export function canShowFault(): boolean {
  return files.length === 0;
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
  const take = async (taken: Promise<void>) => {
    await taken;
    onChange();
  };
  textarea.addEventListener("input", onChange);
  textarea.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.length <= MOST_TYPED_CHARACTERS) return;
    event.preventDefault();
    void take(setInput(text, "pasted.txt"));
  });
  for (const type of ["dragenter", "dragover"]) {
    drop.addEventListener(type, (event) => {
      event.preventDefault();
      drop.classList.add("is-over");
    });
  }
  for (const type of ["dragleave", "drop"])
    drop.addEventListener(type, () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    const dropped = Array.from(event.dataTransfer?.files ?? []);
    const text = event.dataTransfer?.getData("text/plain") ?? "";
    void take(dropped.length > 0 ? setFiles(dropped) : setInput(text));
  });
  chooser.addEventListener("change", () => {
    const chosen = Array.from(chooser.files ?? []);
    chooser.value = "";
    if (chosen.length > 0) void take(setFiles(chosen));
  });
  for (const id of ["remove", "clear"]) {
    byId(id, HTMLButtonElement).addEventListener("click", async () => {
      await take(setInput(""));
      textarea.focus();
    });
  }
  edit.addEventListener("click", async () => {
    await take(setInput((await files[0]?.text()) ?? ""));
    textarea.focus();
  });
}

/** The input is these files; none means the text area. */
async function setFiles(chosen: readonly File[]): Promise<void> {
  const [first] = chosen;
  fileSample = first === undefined ? "" : await beginningOf(first);
  // Other encodings, and bytes that are not UTF-8, would not come back.
  isWhole = chosen.length === 1 && new TextEncoder().encode(fileSample).length === first?.size;
  files = chosen;
  textarea.hidden = first !== undefined;
  view.hidden = first === undefined;
  edit.hidden = files.length !== 1 || (first?.size ?? 0) > MOST_TYPED_CHARACTERS;
  byId("not-kept", HTMLElement).hidden = isWhole;
  byId("file-names", HTMLElement).replaceChildren(
    ...files.map(({ name, size }) =>
      html("li", {}, html("strong", {}, name), ` ${grouped(size)} ${size === 1 ? "byte" : "bytes"}`),
    ),
  );
  byId("file-preview", HTMLElement).textContent = fileSample.slice(0, PREVIEW_CHARACTERS);
}

/** The first lines of a file, the last one complete. */
async function beginningOf(file: File): Promise<string> {
  const sample = file.slice(0, SAMPLE_BYTES);
  const decoder = new TextDecoder(await encodingOf(file), { ignoreBOM: true });
  const text = decoder.decode(await sample.arrayBuffer());
  return sample.size === file.size
    ? text
    : text.slice(0, Math.max(text.lastIndexOf("\n"), PREVIEW_CHARACTERS));
}
