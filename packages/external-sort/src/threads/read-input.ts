import { SortedError } from "@sorted/core";
import { Kernel, literalsOf } from "@sorted/core/kernel";
import type { PieceForm } from "../forms/form.ts";

const LINE_FEED = 0x0a;

/** What a kernel can read, and how. */
export interface KernelInput {
  readonly kernel: Kernel;
  readonly form: PieceForm;
}

/** Takes what the kernel of the input can't read itself. */
let ownKernel: Kernel | undefined;

/**
 * The input of a kernel, or where a kernel can't read it (one column of a table, one member of each record) its numbers as
 * a text in a kernel of this thread's own. Undefined where the input is at fault.
 */
export function readInput(
  kernel: Kernel,
  task: { readonly form: PieceForm; readonly maxDepth: number; readonly maxNumbers: number },
): KernelInput | undefined {
  const { form, maxDepth, maxNumbers } = task;
  const { grammar, ...options } = form;
  if (form.column === undefined && form.field === undefined) return { kernel, form };
  try {
    const literals = literalsOf(grammar, kernel.input.slice(), { ...options, maxDepth, maxNumbers });
    ownKernel ??= new Kernel();
    ownKernel.clear();
    // A text of no numbers would be at fault.
    const isEmpty = literals.count === 0;
    ownKernel.append(literals.toBytes(isEmpty ? "json" : "text"));
    return { kernel: ownKernel, form: { grammar: isEmpty ? "json" : "text" } };
  } catch (error) {
    if (error instanceof SortedError) return undefined;
    throw error;
  }
}

/** How many lines end in the input: with LF, CR or both; of JSON Lines with LF. */
export function lineEndsOfInput(kernel: Kernel, { grammar }: PieceForm): number {
  return grammar === "json-lines" ? lineFeedsIn(kernel.input) : kernel.lineEnds;
}

export function lineFeedsIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}
