import { DOT, isDigit, ZERO } from "./characters";
import { firstDigit, lengthOf, magnitude, sign, startOf, takeApart } from "./literal";
import { flip, MAX_SHORT } from "./scan";

/** Compares two numbers exactly, by their literals: negative, zero or positive as `a` comes before, with or after `b`. */
export function compare(a: u32, b: u32): i32 {
  if (isSameLiteral(a, b)) return 0;
  takeApart(a);
  const signOfA = sign;
  const digitsOfA = firstDigit;
  const magnitudeOfA = magnitude;
  takeApart(b);
  let difference = signOfA - sign;
  if (difference == 0 && sign != 0) {
    difference = magnitudeOfA - magnitude;
    if (difference == 0) difference = compareDigits(digitsOfA, firstDigit);
    difference *= sign;
  }
  return flip ? -difference : difference;
}

/** Compares digit by digit from `a` and `b` on; whichever has no more digits is continued by zeros. */
export function compareDigits(a: usize, b: usize): i32 {
  while (true) {
    // As long as all characters are the same, so are all digits. Sixteen at a time, for the longest of literals.
    while (hasSameDigits(a, b)) {
      a += 16;
      b += 16;
    }
    if (load<u8>(a) == DOT) a += 1;
    if (load<u8>(b) == DOT) b += 1;
    const left: u32 = load<u8>(a);
    const right: u32 = load<u8>(b);
    const hasLeft = isDigit(left);
    const hasRight = isDigit(right);
    if (!hasLeft && !hasRight) return 0;
    const difference = i32(hasLeft ? left : ZERO) - i32(hasRight ? right : ZERO);
    if (difference != 0) return difference;
    a += usize(hasLeft);
    b += usize(hasRight);
  }
}

/** Whether the sixteen characters from `a` and from `b` on are the same digits. */
export function hasSameDigits(a: usize, b: usize): bool {
  const left = v128.load(a);
  const digits = i8x16.le_u(i8x16.sub(left, i8x16.splat(<i8>ZERO)), i8x16.splat(9));
  return i8x16.all_true(v128.and(digits, i8x16.eq(left, v128.load(b))));
}

function isSameLiteral(a: u32, b: u32): bool {
  const length: u32 = a & u32(MAX_SHORT);
  if (length != (b & u32(MAX_SHORT))) return false;
  const left = startOf(a);
  const right = startOf(b);
  if (length == 0) return lengthOf(a) == lengthOf(b) && memory.compare(left, right, lengthOf(a)) == 0;
  const head = i8x16.eq(v128.load(left), v128.load(right));
  const tail = i8x16.eq(v128.load(left, 16), v128.load(right, 16));
  const differences = ~u32(i8x16.bitmask(head) | (i8x16.bitmask(tail) << 16));
  return ctz(differences) >= length;
}
