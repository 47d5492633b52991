import type { Grammar, KernelInstance } from "@sorted/core/kernel";

/** What a thread is to find out about the input in its kernel's memory. */
export interface CheckTask {
  readonly inputBytes: number;
  readonly grammar: Grammar;
  readonly order: "asc" | "desc";
  /** Whether equal numbers are out of order, too. */
  readonly unique: boolean;
  readonly maxDepth: number;
  readonly maxNumbers: number;
}

/** What it has found. */
export interface CheckOutcome {
  readonly numbers: number;
  readonly lineEnds: number;
  /** The first number that should not come after the one before it, if there is one. */
  readonly disorder?: { readonly index: number; readonly number: string; readonly previous: string };
  /** The first and the last number; absent where there are none. */
  readonly first?: string;
  readonly last?: string;
}

/** Finds out whether the input of a kernel is in order; undefined where the kernel declines it. */
export function performCheck(kernel: KernelInstance, task: CheckTask): CheckOutcome | undefined {
  const { grammar, order, unique, maxDepth, maxNumbers } = task;
  kernel.clear();
  kernel.extend(task.inputBytes);
  const lineEnds = kernel.lineEnds;
  const index = kernel.firstDisorder(grammar, { order, unique, maxDepth, maxNumbers });
  if (index === undefined) return undefined;
  const numbers = kernel.numbersRead;
  if (numbers === 0) return { numbers, lineEnds };
  const literal = (place: number) => Buffer.from(kernel.literal(place)).toString("latin1");
  return {
    numbers,
    lineEnds,
    ...(index < numbers ? { disorder: { index, number: literal(index), previous: literal(index - 1) } } : {}),
    first: literal(0),
    last: literal(numbers - 1),
  };
}
