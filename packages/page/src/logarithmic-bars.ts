import { compareNumbers } from "@sorted/core";
import type { Bar, Histogram, Tick } from "./bars.ts";
import { LARGEST_EXPONENT, magnitude, scientific, toDecimal } from "./decimal.ts";
import { type AscendingList, countBelow, countUpTo } from "./sorted-list.ts";

const MOST_TICKS = 12;

/** The edges at which one side of 0 begins and ends, in bars of equal ratio. Equal if the side is empty. */
interface Side {
  readonly from: number;
  readonly to: number;
}

/**
 * Bars that each cover the same number of powers of ten, mirrored for the numbers below 0, with a bar for 0 itself in
 * between. So one rule shows small and large magnitudes of both signs.
 */
export function logarithmicBars(list: AscendingList, mostBars: number): Histogram {
  const below = countBelow(list, "0");
  const above = countUpTo(list, "0");
  const negative = below > 0 ? ([list.literal(below - 1), list.literal(0)] as const) : undefined;
  const positive =
    above < list.count ? ([list.literal(above), list.literal(list.count - 1)] as const) : undefined;
  const decades = [negative, positive].reduce((sum, ends) => sum + (ends ? spanOf(ends) + 1 : 0), 0);
  const width = niceWidth(decades, mostBars);
  const mostDigits = Math.max(...[negative ?? [], positive ?? []].flat().map(({ length }) => length));
  const edgeAt = (index: number) => edge(index, width, mostDigits);
  const left = sideOf(negative, width, edgeAt);
  const right = sideOf(positive, width, edgeAt);

  const bars: Bar[] = [];
  for (let index = left.to; index > left.from; index -= 1) {
    const [from, to] = [`-${edgeAt(index)}`, `-${edgeAt(index - 1)}`];
    bars.push({ from, to, count: countUpTo(list, to) - countUpTo(list, from) });
  }
  bars.push({ from: "0", to: "0", count: above - below });
  for (let index = right.from; index < right.to; index += 1) {
    const [from, to] = [edgeAt(index), edgeAt(index + 1)];
    bars.push({ from, to, count: countBelow(list, to) - countBelow(list, from) });
  }
  return { scale: "logarithmic", bars, ticks: ticks(left, right, width), rule: ruleFor(width) };
}

function spanOf([nearest, farthest]: readonly [string, string]): number {
  return magnitude(toDecimal(farthest)) - magnitude(toDecimal(nearest));
}

/** How many powers of ten a bar covers: an eighth, a quarter, a half, or 1, 2, 5, 10, 20, … */
function niceWidth(decades: number, mostBars: number): number {
  const enough = (width: number) => decades / width <= mostBars;
  const fraction = [1 / 8, 1 / 4, 1 / 2].find(enough);
  if (fraction !== undefined) return fraction;
  for (let power = 1; ; power *= 10) {
    const width = [power, 2 * power, 5 * power].find(enough);
    if (width !== undefined) return width;
  }
}

/** The edges around the numbers of one side. Logarithms are rounded, so this compares each edge exactly. */
function sideOf(
  ends: readonly [string, string] | undefined,
  width: number,
  edgeAt: (index: number) => string,
): Side {
  if (ends === undefined) return { from: 0, to: 0 };
  const [nearest, farthest] = ends.map((literal) => literal.replace(/^-/, ""));
  if (nearest === undefined || farthest === undefined) return { from: 0, to: 0 };
  let from = Math.floor(magnitude(toDecimal(nearest)) / width);
  while (compareNumbers(edgeAt(from), nearest) > 0) from -= 1;
  let to = Math.floor(magnitude(toDecimal(farthest)) / width) + 1;
  while (compareNumbers(edgeAt(to), farthest) <= 0) to += 1;
  return { from, to };
}

/**
 * The edge between two bars as a literal: 10^(index × width). If no number can be as far from 0, a nearer edge does as
 * well.
 */
function edge(index: number, width: number, mostDigits: number): string {
  const exact = index * width;
  const farthest = LARGEST_EXPONENT + mostDigits;
  const power = Math.floor(Math.max(-farthest, Math.min(farthest, exact)));
  return scientific(String(10 ** (exact - Math.floor(exact))).replace(".", ""), power);
}

function ticks(left: Side, right: Side, width: number): Tick[] {
  const zero = left.to - left.from;
  const bars = zero + 1 + right.to - right.from;
  const mostOnSide = (side: Side) => Math.max(1, Math.round((MOST_TICKS * (side.to - side.from)) / bars));
  const all = [{ position: zero + 0.5, label: "0" }];
  for (const [side, sign] of [
    [left, "−"],
    [right, ""],
  ] as const) {
    const step = tickStep(side, width, mostOnSide(side));
    for (let index = side.from; index <= side.to; index += 1) {
      const power = index * width;
      if (side.from === side.to || !Number.isInteger(power) || power % step !== 0) continue;
      const position = side === left ? left.to - index : zero + 1 + index - right.from;
      all.push({ position, label: `${sign}10${superscript(power)}` });
    }
  }
  return all.sort((a, b) => a.position - b.position);
}

/** How many powers of ten are between two marks. */
function tickStep({ from, to }: Side, width: number, most: number): number {
  for (let power = 1; ; power *= 10) {
    const step = [1, 2, 5].map((factor) => factor * power).find((one) => ((to - from) * width) / one <= most);
    if (step !== undefined && (width < 1 || step % width === 0)) return step;
  }
}

function superscript(power: number): string {
  return String(power).replace(
    /[-\d]/g,
    (character) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(character)] ?? "",
  );
}

function ruleFor(width: number): string {
  const wide =
    width < 1
      ? `${1 / width} bars to each power of ten`
      : `each bar is ${width === 1 ? "one power" : `${width.toLocaleString("en")} powers`} of ten wide`;
  return `Logarithmic axis: ${wide}. Negative numbers mirror positive ones, and 0 has its own bar. On a linear axis half of the numbers would be in less than 1/32 of the width.`;
}
