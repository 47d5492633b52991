/** What the host calls; `src/kernel/` says how. */
import { fillQuads } from "./answer";
import { storeConstants } from "./constants";
import { isOutOfReach, DECLINED, DONE, beginScan, next } from "./scan";
import { end, entries, layOut, usedBytes as usedUpTo } from "./layout";
import { JSON_DOCUMENT, JSON_LINES, LIST, setForm } from "./form";
import { scanJson } from "./json";
import { scanJsonLines } from "./json-lines";
import { readList } from "./list";
import { scanText } from "./text";
import { sortDecimals } from "./sort-decimals";
import { sortIntegers } from "./sort-integers";
import { entryBytes } from "./number";
import { removeRepetition } from "./unique";
import { startOfContent } from "./utf8";
import { count, limitAnswer } from "./order";

export { source } from "./layout";
export { answerStart, answerEnd, write } from "./answer";

fillQuads();
storeConstants();

/** How many bytes of memory the last input has used, at most; the rest of its pages cost nothing. */
export function usedBytes(): usize {
  return usedUpTo(next);
}

let read: usize = 0;

/** How many numbers the last input had, before some were taken away. */
export function numbersRead(): usize {
  return read;
}

function scan(form: u32): i32 {
  if (form == JSON_DOCUMENT) return scanJson<u64>();
  if (form == JSON_LINES) return scanJsonLines();
  if (form == LIST) return readList(startOfContent(), end) ? DONE : DECLINED;
  return scanText(form);
}

/**
 * Sorts the input of `length` bytes from `source()` on. Returns how many numbers the answer has, or a negative number
 * where the input is not for the kernel to answer.
 */
export function sort(
  length: u32,
  form: u32,
  decimalComma: bool,
  header: bool,
  skipEmpty: bool,
  descending: bool,
  unique: bool,
  limit: u32,
  maxDepth: u32,
  maxNumbers: u32,
): i32 {
  if (!layOut(length) || isOutOfReach()) return -1;
  beginScan(descending, maxDepth, maxNumbers, entryBytes<u32>());
  setForm(decimalComma, header, skipEmpty);
  const areIntegers = form == JSON_DOCUMENT && scanJson<u32>() == DONE;
  if (areIntegers) {
    if (!sortIntegers((next - entries) / entryBytes<u32>())) return -1;
  } else {
    beginScan(descending, maxDepth, maxNumbers, entryBytes<u64>());
    if (scan(form) != DONE || !sortDecimals((next - entries) / entryBytes<u64>())) return -1;
  }
  read = count;
  if (unique) removeRepetition();
  limitAnswer(limit);
  return i32(count);
}
