import type { Format } from "./format.ts";
import type { Grammar, Kernel } from "./kernel.ts";
import type { ReadOptions } from "./options.ts";
import * as reference from "./reference.ts";

/**
 * Sorts the input that a kernel holds. Where that is nothing for the kernel, the reference takes a copy of it.
 *
 * @returns the answer; mostly a view into the kernel's memory, until its next call
 * @throws {SortedError} for the first fault in the input, or a bad option
 */
export function answerFrom(
  kernel: Kernel,
  grammar: Grammar,
  options: ReadOptions,
  format: Format,
): Uint8Array {
  if (kernel.sort(grammar, options)) return kernel.write(format);
  const sort = grammar === "json" ? reference.sortJson : reference.sortText;
  return sort(kernel.input.slice(), options).toBytes(format);
}
