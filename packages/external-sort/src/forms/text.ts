import { type Cut, type Form, NOTHING } from "./form.ts";

const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const SPACES: readonly number[] = [0x20, 0x0a, 0x0d, 0x09];
/** What begins a byte order mark, which only an input may begin with, and no piece of it. */
const MARK = 0xef;
const SPACE = Uint8Array.of(0x20);

/** Numbers with one comma or semicolon between, or white space: may be cut where any of these is. */
export const textForm: Form = {
  grammar: "text",
  cut: (body, goal) => cutAfter(body, goal) ?? cutBefore(body, goal),
};

function cutAfter(body: Buffer, goal: number): Cut | undefined {
  let end = goal;
  while (end < body.length && !isSeparator(body[end])) end += 1;
  return cutAt(body, end);
}

function cutBefore(body: Buffer, goal: number): Cut | undefined {
  for (let end = Math.min(goal, body.length) - 1; end > 0; end -= 1) {
    if (!isSeparator(body[end])) continue;
    const cut = cutAt(body, end);
    if (cut !== undefined) return cut;
  }
  return undefined;
}

/** Cuts at the separators that stand at `place`, if a number comes before them, and all of them can be seen. */
function cutAt(body: Buffer, place: number): Cut | undefined {
  let end = place;
  while (end > 0 && isSeparator(body[end - 1])) end -= 1;
  let next = end;
  let hasComma = false;
  for (; next < body.length && isSeparator(body[next]); next += 1) {
    const isComma = !SPACES.includes(Number(body[next]));
    // A second one is a fault, which the next piece begins with.
    if (isComma && hasComma) break;
    hasComma ||= isComma;
  }
  if (end === 0 || next === end || next === body.length) return undefined;
  return { end, suffix: NOTHING, next, prefix: body[next] === MARK ? SPACE : NOTHING, open: [] };
}

function isSeparator(byte = 0): boolean {
  return byte === COMMA || byte === SEMICOLON || SPACES.includes(byte);
}
