/** What the host calls; `src/kernel-instance.ts` says how. */
import { answerEnd, answerStart, fillQuads } from "./answer";
import { firstDisorder } from "./check";
import { checksumOfEntries, checksumOfText } from "./checksum";
import { storeConstants } from "./constants";
import { isOutOfReach, DECLINED, DONE, beginScan, next } from "./scan";
import { arena, end, entries, layOut, SOURCE, usedBytes as usedUpTo } from "./layout";
import { countLineEnds } from "./lines";
import { lengthOf, startOf } from "./literal";
import { JSON_DOCUMENT, JSON_LINES, LIST, setForm } from "./form";
import { scanJson } from "./json";
import { scanJsonLines } from "./json-lines";
import { readList } from "./list";
import { scanText } from "./text";
import { sortDecimals } from "./sort-decimals";
import { sortIntegers } from "./sort-integers";
import { DECIMAL_ENTRY } from "./plain-decimal";
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
    noteScan(entryBytes<u32>());
    if (!sortIntegers((next - entries) / entryBytes<u32>())) return -1;
  } else {
    beginScan(descending, maxDepth, maxNumbers, entryBytes<u64>());
    if (scan(form) != DONE) return -1;
    noteScan(entryBytes<u64>());
    if (!sortDecimals((next - entries) / entryBytes<u64>())) return -1;
  }
  if (unique) removeRepetition();
  limitAnswer(limit);
  return i32(count);
}

/** Whether sorts are to note the checksum of what they read, before they sort it. */
let isSumming: bool = false;
let checksumRead: u64 = 0;
let readCount: u32 = 0;

export function setSumming(value: bool): void {
  isSumming = value;
}

/** Notes what a scan has found, before it is sorted. */
function noteScan(entryBytes: usize): void {
  readCount = u32((next - entries) / entryBytes);
  // The arena's end is free, and has room for an integer.
  if (isSumming) checksumRead = checksumOfEntries(next, entryBytes, arena);
}

/** The checksum of the numbers that the last sort has read. */
export function checksumIn(): u64 {
  return checksumRead;
}

/** The checksum of the numbers of the answer, as it has been written. */
export function checksumOut(separator: u32, separatorBytes: u32): u64 {
  return checksumOfText(answerStart(), answerEnd(), separator, separatorBytes);
}

/** How many numbers the last sort or check has read, if it was not in vain. */
export function numbersRead(): u32 {
  return readCount;
}

/** How many line ends the input has. */
export function lineEnds(length: u32): u32 {
  return countLineEnds(SOURCE, SOURCE + length);
}

/**
 * Reads the input of `length` bytes from `source()` on, and finds the index of the first number that should not come after
 * the one before it; the count of all where there is none; a negative number where the input is not for the kernel.
 */
export function check(
  length: u32,
  form: u32,
  decimalComma: bool,
  header: bool,
  skipEmpty: bool,
  descending: bool,
  unique: bool,
  maxDepth: u32,
  maxNumbers: u32,
): i32 {
  if (!layOut(length) || isOutOfReach()) return -1;
  beginScan(descending, maxDepth, maxNumbers, entryBytes<u64>());
  setForm(decimalComma, header, skipEmpty);
  if (scan(form) != DONE) return -1;
  noteScan(entryBytes<u64>());
  return i32(firstDisorder(readCount, unique));
}

/** Where the literal of a number begins, after a check, and how long it is. */
export function literalStart(index: u32): usize {
  return startOf(load<u32>(entries + usize(index) * DECIMAL_ENTRY));
}

export function literalBytes(index: u32): usize {
  return lengthOf(load<u32>(entries + usize(index) * DECIMAL_ENTRY));
}
