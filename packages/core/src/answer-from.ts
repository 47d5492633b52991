import type { Grammar } from "./form.ts";
import type { Format } from "./format.ts";
import type { Kernel } from "./kernel.ts";
import type { ReadOptions } from "./options.ts";
import * as reference from "./reference.ts";
import { fromUtf16 } from "./to-utf8.ts";

/**
 * Sorts the input that a kernel holds. Where that is nothing for the kernel, the reference takes a copy of it.
 *
 * @returns the answer, mostly a view into the kernel's memory until its next call, and how many numbers were read
 * @throws {SortedError} for the first fault in the input, or a bad option
 */
export function answerFrom(
  kernel: Kernel,
  grammar: Grammar,
  options: ReadOptions,
  format: Format,
): { readonly answer: Uint8Array; readonly count: number; readonly numbersRead: number } {
  const utf8 = fromUtf16(kernel.input);
  if (utf8.length !== kernel.inputBytes) {
    kernel.clear();
    kernel.append(utf8);
  }
  if (kernel.sort(grammar, options)) {
    const { count, numbersRead } = kernel;
    return { answer: kernel.write(format), count, numbersRead };
  }
  const sorted = reference.sort(grammar, kernel.input.slice(), options);
  const { count, numbersRead } = sorted;
  return { answer: sorted.toBytes(format), count, numbersRead };
}
