import { type Grammar, Kernel } from "./kernel.ts";
import { KernelLiterals } from "./kernel-literals.ts";
import type { ReadOptions } from "./options.ts";
import * as reference from "./reference.ts";
import type { SortedLiterals } from "./sorted-literals.ts";
import { type DocumentInput, toUtf8 } from "./to-utf8.ts";

/**
 * Sorts the numbers of a JSON document: every leaf is one number, or a string that holds one or a list of them. Names
 * are ignored. Each number comes back with the digits that it was sent with.
 *
 * @param document UTF-8, or a string
 * @throws {SortedError} for the first fault in the document, or a bad option
 * @example
 * const sorted = sortJson('{"x1": "[3, 10, -2.5]", "x2": "7", "x3": 1}');
 * sorted.count; // 5
 * [...sorted.literals()]; // ["-2.5", "1", "3", "7", "10"]
 * new TextDecoder().decode(sorted.toBytes()); // '{"sorted":[-2.5,1,3,7,10]}'
 */
export function sortJson(document: DocumentInput, options: ReadOptions = {}): SortedLiterals {
  return sort("json", document, options);
}

/**
 * Sorts the numbers of a plain text or CSV: separated by one comma or semicolon, or by white space.
 *
 * @param text UTF-8, or a string
 * @throws {SortedError} for the first fault in the text, or a bad option
 * @example
 * [...sortText("10; 9.5\n-1").literals()]; // ["-1", "9.5", "10"]
 */
export function sortText(text: DocumentInput, options: ReadOptions = {}): SortedLiterals {
  return sort("text", text, options);
}

/** More memory than that is given back after a sort. */
const KEPT_BYTES = 64 * 2 ** 20;

/** Kept from call to call, as a kernel is quick when its memory has been used before; null where there can't be one. */
let kernel: Kernel | null | undefined;

/** By the kernel; where it can't, or finds a fault, by the reference, which says exactly what is wrong. */
function sort(grammar: Grammar, input: DocumentInput, options: ReadOptions): SortedLiterals {
  const bytes = toUtf8(input);
  const byReference = grammar === "json" ? reference.sortJson : reference.sortText;
  if (kernel === undefined) kernel = newKernel();
  if (kernel === null) return byReference(bytes, options);
  try {
    kernel.clear();
    kernel.append(bytes);
    return kernel.sort(grammar, options) ? new KernelLiterals(kernel) : byReference(bytes, options);
  } catch (error) {
    if (error instanceof RangeError) return byReference(bytes, options);
    throw error;
  } finally {
    if (kernel.memory.buffer.byteLength > KEPT_BYTES) kernel = undefined;
  }
}

function newKernel(): Kernel | null {
  try {
    return new Kernel();
  } catch {
    return null;
  }
}
