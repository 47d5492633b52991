import { COUNTS, MAX_RADIX_BITS } from "./layout";

/**
 * The parts of a radix sort from the least significant digit on: the values of each digit are counted, the counts become
 * the places where the numbers with each value go, and the numbers are moved there in their order, which makes it
 * stable.
 */

/** Where the counts of digit `d` begin. */
@inline
export function countsOf(d: u32): usize {
  return COUNTS + (usize(d) << (MAX_RADIX_BITS + 2));
}

@inline
export function increment(counts: usize, value: u32): void {
  const address = counts + (usize(value) << 2);
  store<u32>(address, load<u32>(address) + 1);
}

export function clearCounts(digits: u32, bits: u32): void {
  for (let d: u32 = 0; d < digits; d += 1) memory.fill(countsOf(d), 0, 4 << bits);
}

/**
 * Turns counts into addresses: that of the first record with each value. Returns false where all `n` records have the
 * same value, so that there is nothing to move.
 */
export function placeRecords(counts: usize, bits: u32, to: usize, stride: usize, n: usize): bool {
  let address = u32(to);
  let most: u32 = 0;
  for (const stop = counts + (4 << bits); counts < stop; counts += 4) {
    const size = load<u32>(counts);
    store<u32>(counts, address);
    address += size * u32(stride);
    most = max(most, size);
  }
  return most != u32(n);
}

/** Where the next record with this value goes. */
@inline
export function nextPlace(counts: usize, value: u32, stride: usize): usize {
  const slot = counts + (usize(value) << 2);
  const address: usize = load<u32>(slot);
  store<u32>(slot, u32(address + stride));
  return address;
}
