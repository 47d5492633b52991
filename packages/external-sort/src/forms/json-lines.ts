import type { FormOptions } from "@sorted/core/kernel";
import { type Cut, type Form, isSpace, NOTHING } from "./form.ts";

const LINE_FEED = 0x0a;
/** The first byte of a byte order mark. Only an input may begin with it, not a piece. */
const MARK = 0xef;
const SPACE = Uint8Array.of(0x20);

/** A JSON document on each line. It may be cut at any line feed, because no JSON string holds one. */
export function jsonLinesForm(options: FormOptions): Form {
  const form = { grammar: "json-lines", ...options } as const;
  return { first: form, later: form, cut, cutAnywhere: (window) => cut(window, 0) };
}

function cut(content: Buffer, goal: number): Cut | undefined {
  for (let end = content.indexOf(LINE_FEED, goal); end >= 0; end = content.indexOf(LINE_FEED, end + 1)) {
    const found = cutAt(content, end);
    if (found !== undefined) return found;
  }
  for (let end = goal; end > 0; ) {
    end = content.lastIndexOf(LINE_FEED, end - 1);
    if (end < 0) return undefined;
    const found = cutAt(content, end);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Cuts at a line feed, if there are documents before and after it: white space alone makes no piece. */
function cutAt(content: Buffer, end: number): Cut | undefined {
  let next = end + 1;
  while (next < content.length && isSpace(content[next])) next += 1;
  let first = 0;
  while (first < end && isSpace(content[first])) first += 1;
  if (next === content.length || first === end) return undefined;
  const prefix = content[next] === MARK ? SPACE : NOTHING;
  return {
    end,
    suffix: NOTHING,
    next,
    beginning: { isFirst: false, open: [], startsLine: true, isBetweenDigits: false, prefix },
  };
}
