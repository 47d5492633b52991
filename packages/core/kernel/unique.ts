import { compare } from "./compare";
import { count, endOrder, order, recordBytes } from "./order";
import { INTEGER_ENTRY } from "./plain-integer";

/** Of numbers that are equal keeps the first only. */
export function removeRepetition(): void {
  let last = order;
  for (let p = order + recordBytes, stop = order + count * recordBytes; p < stop; p += recordBytes) {
    if (isEqual(last, p)) continue;
    last += recordBytes;
    memory.copy(last, p, recordBytes);
  }
  if (count > 0) endOrder((last - order) / recordBytes + 1);
}

/** Only numbers whose records end alike can be equal. */
function isEqual(a: usize, b: usize): bool {
  const keyOffset = recordBytes - sizeof<u32>();
  if (load<u32>(a + keyOffset) != load<u32>(b + keyOffset)) return false;
  return recordBytes == INTEGER_ENTRY || compare(load<u32>(a), load<u32>(b)) == 0;
}
