/** The page: takes numbers, lets the worker sort them, and shows the answer. */
import { copyText, watchActions } from "./actions.ts";
import { showCode } from "./code-view.ts";
import { askForColumn } from "./column-question.ts";
import { currentDraft, isDraftWhole, restoreDraft } from "./draft.ts";
import { all, byId } from "./elements.ts";
import { settings, showOptions, watchForm } from "./form.ts";
import { currentInput, setInput, watchInput } from "./input-box.ts";
import { currentKey, isKeyWanted, watchKey } from "./key-field.ts";
import { linkTo, takeDraftFromLink, watchLink } from "./link.ts";
import { watchPrinting } from "./printing.ts";
import { watchCancel } from "./progress-view.ts";
import { showStale } from "./result-view.ts";
import { samples } from "./samples.ts";
import { keep, kept } from "./session.ts";
import { cancel } from "./sorter.ts";
import { currentResult, isStale, sortNow } from "./sorting.ts";

const DRAFT = "sorted.draft";
const copyLink = byId("copy-link", HTMLButtonElement);

async function sortAndShow(): Promise<void> {
  await sortNow();
  follow();
}

/** Makes all of the page follow the input and the options. */
function follow(): void {
  askForColumn();
  const asked = settings();
  const draft = currentDraft();
  const input = currentInput();
  showOptions(asked);
  showCode({ ...asked, input, needsKey: currentKey() !== "" || isKeyWanted() });
  showStale(isStale(), sortAndShow);
  copyLink.disabled = !isDraftWhole() || linkTo(draft) === undefined;
  keep(DRAFT, draft.toString());
}

async function restore(draft: URLSearchParams): Promise<void> {
  await restoreDraft(draft);
  follow();
}

watchInput(follow);
watchForm(sortAndShow, follow);
watchKey(follow);
watchCancel(cancel);
watchActions(currentResult);
watchPrinting(() => currentResult()?.answer);
copyLink.addEventListener("click", () => copyText(linkTo(currentDraft()) ?? "", copyLink));
for (const button of all("[data-sample]", HTMLButtonElement)) {
  button.addEventListener("click", async () => {
    const sample = samples[button.dataset["sample"] ?? ""];
    if (sample === undefined) return;
    await setInput(sample(), "amounts.txt");
    follow();
    byId("form", HTMLFormElement).requestSubmit();
  });
}
watchLink(async () => {
  const draft = takeDraftFromLink();
  if (draft !== undefined) await restore(draft);
});
const text = kept(DRAFT);
const draft = takeDraftFromLink() ?? (text === "" ? undefined : new URLSearchParams(text));
if (draft === undefined) follow();
else await restore(draft);
