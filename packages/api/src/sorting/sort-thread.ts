/** What runs in the threads: sorts a body in the memory that it shares with the server. */
import { type ErrorCode, type Place, SortedError } from "@sorted/core";
import { answerFrom, Kernel } from "@sorted/core/kernel";
import type { SortTask } from "./sort-task.ts";

export { collectGarbage } from "./collect-garbage.ts";

/** What became of a task, and how much of the shared memory it has used. */
export interface Outcome {
  readonly result: Result;
  readonly usedBytes: number;
}

/** Where the answer is in the shared memory; or the answer itself, where the kernel did not make it; or the fault. */
type Result =
  | { readonly start: number; readonly length: number }
  | { readonly answer: Uint8Array }
  | { readonly fault: Fault };

/** The parts of a SortedError: an error loses its class on its way to another thread. */
interface Fault {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly place: Place;
}

export default function sortInThread(task: SortTask): Outcome {
  const kernel = new Kernel(task.memory, task.bodyBytes);
  return { result: sort(kernel, task), usedBytes: kernel.usedBytes };
}

function sort(kernel: Kernel, { memory, grammar, options, format }: SortTask): Result {
  try {
    const answer = answerFrom(kernel, grammar, options, format);
    if (answer.buffer !== memory.buffer) return { answer };
    return { start: answer.byteOffset, length: answer.length };
  } catch (error) {
    if (!(error instanceof SortedError)) throw error;
    const { code, detail, place } = error;
    return { fault: { code, detail, place } };
  }
}
