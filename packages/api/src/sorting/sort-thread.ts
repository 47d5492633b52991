/** What runs in the threads: sorts a body in the memory that it shares with the server. */
import { type ErrorCode, type Place, SortedError } from "@sorted/core";
import { answerFrom, Kernel } from "@sorted/core/kernel";
import type { SortTask } from "./sort-task.ts";

/** How long it took; and where the answer is in the shared memory, or the answer itself, where the kernel did not make it, or the fault. */
export type Outcome = { readonly milliseconds: number } & (
  | { readonly count: number; readonly start: number; readonly length: number }
  | { readonly count: number; readonly answer: Uint8Array }
  | { readonly fault: Fault }
);

/** The parts of a SortedError: an error loses its class on its way to another thread. */
interface Fault {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly place: Place;
}

export default function sortInThread({ memory, bodyBytes, grammar, options, format }: SortTask): Outcome {
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  try {
    const kernel = new Kernel(memory, bodyBytes);
    const answer = answerFrom(kernel, grammar, options, format);
    const { count } = kernel;
    if (answer.buffer !== memory.buffer) return { milliseconds: elapsed(), count, answer };
    return { milliseconds: elapsed(), count, start: answer.byteOffset, length: answer.length };
  } catch (error) {
    if (!(error instanceof SortedError)) throw error;
    const { code, detail, place } = error;
    return { milliseconds: elapsed(), fault: { code, detail, place } };
  }
}
