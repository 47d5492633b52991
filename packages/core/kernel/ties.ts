import { compareDigits, hasSameDigits } from "./compare";
import { DOT, endOfZeros, isDigit, ZERO } from "./characters";
import { isClamped, KEY_DIGITS } from "./key";
import { CURSOR, KEY, KEYED_RECORD, sortRecords } from "./keyed-record";
import { firstDigit, magnitude, sign, takeApart } from "./literal";
import { flip } from "./scan";

/**
 * Settles the order of numbers whose keys are equal, but which have more than their keys say. Each run of equal keys
 * gets new keys, of what comes next: the magnitude, where the first key could not hold it, then the next digits, and so
 * on. Each number keeps the place up to which its digits have been used, so that no digit is looked at twice.
 *
 * The digits that come next, when those before are equal, are taken as zeros and what follows them:
 *
 *      63                        34 33                          0
 *     ┌────────────────────────────┬─────────────────────────────┐
 *     │ MAX_ZEROS - count of zeros │ ten digits, the first not 0 │
 *     └────────────────────────────┴─────────────────────────────┘
 *
 * Fewer zeros mean more; with equally many, the digits decide. A number that has zeros only, or nothing more, is less
 * than all others, and its key is 0: it needs no further look, however long the others are.
 */
const NEXT_DIGITS: i32 = 10;
const NEXT_DIGITS_BITS: u64 = 34;
const MAX_ZEROS: u64 = (1 << 30) - 1;

/** A run of so many numbers or more gets new keys; a shorter one is sorted by insertion. Chosen, not measured. */
const MANY: usize = 9;

/** Turns a magnitude into an unsigned number of the same order. */
const MAGNITUDE_BIAS: i64 = 1 << 31;

/** Settles the ties among sorted records. `spare` has room for as many. */
export function settleTies(start: usize, n: usize, spare: usize): void {
  const stop = start + n * KEYED_RECORD;
  for (let run = start; run < stop; ) {
    const runEnd = endOfRun(run, stop);
    if (runEnd - run > KEYED_RECORD) settleFirst(run, runEnd, spare);
    run = runEnd;
  }
}

function endOfRun(run: usize, stop: usize): usize {
  const key = load<u64>(run, KEY);
  let p = run + KEYED_RECORD;
  while (p < stop && load<u64>(p, KEY) == key) p += KEYED_RECORD;
  return p;
}

/** The first time, the literals are taken apart to find where the digits are that the key doesn't hold. */
function settleFirst(start: usize, stop: usize, spare: usize): void {
  takeApart(load<u32>(start));
  if (sign == 0) return;
  const turn = sign < 0 != (flip != 0) ? u64.MAX_VALUE : 0;
  if (!isClamped(load<u64>(start, KEY) ^ flip)) {
    for (let p = start; p < stop; p += KEYED_RECORD) {
      takeApart(load<u32>(p));
      store<u32>(p, u32(afterKey(firstDigit)), CURSOR);
    }
    settleDigits(start, stop, spare, turn);
    return;
  }
  for (let p = start; p < stop; p += KEYED_RECORD) {
    takeApart(load<u32>(p));
    store<u32>(p, u32(firstDigit), CURSOR);
    store<u64>(p, u64(i64(magnitude) + MAGNITUDE_BIAS) ^ turn, KEY);
  }
  sortRecords(start, (stop - start) / KEYED_RECORD, spare);
  for (let run = start; run < stop; ) {
    const runEnd = endOfRun(run, stop);
    settleDigits(run, runEnd, spare, turn);
    run = runEnd;
  }
}

/**
 * Settles a run whose digits up to the cursors are equal. `turn` is all ones where more means before. Of the runs that
 * this leaves, the longest is settled by going round, the others by recursion: each of those is at most half as long,
 * so recursion is never deeper than the binary logarithm of the number of records.
 */
function settleDigits(start: usize, stop: usize, spare: usize, turn: u64): void {
  while ((stop - start) / KEYED_RECORD >= MANY) {
    skipShared(start, stop);
    for (let p = start; p < stop; p += KEYED_RECORD) store<u64>(p, takeDigits(p) ^ turn, KEY);
    sortRecords(start, (stop - start) / KEYED_RECORD, spare);

    let longest = start;
    let longestEnd = start;
    for (let run = start; run < stop; ) {
      const runEnd = endOfRun(run, stop);
      if (load<u64>(run, KEY) == turn) {
        // They have no more digits: they are equal.
      } else if (runEnd - run > longestEnd - longest) {
        settleDigits(longest, longestEnd, spare, turn);
        longest = run;
        longestEnd = runEnd;
      } else {
        settleDigits(run, runEnd, spare, turn);
      }
      run = runEnd;
    }
    start = longest;
    stop = longestEnd;
  }
  insert(start, stop, turn != 0);
}

/** Moves all cursors of a run over the digits that all its numbers share, sixteen at a time. */
function skipShared(start: usize, stop: usize): void {
  const first: usize = load<u32>(start, CURSOR);
  let shared: usize = usize.MAX_VALUE;
  for (let p = start + KEYED_RECORD; p < stop && shared > 0; p += KEYED_RECORD) {
    const digits: usize = load<u32>(p, CURSOR);
    let length: usize = 0;
    while (length < shared && hasSameDigits(first + length, digits + length)) length += 16;
    shared = length;
  }
  if (shared == 0) return;
  for (let p = start; p < stop; p += KEYED_RECORD) store<u32>(p, load<u32>(p, CURSOR) + u32(shared), CURSOR);
}

/** Where the digits begin that the first key does not hold. */
function afterKey(p: usize): usize {
  for (let digits = KEY_DIGITS; digits > 0 && isDigitOrDot(load<u8>(p)); p += 1) {
    if (load<u8>(p) != DOT) digits -= 1;
  }
  return p;
}

/** Makes a key of the digits at the record's cursor, and moves it on. */
function takeDigits(record: usize): u64 {
  const start: usize = load<u32>(record, CURSOR);
  let p = endOfZeros(start);
  let zeros = p - start;
  if (load<u8>(p) == DOT) {
    const fraction = p + 1;
    p = endOfZeros(fraction);
    zeros += p - fraction;
  }
  let digits: u64 = 0;
  let missing = NEXT_DIGITS;
  for (; missing > 0 && isDigitOrDot(load<u8>(p)); p += 1) {
    if (load<u8>(p) == DOT) continue;
    digits = digits * 10 + u64(load<u8>(p) - ZERO);
    missing -= 1;
  }
  store<u32>(record, u32(p), CURSOR);
  if (missing == NEXT_DIGITS) return 0;
  for (; missing > 0; missing -= 1) digits *= 10;
  return ((MAX_ZEROS - zeros) << NEXT_DIGITS_BITS) | digits;
}

function isDigitOrDot(code: u32): bool {
  return isDigit(code) || code == DOT;
}

function insert(start: usize, stop: usize, isTurned: bool): void {
  for (let i = start + KEYED_RECORD; i < stop; i += KEYED_RECORD) {
    const record = v128.load(i);
    const digits: usize = load<u32>(i, CURSOR);
    let p = i;
    for (; p > start; p -= KEYED_RECORD) {
      const difference = compareDigits(load<u32>(p - KEYED_RECORD, CURSOR), digits);
      if (isTurned ? difference >= 0 : difference <= 0) break;
      v128.store(p, v128.load(p - KEYED_RECORD));
    }
    v128.store(p, record);
  }
}
