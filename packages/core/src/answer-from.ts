import type { Grammar } from "./form.ts";
import type { Format } from "./format.ts";
import type { KernelInstance } from "./kernel-instance.ts";
import type { ReadOptions } from "./options.ts";
import * as reference from "./reference.ts";
import { fromUtf16 } from "./to-utf8.ts";

/**
 * Sorts the input that a kernel instance holds. If the kernel declines it, the reference sorts a copy.
 *
 * @returns the answer, mostly a view into the instance's memory, until its next call, and how many numbers were read
 * @throws {SortedError} for the first fault in the input, or a bad option
 */
export function answerFrom(
  instance: KernelInstance,
  grammar: Grammar,
  options: ReadOptions,
  format: Format,
): { readonly answer: Uint8Array; readonly count: number; readonly numbersRead: number } {
  const { input } = instance;
  const utf8 = fromUtf16(input);
  if (utf8 !== input) {
    instance.clear();
    instance.append(utf8);
  }
  if (instance.sort(grammar, options)) {
    const { count, numbersRead } = instance;
    return { answer: instance.write(format), count, numbersRead };
  }
  const sorted = reference.sort(grammar, instance.input.slice(), options);
  const { count, numbersRead } = sorted;
  return { answer: sorted.toBytes(format), count, numbersRead };
}
