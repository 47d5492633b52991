import { DOT, MINUS } from "./characters.ts";

/** A stretch of the literals; empty where `end` is `start`. */
export interface Span {
  readonly start: number;
  /** After the last character. */
  readonly end: number;
}

/**
 * The numbers of one input: their literals, as the answer will show them, one after the other in one array of bytes,
 * and for each number what its order is decided by.
 *
 * A number that is not zero is ±0.d₁d₂…dₙ × 10^magnitude with d₁ ≠ 0 and dₙ ≠ 0, where d₁d₂…dₙ are its significant
 * digits. That form is unique, so numbers compare by sign, then magnitude, then digit by digit; of two that agree as far
 * as the shorter one goes, the longer one has the greater absolute value, as its last digit is not 0. No number is ever
 * turned into a double.
 */
export class NumberTable {
  #count = 0;
  #literals: Uint8Array;
  #literalsLength = 0;
  /** Where the literal of each number begins; it ends where the next begins. */
  #starts = new Uint32Array(16);
  /** Where d₁ stands among the literals. */
  #firstDigits = new Uint32Array(16);
  /** After dₙ; for zero the same as `#firstDigits`. */
  #digitEnds = new Uint32Array(16);
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
   * @param significant where its significant digits lie, a dot among them or not; empty for zero
   */
  add(significant: Span, magnitude: number): void {
    if (this.#count + 1 === this.#starts.length) {
      const length = this.#starts.length * 2;
      this.#starts = grown(new Uint32Array(length), this.#starts);
      this.#firstDigits = grown(new Uint32Array(length), this.#firstDigits);
      this.#digitEnds = grown(new Uint32Array(length), this.#digitEnds);
      this.#magnitudes = grown(new Float64Array(length), this.#magnitudes);
    }
    this.#firstDigits[this.#count] = significant.start;
    this.#digitEnds[this.#count] = significant.end;
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
    if (this.#firstDigits[i] === this.#digitEnds[i]) return 0;
    return this.#literals[at(this.#starts, i)] === MINUS ? -1 : 1;
  }

  /** Takes time linear in the digits of the shorter one: what a sort costs depends on it. */
  #compareDigits(i: number, j: number): number {
    let left = at(this.#firstDigits, i);
    let right = at(this.#firstDigits, j);
    const leftEnd = at(this.#digitEnds, i);
    const rightEnd = at(this.#digitEnds, j);
    const literals = this.#literals;
    for (; left < leftEnd && right < rightEnd; left += 1, right += 1) {
      if (literals[left] === DOT) left += 1;
      if (literals[right] === DOT) right += 1;
      if (literals[left] !== literals[right]) return at(literals, left) - at(literals, right);
    }
    return Number(left < leftEnd) - Number(right < rightEnd);
  }
}

function at(array: Uint8Array | Uint32Array | Float64Array, index: number): number {
  return Number(array[index]);
}

/** Growing by doubling keeps the cost of all copies together within twice the final size. */
function grown<Column extends Uint8Array | Uint32Array | Float64Array>(
  larger: Column,
  smaller: Column,
): Column {
  larger.set(smaller);
  return larger;
}
