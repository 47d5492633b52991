import { askForColumn } from "./column-question.ts";
import { changedControls, setControls } from "./form.ts";
import { currentInput, setInput, setSmallFile, smallFile } from "./input-box.ts";

/** The parameters that have the text, and the name of the file that it is of. */
const INPUT = "input";
const FILE = "file";

/**
 * What the user has entered, as parameters: the controls that were changed, and the text or a small file. Never larger
 * files, nor the key.
 */
export function currentDraft(): URLSearchParams {
  const file = smallFile();
  const input: [string, string][] = file
    ? [
        [FILE, file.name],
        [INPUT, file.text],
      ]
    : [[INPUT, currentInput().text]];
  return new URLSearchParams([...changedControls(), ...input]);
}

/** Whether the draft has all of the input. */
export function isDraftWhole(): boolean {
  return currentInput().files.length === 0 || smallFile() !== undefined;
}

/** Puts a draft into the form. */
export async function restoreDraft(draft: URLSearchParams): Promise<void> {
  const text = draft.get(INPUT) ?? "";
  const name = draft.get(FILE);
  await (name === null ? setInput(text) : setSmallFile(name, text));
  setControls(draft);
  askForColumn();
  // The question proposes headings and a column, and its choices follow the headings.
  setControls(draft);
  askForColumn();
  setControls(draft);
}
