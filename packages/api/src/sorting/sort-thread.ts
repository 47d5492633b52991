/** The code of the threads: sorts a body in the memory that the thread shares with the server. */
import { parentPort } from "node:worker_threads";
import { SortedError } from "@sorted/core";
import { answerFrom, KernelInstance } from "@sorted/core/kernel";
import { collectGarbage } from "./collect-garbage.ts";
import { requireAscii } from "./require-ascii.ts";
import { COLLECT_GARBAGE, type Outcome, type Result, type SortTask } from "./sort-task.ts";

parentPort?.on("message", (message: SortTask | typeof COLLECT_GARBAGE) => {
  if (message === COLLECT_GARBAGE) collectGarbage();
  else parentPort?.postMessage(sortInThread(message));
});
// The first message says that the thread has loaded its code.
parentPort?.postMessage(undefined);

function sortInThread(task: SortTask): Outcome {
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
