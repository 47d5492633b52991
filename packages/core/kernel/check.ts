import { compare } from "./compare";
import { KEY_DIGITS } from "./key";
import { entries } from "./layout";
import { DECIMAL_ENTRY, KEY_OFFSET } from "./plain-decimal";
import { longest } from "./scan";

/**
 * The index of the first of `n` scanned numbers that should not come after the one before it, or `n`; with `unique`, equal
 * ones should not, either.
 */
export function firstDisorder(n: usize, unique: bool): usize {
  for (let i: usize = 1; i < n; i += 1) {
    const entry = entries + i * DECIMAL_ENTRY;
    const before = entry - DECIMAL_ENTRY;
    const key = load<u64>(entry, KEY_OFFSET);
    const keyBefore = load<u64>(before, KEY_OFFSET);
    if (keyBefore < key) continue;
    if (keyBefore > key) return i;
    const difference = longest <= KEY_DIGITS ? 0 : compare(load<u32>(before), load<u32>(entry));
    if (difference > 0 || (unique && difference == 0)) return i;
  }
  return n;
}
