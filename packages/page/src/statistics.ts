import { compareNumbers } from "@sorted/core";
import { readAddend } from "./addend.ts";
import type { Positions } from "./answer.ts";
import { toLiteral } from "./decimal.ts";
import { type Addend, divide, ExactSum, type Quotient } from "./exact-sum.ts";

/** What is to be known about the numbers of an answer. No double is between the numbers and it. */
export interface Statistics {
  readonly count: number;
  /** How many different numbers there are: 1, 1.0 and 1e0 are one. */
  readonly distinct: number;
  readonly minimum: string;
  readonly maximum: string;
  /** The middle number, or what is halfway between the two in the middle. */
  readonly median: Quotient | undefined;
  /** Like the median, undefined if it has too many digits to be written out. */
  readonly mean: Quotient | undefined;
  readonly sum: string | undefined;
}

const decoder = new TextDecoder();

/**
 * Describes the numbers of an answer, which are in ascending or descending order.
 *
 * @param bytes the answer
 * @param positions where its numbers are: one or more
 */
export function statisticsOf(bytes: Uint8Array, { starts, ends }: Positions): Statistics {
  const count = starts.length;
  const literal = (index: number) => decoder.decode(bytes.subarray(starts[index], ends[index]));
  const addend = (index: number) => readAddend(bytes, starts[index] ?? 0, ends[index] ?? 0);
  const isSame = (a: Addend, b: Addend, index: number) =>
    a.exponent === b.exponent && typeof a.digits === typeof b.digits
      ? a.digits === b.digits
      : compareNumbers(literal(index - 1), literal(index)) === 0;

  const all = new ExactSum();
  let before = addend(0);
  let distinct = 1;
  all.add(before);
  for (let index = 1; index < count; index += 1) {
    const own = addend(index);
    all.add(own);
    if (!isSame(before, own, index)) distinct += 1;
    before = own;
  }
  const sum = all.total();
  const [minimum = "", maximum = ""] = [literal(0), literal(count - 1)].sort(compareNumbers);
  return {
    count,
    distinct,
    minimum,
    maximum,
    median:
      count % 2 === 1
        ? { literal: literal((count - 1) / 2), isExact: true }
        : halfway(addend(count / 2 - 1), addend(count / 2)),
    mean: sum && divide(sum, count),
    sum: sum && toLiteral(sum),
  };
}

/** The middle of two numbers, which always ends: a half is 0.5. */
function halfway(a: Addend, b: Addend): Quotient | undefined {
  const both = new ExactSum();
  both.add(a);
  both.add(b);
  const sum = both.total();
  return sum && divide(sum, 2);
}
