/** The page: takes numbers, lets the worker sort them, and shows the answer. */
import { type Copyable, watchActions } from "./actions.ts";
import { Answer } from "./answer.ts";
import { showHistogram } from "./chart.ts";
import { showCode } from "./code-view.ts";
import { all, byId } from "./elements.ts";
import { requestOf, watchForm } from "./form.ts";
import { inputBytes, markInput, setInput, watchInput } from "./input-box.ts";
import { showNumbers } from "./number-list.ts";
import { clearProblem, showFailure, showProblem } from "./problem-view.ts";
import { describe, showState, showSummary } from "./result-view.ts";
import { samples } from "./samples.ts";
import { sort } from "./sorter.ts";

const distribution = byId("distribution", HTMLElement);
let current: Copyable | undefined;
/** Which sort began last: the page shows only its answer. */
let latest = 0;

async function sortNow(): Promise<void> {
  latest += 1;
  const own = latest;
  const request = requestOf();
  const { place, accept } = request;
  showCode(request);
  clearProblem();
  showState("busy", "Sorting…");
  const reply = await sort(request);
  if (own !== latest) return;

  markInput(reply.kind === "problem" && reply.problem.offset !== undefined);
  distribution.hidden = reply.kind !== "sorted" || reply.histogram === undefined;
  if (reply.kind === "sorted") {
    const answer = new Answer(reply.bytes, reply);
    current = { answer, type: accept };
    showState("sorted", describe(answer.count, reply.numbersRead, reply.milliseconds, place));
    showSummary(answer);
    showNumbers(answer);
    if (reply.histogram !== undefined) showHistogram(reply.histogram);
    return;
  }
  current = undefined;
  showState("problem", "Not sorted");
  if (reply.kind === "problem") showProblem(reply.problem, inputBytes());
  else showFailure(reply.reason);
}

watchInput(() => showCode(requestOf()));
watchForm(sortNow, () => {
  // If a result is shown, it follows the options. Before the first one, the page sends nothing unasked.
  if (latest > 0) void sortNow();
  else showCode(requestOf());
});
watchActions(() => current);
for (const button of all("[data-sample]", HTMLButtonElement)) {
  button.addEventListener("click", () => {
    const sample = samples[button.dataset["sample"] ?? ""];
    if (sample === undefined) return;
    setInput(sample(), "A million amounts");
    void sortNow();
  });
}
showCode(requestOf());
