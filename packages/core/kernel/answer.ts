import { MINUS } from "./characters";
import { align, arena, entries, PADDING, QUADS, QUADS_COUNT, reserve, SOURCE } from "./layout";
import { lengthOf, startOf } from "./literal";
import { count, lastRecord, order, recordBytes } from "./order";
import { INTEGER_ENTRY, SIGN_BIT } from "./plain-integer";
import { flip, MAX_SHORT } from "./scan";

/** Room for what the host writes before the numbers. */
const HEAD_BYTES: usize = 16;

/** Where the first number of the answer begins, and where the last separator ends. */
let numbersStart: usize = 0;
let numbersEnd: usize = 0;

export function answerStart(): usize {
  return numbersStart;
}

export function answerEnd(): usize {
  return numbersEnd;
}

/** Writes the numbers in their order, a separator of up to 4 bytes after each. Returns false if memory does not suffice. */
export function write(separator: u32, separatorBytes: u32): bool {
  // All literals are disjoint parts of the input and the arena, or as long as those that they are copies of, with a
  // character between two of them at least.
  const room = HEAD_BYTES + (arena - SOURCE) + count * (separatorBytes - 1) + 1 + PADDING;
  // Before the records is what the sort no longer needs; the rest of memory has not been touched yet.
  const start = entries + room <= order ? entries : align(lastRecord + recordBytes);
  if (!reserve(u64(start) + room)) return false;
  numbersStart = start + HEAD_BYTES;
  numbersEnd =
    recordBytes == INTEGER_ENTRY
      ? writeIntegers(separator, separatorBytes)
      : writeLiterals(separator, separatorBytes);
  return true;
}

function writeLiterals(separator: u32, separatorBytes: u32): usize {
  const stride = recordBytes;
  let out = numbersStart;
  for (let p = order, stop = order + count * stride; p < stop; p += stride) {
    const ref = load<u32>(p);
    const start = startOf(ref);
    let length: usize = ref & u32(MAX_SHORT);
    if (length != 0) {
      v128.store(out, v128.load(start));
      v128.store(out, v128.load(start, 16), 16);
    } else {
      length = lengthOf(ref);
      memory.copy(out, start, length);
    }
    out += length;
    store<u32>(out, separator);
    out += separatorBytes;
  }
  return out;
}

/** Descending integers are the ascending ones, written from the last to the first: equal integers look the same. */
function writeIntegers(separator: u32, separatorBytes: u32): usize {
  const step = flip ? -isize(INTEGER_ENTRY) : isize(INTEGER_ENTRY);
  let p = flip ? lastRecord : order;
  let out = numbersStart;
  for (let i: usize = 0; i < count; i += 1) {
    out = writeInteger(out, load<u32>(p) ^ SIGN_BIT);
    store<u32>(out, separator);
    out += separatorBytes;
    p += step;
  }
  return out;
}

const QUAD: u32 = 10_000;
const TWO_QUADS: u32 = 100_000_000;

/** Writes a 32-bit integer; returns where it ends. In sorted numbers the branches on the length go the same way. */
@inline
export function writeInteger(out: usize, integer: u32): usize {
  store<u8>(out, MINUS);
  const isNegative = integer >> 31;
  out += isNegative;
  let rest = (integer ^ (0 - isNegative)) + isNegative;
  if (rest < QUAD) return writeFirstQuad(out, rest);
  if (rest < TWO_QUADS) {
    out = writeFirstQuad(out, rest / QUAD);
  } else {
    const top = rest / TWO_QUADS;
    rest -= top * TWO_QUADS;
    out = writeFirstQuad(out, top);
    store<u32>(out, quad(rest / QUAD));
    out += 4;
  }
  store<u32>(out, quad(rest % QUAD));
  return out + 4;
}

/** Writes up to four digits without leading zeros. */
@inline
function writeFirstQuad(out: usize, value: u32): usize {
  const length: u32 = 1 + u32(value >= 10) + u32(value >= 100) + u32(value >= 1000);
  store<u32>(out, quad(value) >> (8 * (4 - length)));
  return out + length;
}

@inline
function quad(value: u32): u32 {
  return load<u32>(QUADS + 4 * usize(value));
}

/** Fills the table of the four digits of each number. */
export function fillQuads(): void {
  for (let i: u32 = 0; i < QUADS_COUNT; i += 1) {
    const digits = (i / 1000) | (((i / 100) % 10) << 8) | (((i / 10) % 10) << 16) | ((i % 10) << 24);
    store<u32>(QUADS + 4 * usize(i), digits + 0x3030_3030);
  }
}
