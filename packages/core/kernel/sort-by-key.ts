import { KEY_DIGITS } from "./key";
import { KEY, KEYED_RECORD, sortRecords } from "./keyed-record";
import { align, entries, PADDING, reserve } from "./layout";
import { setOrder } from "./order";
import { DECIMAL_ENTRY, KEY_OFFSET } from "./plain-decimal";
import { longest } from "./scan";
import { settleTies } from "./ties";

/** Sorts by whole keys, however they are distributed. Returns false where memory does not suffice. */
export function sortByKey(n: usize): bool {
  const spare = align(entries + n * DECIMAL_ENTRY);
  const records = spare + n * KEYED_RECORD;
  if (!reserve(records + n * KEYED_RECORD + PADDING)) return false;
  let out = records;
  for (let p = entries, stop = entries + n * DECIMAL_ENTRY; p < stop; p += DECIMAL_ENTRY) {
    store<u64>(out, load<u32>(p));
    store<u64>(out, load<u64>(p, KEY_OFFSET), KEY);
    out += KEYED_RECORD;
  }
  sortRecords(records, n, spare);
  if (longest > KEY_DIGITS) settleTies(records, n, spare);
  setOrder(records, KEYED_RECORD, n);
  return true;
}
