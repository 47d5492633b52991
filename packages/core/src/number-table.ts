import { DOT, isDigit, MINUS, ZERO } from "./characters.ts";

const NO_DIGIT = 0xffff_ffff;

/**
 * The numbers of one input: their literals, as the answer will show them, one behind the other in one array of bytes,
 * and for each number what its order is decided by.
 *
 * A number that is not zero is ±0.d₁d₂d₃… × 10^magnitude with d₁ ≠ 0, where d₁d₂d₃… are its significant digits. That
 * form is unique but for zeros at its end, so numbers compare by sign, then magnitude, then digit by digit, where the
 * shorter one is continued by zeros. No number is ever turned into a double.
 */
export class NumberTable {
  #count = 0;
  #literals: Uint8Array;
  #literalsLength = 0;
  /** Where the literal of each number begins; it ends where the next begins. */
  #starts = new Uint32Array(16);
  /** Where d₁ stands among the literals; NO_DIGIT for zero. */
  #firstDigits = new Uint32Array(16);
  #magnitudes = new Float64Array(16);

  /** @param expectedBytes how much room to make for literals; more is made as needed */
  constructor(expectedBytes = 16) {
    this.#literals = new Uint8Array(expectedBytes);
  }

  get count(): number {
    return this.#count;
  }

  /** Where the next character of a literal will stand. */
  get position(): number {
    return this.#literalsLength;
  }

  /** Writes one character of the literal of the number that the next call of `add` completes. */
  write(code: number): void {
    if (this.#literalsLength === this.#literals.length)
      this.#literals = grown(new Uint8Array(this.#literals.length * 2), this.#literals);
    this.#literals[this.#literalsLength] = code;
    this.#literalsLength += 1;
  }

  /**
   * Completes the number whose literal has been written.
   *
   * @param firstDigit position of its first significant digit; undefined for zero
   */
  add(firstDigit: number | undefined, magnitude: number): void {
    if (this.#count + 1 === this.#starts.length) {
      const length = this.#starts.length * 2;
      this.#starts = grown(new Uint32Array(length), this.#starts);
      this.#firstDigits = grown(new Uint32Array(length), this.#firstDigits);
      this.#magnitudes = grown(new Float64Array(length), this.#magnitudes);
    }
    this.#firstDigits[this.#count] = firstDigit ?? NO_DIGIT;
    this.#magnitudes[this.#count] = magnitude;
    this.#count += 1;
    this.#starts[this.#count] = this.#literalsLength;
  }

  /** The literal of number `i`: a view, not a copy. */
  literal(i: number): Uint8Array {
    return this.#literals.subarray(this.#starts[i], this.#starts[i + 1]);
  }

  /** Negative, zero or positive as number `i` is less than, equal to or greater than number `j`. */
  compare(i: number, j: number): number {
    const sign = this.#sign(i);
    if (sign !== this.#sign(j)) return sign - this.#sign(j);
    if (sign === 0) return 0;
    const magnitudes = at(this.#magnitudes, i) - at(this.#magnitudes, j);
    return sign * (magnitudes || this.#compareDigits(i, j));
  }

  #sign(i: number): -1 | 0 | 1 {
    if (this.#firstDigits[i] === NO_DIGIT) return 0;
    return this.#literals[at(this.#starts, i)] === MINUS ? -1 : 1;
  }

  /** Digit by digit; whichever has no more digits is continued by zeros. */
  #compareDigits(i: number, j: number): number {
    let left = at(this.#firstDigits, i);
    let right = at(this.#firstDigits, j);
    const leftEnd = at(this.#starts, i + 1);
    const rightEnd = at(this.#starts, j + 1);
    for (;;) {
      if (this.#literals[left] === DOT) left += 1;
      if (this.#literals[right] === DOT) right += 1;
      const leftDigit = this.#digit(left, leftEnd);
      const rightDigit = this.#digit(right, rightEnd);
      if (leftDigit === undefined && rightDigit === undefined) return 0;
      const difference = (leftDigit ?? ZERO) - (rightDigit ?? ZERO);
      if (difference !== 0) return difference;
      if (leftDigit !== undefined) left += 1;
      if (rightDigit !== undefined) right += 1;
    }
  }

  /** The digit at a position; undefined at the literal's end or its exponent. */
  #digit(position: number, end: number): number | undefined {
    const code = this.#literals[position];
    return position < end && code !== undefined && isDigit(code) ? code : undefined;
  }
}

function at(array: Uint8Array | Uint32Array | Float64Array, index: number): number {
  return array[index] ?? Number.NaN;
}

/** Growing by doubling keeps the cost of all copies together within twice the final size. */
function grown<Column extends Uint8Array | Uint32Array | Float64Array>(
  larger: Column,
  smaller: Column,
): Column {
  larger.set(smaller);
  return larger;
}
