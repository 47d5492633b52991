/** The bodies of the loads. They are always the same: the random numbers have a fixed seed. */
import { createRandom } from "./random.ts";

const random = createRandom(12345);
const integer = (bits: number) => Math.floor(random() * 2 ** bits);
const integer32 = () => integer(32) - 2 ** 31;
const thousandths = () => (random() * 2000 - 1000).toFixed(3);
const MILLION = 1_000_000;

const list = (count: number, number: (i: number) => number | string) =>
  `[${Array.from({ length: count }, (_, i) => number(i)).join()}]`;
const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value;

export interface Load {
  readonly title: string;
  readonly connections: number;
  make(): string;
}

export const loads: { readonly [name: string]: Load } = {
  A: {
    title: "10 numbers, one by one and in lists",
    connections: 16,
    make: () => '{"x1":"[3, 10, -2.5]","x2":"7","x3":1,"x4":"[4,5,6]","x5":"8.25","x6":"-1"}',
  },
  B: {
    title: "1,000 mixed integers and decimals",
    connections: 16,
    make: () => list(1000, (i) => (i % 2 ? integer(21) - MILLION : thousandths())),
  },
  C: { title: "100,000 random doubles", connections: 4, make: () => list(MILLION / 10, random) },
  D: { title: "1,000,000 random doubles", connections: 2, make: () => list(MILLION, random) },
  E: { title: "1,000,000 32-bit integers", connections: 2, make: () => list(MILLION, integer32) },
};

/** Shapes that may be hard to sort, all of a million numbers. */
export const shapes: { readonly [title: string]: () => string } = {
  "millisecond timestamps": () => list(MILLION, () => 1.7e12 + integer(33)),
  "prices with two decimals": () => list(MILLION, () => (random() * 1000).toFixed(2)),
  "100 distinct values": () => {
    const values = Array.from({ length: 100 }, random);
    return list(MILLION, () => pick(values));
  },
  "all equal": () => list(MILLION, () => 0.7234567890123456),
  sorted: () => `[${Float64Array.from({ length: MILLION }, random).sort().join()}]`,
  reversed: () => `[${Float64Array.from({ length: MILLION }, random).sort().reverse().join()}]`,
  "half zeros": () => list(MILLION, () => (random() < 0.5 ? 0 : random())),
  "log-uniform 1e±300": () => list(MILLION, () => 10 ** (random() * 600 - 300)),
  "1.0000000dddd": () => list(MILLION, () => `1.0000000${String(integer(13)).padStart(4, "0")}`),
  "20 digits with the same first 16": () =>
    list(MILLION, () => `1234567890123456${String(integer(13)).padStart(4, "0")}`),
  "a space after each comma": () => list(MILLION, random).replaceAll(",", ", "),
  "a line end after each comma": () => list(MILLION, random).replaceAll(",", ",\n"),
  "pairs in nested arrays": () => list(MILLION / 2, () => `[${random()},${random()}]`),
  "numbers as strings": () => list(MILLION, () => `"${random()}"`),
  "one list in a string": () => `{"x":"${list(MILLION, random)}"}`,
  "one decimal behind a million integers": () =>
    list(MILLION, (i) => (i === MILLION - 1 ? 0.5 : integer32())),
  "tokens of 64 KB": () => list(64, () => "7".repeat(65_535) + integer(3)),
};
