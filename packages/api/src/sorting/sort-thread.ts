/** The code of the threads: sorts a body in the memory that the thread shares with the server. */
import { type ErrorCode, type Place, SortedError } from "@sorted/core";
import { answerFrom, KernelInstance } from "@sorted/core/kernel";
import { requireAscii } from "./require-ascii.ts";
import type { Counts, SortTask } from "./sort-task.ts";

export { collectGarbage } from "./collect-garbage.ts";

/** The result of a task, how much of the shared memory it has used, and how long it took. */
export interface Outcome {
  readonly result: Result;
  readonly usedBytes: number;
  readonly milliseconds: number;
}

/** Where the answer is in the shared memory; or the answer itself if the kernel did not make it; or the fault. */
type Result =
  | (Counts & { readonly start: number; readonly length: number })
  | (Counts & { readonly answer: Uint8Array })
  | { readonly fault: Fault };

/** The parts of a SortedError: an error loses its class on the way to another thread. */
interface Fault {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly place: Place;
}

export default function sortInThread(task: SortTask): Outcome {
  const startedAt = performance.now();
  const kernel = new KernelInstance(task.memory, task.bodyBytes);
  const result = sort(kernel, task);
  return { result, usedBytes: kernel.usedBytes, milliseconds: performance.now() - startedAt };
}

function sort(kernel: KernelInstance, { memory, grammar, options, format, asciiOnly }: SortTask): Result {
  try {
    if (asciiOnly !== undefined) requireAscii(kernel.input, asciiOnly);
    const { answer, ...counts } = answerFrom(kernel, grammar, options, format);
    if (answer.buffer !== memory.buffer) return { ...counts, answer };
    return { ...counts, start: answer.byteOffset, length: answer.length };
  } catch (error) {
    if (!(error instanceof SortedError)) throw error;
    const { code, detail, place } = error;
    return { fault: { code, detail, place } };
  }
}
