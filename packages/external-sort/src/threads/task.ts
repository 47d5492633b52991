import type { KernelInstance } from "@sorted/core/kernel";
import { type CheckOutcome, type CheckTask, performCheck } from "./check-task.ts";
import { performSort, type SortOutcome, type SortTask } from "./sort-task.ts";

/** What a thread can do. */
export type Task = { readonly sort: SortTask } | { readonly check: CheckTask };

/** The result; undefined if the kernel declines its input. */
export type Outcome = SortOutcome | CheckOutcome | undefined;

export function performTask(kernel: KernelInstance, task: Task): Outcome {
  try {
    return "sort" in task ? performSort(kernel, task.sort) : performCheck(kernel, task.check);
  } catch (error) {
    // There is less memory than it would take.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
