/** Fewer numbers than this are sorted by comparing them. */
const FEW = 256;

/** Up to so many are sorted by insertion, as the call of a comparator costs more. */
const FEW_INSERTED = 16;

/** A word of 32 bits has three digits of a radix sort. */
const SHIFTS = [0, 11, 22] as const;
const MASK = 2 ** 11 - 1;

const SIGN = 2 ** 31;

/** Which word of a double has its sign: the second one on every usual machine. */
const HIGH_WORD = new Uint32Array(Float64Array.of(1).buffer)[1] === 0 ? 0 : 1;

/** Numbers that are being sorted: the word of each that decides now, and its index. */
interface Records {
  readonly words: Uint32Array;
  readonly indices: Uint32Array;
}

/**
 * The indices of doubles in ascending order of these; stable. -0 counts as less than 0.
 *
 * A radix sort of the first word of each double, then of the second one among those whose first words are equal: O(n).
 * The bits of positive doubles order as they do; those of negative ones the other way round, so all of them are
 * inverted, and of positive ones the sign alone.
 */
export function indicesByDouble(doubles: Float64Array): Uint32Array {
  const count = doubles.length;
  const indices = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) indices[i] = i;
  if (count < FEW) return sortFew(doubles, indices);

  const halves = new Uint32Array(doubles.buffer, doubles.byteOffset, 2 * count);
  const words = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) words[i] = highWord(at(halves, 2 * i + HIGH_WORD));
  const sorted = sortByWord({ words, indices });
  for (let start = 0, end = 1; start < count; start = end, end += 1) {
    const word = at(sorted.words, start);
    while (end < count && at(sorted.words, end) === word) end += 1;
    if (end - start > 1) sortEqualHighWords(doubles, halves, sorted.indices.subarray(start, end));
  }
  return sorted.indices;
}

/** Sorts the indices of numbers whose first words are equal, in place. */
function sortEqualHighWords(doubles: Float64Array, halves: Uint32Array, indices: Uint32Array): void {
  if (indices.length < FEW) {
    sortFew(doubles, indices);
    return;
  }
  const words = indices.map((index) => {
    const low = at(halves, 2 * index + 1 - HIGH_WORD);
    return at(halves, 2 * index + HIGH_WORD) >= SIGN ? ~low : low;
  });
  indices.set(sortByWord({ words, indices }).indices);
}

/** Sorts indices that are in ascending order by the doubles that they belong to, in place. */
function sortFew(doubles: Float64Array, indices: Uint32Array): Uint32Array {
  if (indices.length > FEW_INSERTED) {
    return indices.sort((i, j) => at(doubles, i) - at(doubles, j) || i - j);
  }
  for (let i = 1; i < indices.length; i += 1) {
    const index = at(indices, i);
    const double = at(doubles, index);
    let place = i;
    for (; place > 0 && at(doubles, at(indices, place - 1)) > double; place -= 1) {
      indices[place] = at(indices, place - 1);
    }
    indices[place] = index;
  }
  return indices;
}

/** A first word of which a double that is greater has a greater one. */
function highWord(word: number): number {
  return word >= SIGN ? ~word : word ^ SIGN;
}

/** Sorts by a word, from its least significant digit on, leaving out digits that all have in common; stable. */
function sortByWord(records: Records): Records {
  const { length } = records.words;
  let from = records;
  let to: Records = { words: new Uint32Array(length), indices: new Uint32Array(length) };
  for (const shift of SHIFTS) {
    const places = placesOf(from.words, shift);
    if (places === undefined) continue;
    move(from, to, shift, places);
    [from, to] = [to, from];
  }
  return from;
}

/** Where the first word with each digit goes; undefined where all words have the same digit. */
function placesOf(words: Uint32Array, shift: number): Uint32Array | undefined {
  const places = new Uint32Array(MASK + 1);
  for (let i = 0; i < words.length; i += 1) {
    const digit = (at(words, i) >>> shift) & MASK;
    places[digit] = at(places, digit) + 1;
  }
  let place = 0;
  for (let digit = 0; digit <= MASK; digit += 1) {
    const size = at(places, digit);
    if (size === words.length) return undefined;
    places[digit] = place;
    place += size;
  }
  return places;
}

function move(from: Records, to: Records, shift: number, places: Uint32Array): void {
  for (let i = 0; i < from.words.length; i += 1) {
    const word = at(from.words, i);
    const digit = (word >>> shift) & MASK;
    const place = at(places, digit);
    places[digit] = place + 1;
    to.words[place] = word;
    to.indices[place] = at(from.indices, i);
  }
}

function at(array: Uint32Array | Float64Array, index: number): number {
  return array[index] as number;
}
