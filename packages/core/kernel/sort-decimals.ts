import { compare } from "./compare";
import { KEY_DIGITS } from "./key";
import { entries } from "./layout";
import { setOrder } from "./order";
import { DECIMAL_ENTRY, KEY_OFFSET } from "./plain-decimal";
import { longest } from "./scan";
import { sortByPrefix } from "./sort-by-prefix";
import { sortByKey } from "./sort-by-key";

/** Up to so many numbers are sorted by insertion. Chosen, not measured. */
const FEW: usize = 20;

/** Sorts any numbers; the sort is stable. Returns false where memory does not suffice. */
export function sortDecimals(n: usize): bool {
  if (n > FEW) return sortByPrefix(n) || sortByKey(n);
  insert(n);
  setOrder(entries, DECIMAL_ENTRY, n);
  return true;
}

function insert(n: usize): void {
  for (let i = entries + DECIMAL_ENTRY, stop = entries + n * DECIMAL_ENTRY; i < stop; i += DECIMAL_ENTRY) {
    const ref = load<u32>(i);
    const key = load<u64>(i, KEY_OFFSET);
    let p = i;
    for (; p > entries; p -= DECIMAL_ENTRY) {
      const before = p - DECIMAL_ENTRY;
      const keyBefore = load<u64>(before, KEY_OFFSET);
      if (keyBefore < key) break;
      if (keyBefore == key && (longest <= KEY_DIGITS || compare(load<u32>(before), ref) <= 0)) break;
      store<u32>(p, load<u32>(before));
      store<u64>(p, keyBefore, KEY_OFFSET);
    }
    store<u32>(p, ref);
    store<u64>(p, key, KEY_OFFSET);
  }
}
