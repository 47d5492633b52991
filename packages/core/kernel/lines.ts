import { CARRIAGE_RETURN, LINE_FEED } from "./characters";

const VECTOR: usize = 16;

/** How many line ends (LF, CR or both) there are from `p` to `stop`; what follows `stop` does not count. */
export function countLineEnds(p: usize, stop: usize): u32 {
  let count: u32 = 0;
  for (; p < stop; p += VECTOR) {
    const bytes = v128.load(p);
    const within: u32 = stop - p < VECTOR ? (1 << u32(stop - p)) - 1 : 0xffff;
    const feeds = u32(i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>LINE_FEED)))) & within;
    const returns = u32(i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>CARRIAGE_RETURN)))) & within;
    // A return that a feed follows is counted by the feed.
    const next = p + VECTOR < stop ? u32(load<u8>(p + VECTOR) == LINE_FEED) << (VECTOR as u32) : 0;
    count += popcnt(feeds) + popcnt(returns & ~((feeds | next) >> 1));
  }
  return count;
}
