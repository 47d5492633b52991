import { askForColumn } from "./column-question.ts";
import { changedControls, setControls } from "./form.ts";
import { currentInput, setInput } from "./input-box.ts";

/** The parameter that has the text. */
const INPUT = "input";

/** What the user has entered, as parameters: the text and the controls that were changed. Never files, nor the key. */
export function currentDraft(): URLSearchParams {
  return new URLSearchParams([...changedControls(), [INPUT, currentInput().text]]);
}

/** Puts a draft into the form. */
export async function restoreDraft(draft: URLSearchParams): Promise<void> {
  await setInput(draft.get(INPUT) ?? "");
  setControls(draft);
  askForColumn();
  // The question proposes headings and a column, and its choices follow the headings.
  setControls(draft);
  askForColumn();
  setControls(draft);
}
