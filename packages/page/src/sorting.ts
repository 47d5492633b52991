import type { Copyable } from "./actions.ts";
import { Answer } from "./answer.ts";
import { bodyOf, JoinError } from "./body.ts";
import { showHistogram } from "./chart.ts";
import { byId } from "./elements.ts";
import { type Settings, setPlace, settings } from "./form.ts";
import { currentInput, markInput } from "./input-box.ts";
import { askForKey, currentKey } from "./key-field.ts";
import type { SortReply } from "./messages.ts";
import { showNumbers } from "./number-list.ts";
import { clearProblem, showFailure, showProblem } from "./problem-view.ts";
import { showBegin, showEnd, showProgress } from "./progress-view.ts";
import { describe, showState } from "./result-view.ts";
import { sort } from "./sorter.ts";
import { showStatistics } from "./statistics-view.ts";

const distribution = byId("distribution", HTMLElement);
const TOO_LARGE = 413;

/** What the page shows, an answer or an error, and what it is the result of. */
let shown: { readonly asked: Asked; readonly result: Copyable | undefined } | undefined;
/** Which sort began last: the page shows only its answer. */
let latest = 0;

/** What decides a result: it is stale as soon as any of this has changed. */
type Asked = ReturnType<typeof nowAsked>;

function nowAsked() {
  const { search, contentType, accept } = settings();
  const { text, files } = currentInput();
  return { search, contentType, accept, text, files };
}

/** The answer that the page shows. */
export function currentResult(): Copyable | undefined {
  return shown?.result;
}

/** Whether the page shows the result of another input, or of other options, than those in the form. */
export function isStale(): boolean {
  if (shown === undefined) return false;
  const { asked } = shown;
  const now = nowAsked();
  return (
    asked.search !== now.search ||
    asked.contentType !== now.contentType ||
    asked.accept !== now.accept ||
    asked.text !== now.text ||
    asked.files.length !== now.files.length ||
    asked.files.some((file, index) => file !== now.files[index])
  );
}

/** Sorts what the form asks for, and shows the result. It gives up a sort that is still running. */
export async function sortNow(): Promise<void> {
  latest += 1;
  const own = latest;
  const asked = nowAsked();
  const request = settings();
  clearProblem();
  showState("busy", "Sorting…");
  showBegin(request.place);
  const reply = await replyTo(request);
  if (own !== latest) return;
  showEnd();
  if (reply.kind === "cancelled") return showState(shown?.result ? "sorted" : "empty", "Cancelled");
  shown = { asked, result: show(reply, request) };
}

async function replyTo(request: Settings) {
  try {
    const body = await bodyOf(currentInput(), request.contentType, request.hasHeadings);
    return await sort({ ...request, body, key: currentKey() }, showProgress);
  } catch (error) {
    if (!(error instanceof JoinError)) throw error;
    return { kind: "failed", reason: error.message, isOffline: false } as const;
  }
}

function show(reply: SortReply, { place, accept }: Settings): Copyable | undefined {
  markInput(reply.kind === "problem" && reply.problem.offset !== undefined);
  distribution.hidden = reply.kind !== "sorted" || reply.histogram === undefined;
  showStatistics(reply.kind === "sorted" ? reply.statistics : undefined);
  if (reply.kind === "sorted") {
    const answer = new Answer(reply.bytes, reply);
    showState("sorted", describe(answer.count, reply.numbersRead, reply.milliseconds, place));
    showNumbers(answer);
    if (reply.histogram !== undefined) showHistogram(reply.histogram);
    return { answer, type: accept };
  }
  showState("problem", "Not sorted");
  if (reply.kind === "problem") {
    const { problem, excerpt } = reply;
    showProblem(problem, excerpt, problem.status === TOO_LARGE && place === "server" ? inBrowser : undefined);
    if (problem.code === "UNAUTHORIZED") askForKey();
  } else showFailure(reply.reason, reply.isOffline ? inBrowser : undefined);
  return undefined;
}

/** What the service can't sort, the page's own copy of the code can. */
const inBrowser = {
  label: "Sort in this browser",
  act: () => {
    setPlace("browser");
    byId("form", HTMLFormElement).requestSubmit();
  },
};
