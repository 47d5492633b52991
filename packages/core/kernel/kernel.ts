/** What the host calls; `src/kernel/` says how. */
import { fillQuads } from "./answer";
import { storeConstants } from "./constants";
import { isOutOfReach, DONE, beginScan, next } from "./scan";
import { entries, layOut, usedBytes as usedUpTo } from "./layout";
import { scanJson } from "./json";
import { scanText } from "./text";
import { sortDecimals } from "./sort-decimals";
import { sortIntegers } from "./sort-integers";
import { entryBytes } from "./number";
import { removeRepetition } from "./unique";
import { count, limitAnswer } from "./order";

export { source } from "./layout";
export { answerStart, answerEnd, write } from "./answer";

fillQuads();
storeConstants();

/** How many bytes of memory the last input has used, at most; the rest of its pages cost nothing. */
export function usedBytes(): usize {
  return usedUpTo(next);
}

/**
 * Sorts the input of `length` bytes from `source()` on. Returns how many numbers the answer has, or a negative number
 * where the input is not for the kernel to answer.
 */
export function sort(
  length: u32,
  isJson: bool,
  descending: bool,
  unique: bool,
  limit: u32,
  maxDepth: u32,
  maxNumbers: u32,
): i32 {
  if (!layOut(length) || isOutOfReach()) return -1;
  beginScan(descending, maxDepth, maxNumbers, entryBytes<u32>());
  const areIntegers = isJson && scanJson<u32>() == DONE;
  if (areIntegers) {
    if (!sortIntegers((next - entries) / entryBytes<u32>())) return -1;
  } else {
    beginScan(descending, maxDepth, maxNumbers, entryBytes<u64>());
    const outcome = isJson ? scanJson<u64>() : scanText();
    if (outcome != DONE || !sortDecimals((next - entries) / entryBytes<u64>())) return -1;
  }
  if (unique) removeRepetition();
  limitAnswer(limit);
  return i32(count);
}
