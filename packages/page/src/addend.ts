import type { Addend } from "./exact-sum.ts";

/** So many digits are exact as a double. */
const MOST_DOUBLE_DIGITS = 15;
const [MINUS, POINT, ZERO, NINE] = [0x2d, 0x2e, 0x30, 0x39];

const decoder = new TextDecoder();

/**
 * Reads a literal of an answer without rounding.
 *
 * @param bytes UTF-8
 * @param start the literal's first byte
 * @param end the byte after it
 * @example
 * readAddend(new TextEncoder().encode("-1.50e3"), 0, 7); // { digits: -150, exponent: 1 }
 */
export function readAddend(bytes: Uint8Array, start: number, end: number): Addend {
  const isNegative = bytes[start] === MINUS;
  let digits = 0;
  let significant = 0;
  let exponent = 0;
  let hasPoint = false;
  for (let i = isNegative ? start + 1 : start; i < end; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte === POINT) hasPoint = true;
    else if (byte >= ZERO && byte <= NINE) {
      digits = digits * 10 + byte - ZERO;
      if (digits > 0) significant += 1;
      if (hasPoint) exponent -= 1;
    } else {
      exponent += Number(decoder.decode(bytes.subarray(i + 1, end)));
      break;
    }
  }
  if (significant > MOST_DOUBLE_DIGITS) return { digits: allDigits(bytes.subarray(start, end)), exponent };
  return { digits: isNegative ? -digits : digits, exponent };
}

function allDigits(bytes: Uint8Array): bigint {
  const [mantissa = ""] = decoder.decode(bytes).toLowerCase().split("e");
  return BigInt(mantissa.replace(".", ""));
}
