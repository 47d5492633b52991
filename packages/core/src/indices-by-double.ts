/** Up to so many numbers are sorted by comparing them. */
const FEW = 256;

/** A word of 32 bits has three digits of a radix sort. */
const SHIFTS = [0, 11, 22] as const;
const MASK = 2 ** 11 - 1;

const SIGN = 2 ** 31;

/** Which word of a double has its sign: the second one on every usual machine. */
const HIGH_WORD = new Uint32Array(Float64Array.of(1).buffer)[1] === 0 ? 0 : 1;

/** The two words of each key, and the number that it belongs to. */
interface Records {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly indices: Uint32Array;
}

/**
 * The indices of doubles in ascending order of these; stable. -0 counts as less than 0.
 *
 * A radix sort of the 64 bits of each double, from the least significant digit on, leaving out digits that all have in
 * common: O(n). The bits of positive doubles order as they do; those of negative ones the other way round, so all of
 * them are inverted, and of positive ones the sign alone.
 */
export function indicesByDouble(doubles: Float64Array): Uint32Array {
  const count = doubles.length;
  const indices = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) indices[i] = i;
  if (count < FEW) return indices.sort((i, j) => at(doubles, i) - at(doubles, j) || i - j);

  const words = new Uint32Array(doubles.buffer, doubles.byteOffset, 2 * count);
  let from: Records = { low: new Uint32Array(count), high: new Uint32Array(count), indices };
  for (let i = 0; i < count; i += 1) {
    const high = at(words, 2 * i + HIGH_WORD);
    const low = at(words, 2 * i + 1 - HIGH_WORD);
    const isNegative = high >= SIGN;
    from.high[i] = isNegative ? ~high : high ^ SIGN;
    from.low[i] = isNegative ? ~low : low;
  }
  let to: Records = {
    low: new Uint32Array(count),
    high: new Uint32Array(count),
    indices: new Uint32Array(count),
  };
  for (const word of ["low", "high"] as const) {
    for (const shift of SHIFTS) {
      const places = placesOf(from[word], shift);
      if (places === undefined) continue;
      move(from, to, from[word], shift, places);
      [from, to] = [to, from];
    }
  }
  return from.indices;
}

/** Where the first key with each digit goes; undefined where all keys have the same digit. */
function placesOf(keys: Uint32Array, shift: number): Uint32Array | undefined {
  const places = new Uint32Array(MASK + 1);
  for (let i = 0; i < keys.length; i += 1) {
    const digit = (at(keys, i) >>> shift) & MASK;
    places[digit] = at(places, digit) + 1;
  }
  let place = 0;
  for (let digit = 0; digit <= MASK; digit += 1) {
    const size = at(places, digit);
    if (size === keys.length) return undefined;
    places[digit] = place;
    place += size;
  }
  return places;
}

function move(from: Records, to: Records, keys: Uint32Array, shift: number, places: Uint32Array): void {
  for (let i = 0; i < keys.length; i += 1) {
    const digit = (at(keys, i) >>> shift) & MASK;
    const place = at(places, digit);
    places[digit] = place + 1;
    to.low[place] = at(from.low, i);
    to.high[place] = at(from.high, i);
    to.indices[place] = at(from.indices, i);
  }
}

function at(array: Uint32Array | Float64Array, index: number): number {
  return array[index] as number;
}
