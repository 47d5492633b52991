import { isWhiteSpace, LINE_FEED, skipWhiteSpace } from "./characters";
import { scanDocument } from "./json";
import { end } from "./layout";
import { DECLINED, DONE } from "./scan";
import { startOfContent } from "./utf8";

/** Scans JSON Lines: one document on each line; lines that are blank have none. */
export function scanJsonLines(): i32 {
  const start = startOfContent();
  let p = skipWhiteSpace(start);
  if (p == end) return DECLINED;
  // Those between documents; if there are others, a document takes more than one line.
  let lineFeeds = countLineFeeds(start, p);
  while (p < end) {
    const next = scanDocument(p);
    if (next == 0) return DECLINED;
    let documentEnd = next;
    while (isWhiteSpace(load<u8>(documentEnd - 1))) documentEnd -= 1;
    const between = countLineFeeds(documentEnd, next);
    if (between == 0 && next < end) return DECLINED;
    lineFeeds += between;
    p = next;
  }
  return lineFeeds == countLineFeeds(start, end) ? DONE : DECLINED;
}

const VECTOR: usize = 16;

function countLineFeeds(p: usize, stop: usize): usize {
  let count: usize = 0;
  for (; p + VECTOR <= stop; p += VECTOR) {
    count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(p), i8x16.splat(<i8>LINE_FEED))));
  }
  for (; p < stop; p += 1) count += usize(load<u8>(p) == LINE_FEED);
  return count;
}
