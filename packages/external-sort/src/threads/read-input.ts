import { SortedError } from "@sorted/core";
import { KernelInstance, literalsOf } from "@sorted/core/kernel";
import type { PieceForm } from "../forms/form.ts";

const LINE_FEED = 0x0a;

/** An input that a kernel can read, and how. */
export interface KernelInput {
  readonly kernel: KernelInstance;
  readonly form: PieceForm;
}

/** Takes an input that its own kernel can't read. */
let ownKernel: KernelInstance | undefined;

/**
 * The input of a kernel. If a kernel can't read it (one column of a table, one member of each record), its numbers as a
 * text in a kernel of this thread's own. Undefined if the input has a fault.
 */
export function readInput(
  kernel: KernelInstance,
  task: { readonly form: PieceForm; readonly maxDepth: number; readonly maxNumbers: number },
): KernelInput | undefined {
  const { form, maxDepth, maxNumbers } = task;
  const { grammar, ...options } = form;
  if (form.column === undefined && form.field === undefined) return { kernel, form };
  try {
    const literals = literalsOf(grammar, kernel.input.slice(), { ...options, maxDepth, maxNumbers });
    ownKernel ??= new KernelInstance();
    ownKernel.clear();
    // A text without numbers would be a fault.
    const isEmpty = literals.count === 0;
    ownKernel.append(literals.toBytes(isEmpty ? "json" : "text"));
    return { kernel: ownKernel, form: { grammar: isEmpty ? "json" : "text" } };
  } catch (error) {
    if (error instanceof SortedError) return undefined;
    throw error;
  }
}

/** How many lines end in the input: with LF, CR or both; in JSON Lines, with LF. */
export function lineEndsOfInput(kernel: KernelInstance, { grammar }: PieceForm): number {
  return grammar === "json-lines" ? lineFeedsIn(kernel.input) : kernel.lineEnds;
}

export function lineFeedsIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}
