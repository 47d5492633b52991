import { add, type Decimal } from "./decimal.ts";

const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const LOWER_E = 0x65;

/** How many digits a number may need on each side of its decimal point, written without an exponent. */
const MAX_DIGITS = 10_000;

/** How many digits one limb has. */
const LIMB_DIGITS = 9;
const LIMB = 10 ** LIMB_DIGITS;
/** The limb that begins at the decimal point. */
const UNITS_LIMB = Math.ceil(MAX_DIGITS / LIMB_DIGITS);
const LIMBS = 2 * UNITS_LIMB;
/** This many numbers can be added to a limb while it stays a safe integer. */
const MOST_ADDED = Math.floor(Number.MAX_SAFE_INTEGER / LIMB) - 1;

/**
 * An exact sum of literals. It adds limbs of 9 digits as doubles, which hold integers below 2^53 exactly, and carries
 * before they could reach that. Adding a number takes time linear in its length and makes no object.
 */
export class ExactSum {
  readonly #limbs = new Float64Array(LIMBS);
  #added = 0;
  #isInReach = true;

  /**
   * Adds the literal from `start` to `end`, in JSON's notation, which this does not check.
   */
  add(bytes: Uint8Array, start: number, end: number): void {
    if (this.#added === MOST_ADDED) this.#carry();
    this.#added += 1;
    const sign = bytes[start] === MINUS ? -1 : 1;
    const first = sign < 0 ? start + 1 : start;
    let digitsEnd = first;
    let dot = -1;
    for (; digitsEnd < end; digitsEnd += 1) {
      const code = Number(bytes[digitsEnd]);
      if (code === DOT) dot = digitsEnd;
      else if (code < ZERO || code > NINE) break;
    }
    // The place of the current digit: 0 for units, -1 for tenths.
    let place = (dot < 0 ? digitsEnd : dot) - first - 1 + exponentAt(bytes, digitsEnd, end);
    let limb = 0;
    for (let at = first; at < digitsEnd; at += 1) {
      if (at === dot) continue;
      const digit = Number(bytes[at]) - ZERO;
      if (digit !== 0 && (place < -MAX_DIGITS || place >= MAX_DIGITS)) this.#isInReach = false;
      limb = limb * 10 + digit;
      if (place % LIMB_DIGITS === 0) {
        if (limb !== 0) this.#addLimb(place, sign * limb);
        limb = 0;
      }
      place -= 1;
    }
    if (limb === 0) return;
    const missing = mod(place + 1, LIMB_DIGITS);
    this.#addLimb(place + 1 - missing, sign * limb * 10 ** missing);
  }

  /** The sum; undefined if a number had too many digits. */
  get value(): Decimal | undefined {
    if (!this.#isInReach) return undefined;
    this.#carry();
    const first = this.#limbs.findIndex((limb) => limb !== 0);
    if (first < 0) return { coefficient: 0n, exponent: 0 };
    return sumOf(this.#limbs, first, this.#limbs.findLastIndex((limb) => limb !== 0) + 1);
  }

  #addLimb(place: number, value: number): void {
    if (!this.#isInReach) return;
    const index = place / LIMB_DIGITS + UNITS_LIMB;
    this.#limbs[index] = Number(this.#limbs[index]) + value;
  }

  /** Makes every limb but the highest less than 10^9. */
  #carry(): void {
    const limbs = this.#limbs;
    for (let i = 0; i < LIMBS - 1; i += 1) {
      const carried = Math.trunc(Number(limbs[i]) / LIMB);
      if (carried === 0) continue;
      limbs[i] = Number(limbs[i]) - carried * LIMB;
      limbs[i + 1] = Number(limbs[i + 1]) + carried;
    }
    this.#added = 0;
  }
}

/** The limbs from `start` to `end` as one number. It joins halves, so that most products are of short numbers. */
function sumOf(limbs: Float64Array, start: number, end: number): Decimal {
  if (end - start === 1)
    return { coefficient: BigInt(Number(limbs[start])), exponent: (start - UNITS_LIMB) * LIMB_DIGITS };
  const middle = (start + end) >> 1;
  return add(sumOf(limbs, start, middle), sumOf(limbs, middle, end));
}

function exponentAt(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || (Number(bytes[start]) | 0x20) !== LOWER_E) return 0;
  let exponent = 0;
  let sign = 1;
  for (let at = start + 1; at < end; at += 1) {
    const code = Number(bytes[at]);
    if (code === MINUS) sign = -1;
    else if (code >= ZERO) exponent = exponent * 10 + code - ZERO;
  }
  return sign * exponent;
}

function mod(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
