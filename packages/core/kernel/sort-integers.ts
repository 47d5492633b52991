import { align, reserve, PADDING, entries } from "./layout";
import { setOrder } from "./order";
import { INTEGER_ENTRY } from "./plain-integer";
import { sortByRadix } from "./sort-by-radix";

/** Up to so many integers are sorted by insertion. Chosen, not measured. */
const FEW: usize = 24;

/** Sorts plain integers, ascending; equal ones are the same in every way. Returns false where memory does not suffice. */
export function sortIntegers(n: usize): bool {
  if (n <= FEW) {
    insert(n);
    setOrder(entries, INTEGER_ENTRY, n);
    return true;
  }
  const spare = align(entries + n * INTEGER_ENTRY);
  if (!reserve(spare + n * INTEGER_ENTRY + PADDING)) return false;
  sortByRadix<u32>(entries, n, spare, 32);
  setOrder(entries, INTEGER_ENTRY, n);
  return true;
}

function insert(n: usize): void {
  for (let i = entries + INTEGER_ENTRY, stop = entries + n * INTEGER_ENTRY; i < stop; i += INTEGER_ENTRY) {
    const integer = load<u32>(i);
    let p = i;
    for (; p > entries && load<u32>(p - INTEGER_ENTRY) > integer; p -= INTEGER_ENTRY)
      store<u32>(p, load<u32>(p - INTEGER_ENTRY));
    store<u32>(p, integer);
  }
}
