import { COMMA, SEMICOLON, skipWhiteSpace } from "./characters";
import { end } from "./layout";
import { readLooseNumber } from "./number";
import { DECLINED, DONE } from "./scan";
import { startOfContent } from "./utf8";

/** Scans a text of numbers that are separated by one comma or semicolon, or by white space. */
export function scanText(): i32 {
  let p = skipWhiteSpace(startOfContent());
  while (true) {
    p = readLooseNumber(p);
    if (p == 0) return DECLINED;
    const numberEnd = p;
    p = skipWhiteSpace(p);
    if (p == end) return DONE;
    const code: u32 = load<u8>(p);
    if (code == COMMA || code == SEMICOLON) p = skipWhiteSpace(p + 1);
    else if (p == numberEnd) return DECLINED;
  }
}
