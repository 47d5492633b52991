import { readAnyNumber } from "./any-number";
import { beginsNumber, CASE_BIT, LOWER_D } from "./characters";
import { hasDecimalComma } from "./form";
import { INTEGER_ENTRY, readPlainInteger } from "./plain-integer";
import { DECIMAL_ENTRY, readPlainDecimal } from "./plain-decimal";
import { limit, next, setNext } from "./scan";

/** Entries are of one kind throughout: `u32` stands for plain 32-bit integers, `u64` for any numbers. */
@inline
export function entryBytes<Key>(): usize {
  return sizeof<Key>() == sizeof<u32>() ? INTEGER_ENTRY : DECIMAL_ENTRY;
}

/** Reads a number as JSON has it, which begins as one, into `entry`; returns where it ends, or 0. */
@inline
export function readJsonNumber<Key>(p: usize, entry: usize): usize {
  if (sizeof<Key>() == sizeof<u32>()) return readPlainInteger(p, entry);
  return readPlainDecimal(p, entry) || readAnyNumber(p, entry, true);
}

/** Reads a number of the string forms into the next entry; returns where it ends, or 0. */
export function readLooseNumber(p: usize): usize {
  const entry = next;
  if (entry == limit) return 0;
  setNext(entry + DECIMAL_ENTRY);
  const stop = beginsNumber(load<u8>(p)) && !hasDecimalComma ? readPlainDecimal(p, entry) : 0;
  // A plain decimal may be what precedes the D of an exponent.
  if (stop != 0 && (load<u8>(stop) | CASE_BIT) != LOWER_D) return stop;
  return readAnyNumber(p, entry, false);
}
