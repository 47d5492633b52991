import type { FormOptions } from "@sorted/core/kernel";
import { type Cut, type Form, isSpace } from "./form.ts";

const QUOTATION_MARK = 0x22;
const COMMA = 0x2c;
const LEFT_SQUARE_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const RIGHT_SQUARE_BRACKET = 0x5d;
const LEFT_CURLY_BRACKET = 0x7b;
const RIGHT_CURLY_BRACKET = 0x7d;

/**
 * One JSON document. It may be cut at any comma between two values. The first piece gets the closing brackets of those
 * that are open there, and the next piece opens them again, so that each piece is a document of the same depth.
 *
 * With `field` the elements of an array are records, and the cut must be between two of them. A document that is not an
 * array is one record.
 */
export function jsonForm(options: FormOptions): Form {
  const form = { grammar: "json", ...options } as const;
  const mayCut = options.field === undefined ? isInside : isBetweenRecords;
  return { first: form, later: form, cut: (content, goal, { open }) => cut(content, goal, open, mayCut) };
}

const isInside = (open: readonly number[]) => open.length > 0;
const isBetweenRecords = (open: readonly number[]) => open.length === 1 && open[0] === RIGHT_SQUARE_BRACKET;

function cut(
  content: Buffer,
  goal: number,
  openBefore: readonly number[],
  mayCut: (open: readonly number[]) => boolean,
): Cut | "fault" | undefined {
  const open = [...openBefore];
  for (let place = 0; place < content.length; place += 1) {
    place = nextOf(content, place, goal);
    const byte = content[place];
    if (byte === QUOTATION_MARK) {
      place = endOfString(content, place);
    } else if (byte === LEFT_SQUARE_BRACKET) {
      open.push(RIGHT_SQUARE_BRACKET);
    } else if (byte === LEFT_CURLY_BRACKET) {
      open.push(RIGHT_CURLY_BRACKET);
    } else if (byte === RIGHT_SQUARE_BRACKET || byte === RIGHT_CURLY_BRACKET) {
      if (open.pop() !== byte) return "fault";
    } else if (byte === COMMA && place >= goal) {
      if (open.length === 0) return "fault";
      if (!mayCut(open)) continue;
      let next = place + 1;
      while (isSpace(content[next])) next += 1;
      if (content[next] === open.at(-1)) return "fault";
      const beginning = {
        isFirst: false,
        open,
        startsLine: false,
        isBetweenDigits: false,
        prefix: opening(open),
      };
      if (next < content.length) return { end: place, suffix: closing(open), next, beginning };
    }
  }
  return undefined;
}

/** The next byte that may matter, from `place` on. Commas matter only after the goal. */
function nextOf(content: Buffer, place: number, goal: number): number {
  let next = place;
  for (; next < goal && next < content.length; next += 1) {
    const byte = Number(content[next]);
    // All brackets are 0x59 in these bits. The few other bytes that are do no harm.
    if (byte === QUOTATION_MARK || (byte & 0xd9) === 0x59) return next;
  }
  return next;
}

/** The place of the quotation mark that ends the string at `place`, or the content's end if there is none. */
function endOfString(content: Buffer, place: number): number {
  for (
    let end = content.indexOf(QUOTATION_MARK, place + 1);
    end >= 0;
    end = content.indexOf(QUOTATION_MARK, end + 1)
  ) {
    let slashes = 0;
    while (content[end - 1 - slashes] === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return content.length;
}

function closing(open: readonly number[]): Uint8Array {
  return Uint8Array.from(open).reverse();
}

/** In an object, the open value needs a name. */
function opening(open: readonly number[]): Uint8Array {
  const text = open.map((byte, i) => {
    if (byte === RIGHT_SQUARE_BRACKET) return "[";
    return i < open.length - 1 ? '{"":' : "{";
  });
  return Buffer.from(text.join(""));
}
