import { maxOrderKeyBytes, writeOrderKey } from "@sorted/core/kernel";
import type { Decimal } from "./decimal.ts";
import { ExactSum } from "./exact-sum.ts";

const ZERO = 0x30;
const NINE = 0x39;
const DOT = 0x2e;
const MINUS = 0x2d;
const PLUS = 0x2b;
const LOWER_E = 0x65;

/** What a thread finds out about a part of an output. A message can carry it. */
export interface PartStatistics {
  readonly distinct: number;
  /** The first and the last number. */
  readonly first: string;
  readonly last: string;
  /** Undefined if a number has too many digits. */
  readonly sum: Decimal | undefined;
}

/** Whether a character can be in a literal. No format has such a character between two literals. */
function isOfLiteral(code: number): boolean {
  return (
    (code >= ZERO && code <= NINE) ||
    code === DOT ||
    code === MINUS ||
    code === PLUS ||
    (code | 0x20) === LOWER_E
  );
}

/** Calls `found` with the beginning and end of each literal of an answer, in any format. */
export function eachLiteral(answer: Uint8Array, found: (start: number, end: number) => void): void {
  // A JSON answer begins with a name.
  let at = Math.max(0, answer.subarray(0, 16).indexOf(0x5b));
  while (at < answer.length) {
    while (at < answer.length && !isOfLiteral(Number(answer[at]))) at += 1;
    const start = at;
    while (at < answer.length && isOfLiteral(Number(answer[at]))) at += 1;
    if (at > start) found(start, at);
  }
}

/** The facts about the numbers of an answer, which are in order; undefined if there are none. */
export function partStatistics(answer: Uint8Array): PartStatistics | undefined {
  const sum = new ExactSum();
  let distinct = 0;
  let first: readonly [number, number] | undefined;
  let last: readonly [number, number] = [0, 0];
  let key = new Uint8Array(64);
  let keyEnd = 0;
  let previousKey = new Uint8Array(64);
  let previousKeyEnd = 0;
  eachLiteral(answer, (start, end) => {
    sum.add(answer, start, end);
    if (first === undefined || !isSame(answer, last, start, end)) {
      if (maxOrderKeyBytes(end - start) > key.length) key = new Uint8Array(2 * maxOrderKeyBytes(end - start));
      keyEnd = writeOrderKey(answer, start, end, key, 0);
      if (!isSameKey(key, keyEnd, previousKey, previousKeyEnd)) distinct += 1;
      [key, previousKey] = [previousKey, key];
      previousKeyEnd = keyEnd;
    }
    first ??= [start, end];
    last = [start, end];
  });
  if (first === undefined) return undefined;
  const text = ([start, end]: readonly [number, number]) =>
    Buffer.from(answer.slice(start, end)).toString("latin1");
  return { distinct, first: text(first), last: text(last), sum: sum.value };
}

function isSame(
  answer: Uint8Array,
  [otherStart, otherEnd]: readonly [number, number],
  start: number,
  end: number,
): boolean {
  if (end - start !== otherEnd - otherStart) return false;
  for (let i = 0; i < end - start; i += 1) if (answer[start + i] !== answer[otherStart + i]) return false;
  return true;
}

function isSameKey(a: Uint8Array, aEnd: number, b: Uint8Array, bEnd: number): boolean {
  if (aEnd !== bEnd) return false;
  for (let i = aEnd - 1; i >= 0; i -= 1) if (a[i] !== b[i]) return false;
  return true;
}
