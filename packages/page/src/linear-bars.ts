import type { Bar, Histogram, Tick } from "./bars.ts";
import { floorDivide, floorTo, magnitude, toDecimal, toLiteral } from "./decimal.ts";
import { type AscendingList, countBelow } from "./sorted-list.ts";

/** Digits beyond those of the numbers, so that bars can be narrower than a unit of the last digit. */
const EXTRA_DIGITS = 3;
const MOST_DIGITS = 400;
const MOST_TICKS = 6;

/** Bars of equal width, whose edges are multiples of 1, 2 or 5 times a power of ten. */
export function linearBars(list: AscendingList, mostBars: number): Histogram {
  const least = toDecimal(list.literal(0));
  const greatest = toDecimal(list.literal(list.count - 1));
  const largest = Math.floor(Math.max(magnitude(least), magnitude(greatest)));
  const finest = Math.min(least.exponent, greatest.exponent);
  const unit = Math.max(finest, largest - MOST_DIGITS) - EXTRA_DIGITS;
  const [from, to] = [floorTo(unit, least), floorTo(unit, greatest)];
  if (from === to) return singleBar(list);

  const width = niceWidth(to - from, mostBars);
  const first = floorDivide(from, width);
  const edge = (index: number) => toLiteral({ digits: (first + BigInt(index)) * width, exponent: unit });
  const bars: Bar[] = [];
  for (let index = 0, below = 0; index <= Number(floorDivide(to, width) - first); index += 1) {
    const next = countBelow(list, edge(index + 1));
    bars.push({ from: edge(index), to: edge(index + 1), count: next - below });
    below = next;
  }
  return {
    scale: "linear",
    bars,
    ticks: ticks(bars, first),
    rule: `Linear axis; each bar is ${toLiteral({ digits: width, exponent: unit })} wide.`,
  };
}

function singleBar(list: AscendingList): Histogram {
  const [from, to] = [list.literal(0), list.literal(list.count - 1)];
  const bars = [{ from, to, count: list.count }];
  return {
    scale: "linear",
    bars,
    ticks: [{ position: 0.5, label: from }],
    rule: "All numbers are equal or very close.",
  };
}

/** The first of 1, 2, 5, 10, 20, … that divides a range into at most this many bars. */
function niceWidth(range: bigint, mostBars: number): bigint {
  for (let power = 1n; ; power *= 10n) {
    for (const factor of [1n, 2n, 5n]) {
      if (factor * power * BigInt(mostBars - 1) >= range) return factor * power;
    }
  }
}

/** Marks at round numbers: edges whose index from 0 is a multiple of 1, 2, 5, 10 or 20. */
function ticks(bars: readonly Bar[], first: bigint): Tick[] {
  const edges = [...bars.map(({ from }) => from), bars.at(-1)?.to ?? ""];
  const every =
    [1n, 2n, 5n, 10n, 20n].find((step) => BigInt(edges.length) <= step * BigInt(MOST_TICKS)) ?? 20n;
  return edges.flatMap((label, position) =>
    (first + BigInt(position)) % every === 0n ? [{ position, label }] : [],
  );
}
