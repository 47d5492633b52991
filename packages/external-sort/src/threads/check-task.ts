import type { KernelInstance } from "@sorted/core/kernel";
import type { PieceForm } from "../forms/form.ts";
import { lineEndsOfInput, readInput } from "./read-input.ts";

/** What a thread must check in the input in its kernel's memory. */
export interface CheckTask {
  readonly inputBytes: number;
  readonly form: PieceForm;
  readonly order: "asc" | "desc";
  /** Whether equal numbers are out of order too. */
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
  /** The first and the last number; absent if there are none. */
  readonly first?: string;
  readonly last?: string;
}

/** Checks whether the input of a kernel is in order; undefined if it has a fault or is too large. */
export function performCheck(inputKernel: KernelInstance, task: CheckTask): CheckOutcome | undefined {
  const { order, unique, maxDepth, maxNumbers } = task;
  inputKernel.clear();
  inputKernel.extend(task.inputBytes);
  const lineEnds = lineEndsOfInput(inputKernel, task.form);
  const input = readInput(inputKernel, task);
  if (input === undefined) return undefined;
  const { kernel } = input;
  const { grammar, ...options } = input.form;
  const index = kernel.firstDisorder(grammar, { ...options, order, unique, maxDepth, maxNumbers });
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
