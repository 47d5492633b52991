import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { type Test, test } from "tap";
import { type Format, type Grammar, type ReadOptions, SortedError } from "../src/index.ts";
import { KernelInstance } from "../src/kernel-instance.ts";
import { sharedMemory } from "../src/kernel-module.ts";
import * as reference from "../src/reference.ts";
import { jsonDocument, jsonLines } from "./arbitraries/document.ts";
import { crowdedNumber, jsonNumber } from "./arbitraries/number.ts";
import { csv, plainText, printedList, tsv } from "./arbitraries/text.ts";
import type { Sorted } from "./implementation.ts";
import { damaged } from "./suites/grammar.ts";
import { testProperty } from "./suites/property.ts";

const FORMATS: readonly Format[] = ["json", "json-strings", "text", "csv"];

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

/** What the reference answers in each of the formats; undefined where it finds a fault. */
function answersOfReference(
  grammar: Grammar,
  input: Uint8Array,
  options: ReadOptions,
  formats = FORMATS,
): string[] | undefined {
  let sorted: Sorted;
  try {
    sorted = reference.sort(grammar, input, options);
  } catch {
    return undefined;
  }
  return formats.map((format) => text(sorted.toBytes(format)));
}

/** What the kernel answers to an input that comes in pieces. */
function answersOfKernel(
  kernel: KernelInstance,
  grammar: Grammar,
  chunks: readonly Uint8Array[],
  options: ReadOptions,
  formats = FORMATS,
): string[] | undefined {
  kernel.clear();
  for (const chunk of chunks) kernel.append(chunk);
  try {
    if (!kernel.sort(grammar, options)) return undefined;
  } catch (error) {
    // An option that the grammar does not take.
    if (error instanceof SortedError) return undefined;
    throw error;
  }
  return formats.map((format) => text(kernel.write(format)));
}

/** The input, cut at these places. */
function cut(input: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = places.map((place) => place % (input.length + 1)).sort((a, b) => a - b);
  return [...ends, input.length].map((end, i) => input.subarray(ends[i - 1] ?? 0, end));
}

const common = {
  order: fc.constantFrom("asc", "desc"),
  unique: fc.boolean(),
  limit: fc.nat(5),
  maxDepth: fc.nat(4),
  maxNumbers: fc.nat(6),
} as const;

const optionsOfJson: fc.Arbitrary<ReadOptions> = fc.record(common, { requiredKeys: [] });

const optionsOfText: fc.Arbitrary<ReadOptions> = fc.record(
  {
    ...common,
    decimal: fc.constantFrom("point", "comma"),
    header: fc.constantFrom("present", "absent"),
    empty: fc.constantFrom("error", "skip"),
  },
  { requiredKeys: [] },
);

const places = fc.array(fc.nat(), { maxLength: 5 });

const kernel = new KernelInstance();

test("the kernel answers where the reference does, and the same", async (t) => {
  for (const [grammar, input, options] of [
    ["json", jsonDocument, optionsOfJson],
    ["json-lines", jsonLines, optionsOfJson],
    ["text", plainText, optionsOfText],
    ["text", printedList, fc.record(common, { requiredKeys: [] })],
    ["csv", csv, optionsOfText],
    ["tsv", tsv, optionsOfText],
  ] as const) {
    const inputs = fc.oneof(
      input.map(({ text }) => text),
      damaged(input),
    );
    testProperty(
      t,
      `to ${grammar}, in pieces of any length`,
      fc.property(inputs, options, places, (input, options, places) => {
        const bytes = Buffer.from(input);
        const chunks = cut(bytes, places);
        deepEqual(
          answersOfKernel(kernel, grammar, chunks, options),
          answersOfReference(grammar, bytes, options),
        );
        equal(text(kernel.input), input);
      }),
    );
  }
});

/** Numbers whose keys agree as far as keys go, so that what lies behind decides. */
const tied = (shared: string, tail: fc.Arbitrary<string>) => tail.map((tail) => shared + tail);
const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(..."00015"), minLength, maxLength });

/** Distributions that take the sort's different ways, as it goes by how many numbers there are and how they lie. */
const distributions: { readonly [title: string]: fc.Arbitrary<string> } = {
  "32-bit integers": fc.integer().map(String),
  "integers that don't quite have 32 bits": fc
    .constantFrom(2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 0)
    .map(String),
  "small integers": fc.integer({ min: -20, max: 20 }).map(String),
  "integers and -0": fc.constantFrom("0", "-0", "1", "-1"),
  doubles: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  "doubles of one magnitude": fc.double({ min: 0.1, max: 0.9, noNaN: true }).map(String),
  "numbers of any form": jsonNumber,
  "numbers that are nearly equal": crowdedNumber.map((number) => String(Number.parseFloat(number))),
  "a cluster far from the rest": fc.oneof(
    { arbitrary: tied("1.0000000", digits(1, 6)), weight: 50 },
    { arbitrary: fc.constant("9"), weight: 1 },
  ),
  "integers that share 16 digits": tied("1234567890123456", digits(4, 4)),
  "negative ones that share 16 digits": tied("-1234567890123456", digits(4, 4)),
  "fractions that share 40 digits": tied(`0.${"7".repeat(40)}`, digits(0, 40)),
  "integers with a fraction behind shared digits": tied(
    "12345678901234567890",
    digits(0, 12).map((digits) => `${digits}.5`),
  ),
  "numbers with zeros before what decides": tied(
    "1.",
    fc.nat(60).map((zeros) => `${"0".repeat(zeros + 1)}1`),
  ),
  "a number with zeros and with none": fc.constantFrom("5", "5.0", `5.${"0".repeat(50)}`, "5e0"),
  "exponents beyond the key": fc
    .tuple(fc.constantFrom("", "-"), digits(1, 3), fc.integer({ min: -6000, max: 6000 }))
    .map(([sign, digits, exponent]) => `${sign}1${digits}e${exponent}`),
  "one exponent beyond the key": tied("1", digits(20, 24)).map((digits) => `${digits}e99999`),
};

test("the kernel's ways to sort all come to the reference's order", async (t) => {
  for (const [title, number] of Object.entries(distributions)) {
    for (const [minLength, maxLength] of [
      [0, 40],
      [100, 600],
    ] as const) {
      testSizes(
        t,
        `${title}, ${minLength} to ${maxLength}`,
        fc.array(number, { minLength, maxLength, size: "max" }),
      );
    }
  }
});

function testSizes(t: Test, title: string, numbers: fc.Arbitrary<string[]>): void {
  t.test(title, async (t) => {
    const property = fc.property(
      numbers,
      fc.record({ order: fc.constantFrom("asc", "desc"), unique: fc.boolean() }),
      (numbers, options) => {
        const bytes = Buffer.from(`[${numbers.join()}]`);
        deepEqual(
          answersOfKernel(kernel, "json", [bytes], options),
          answersOfReference("json", bytes, options),
        );
      },
    );
    fc.assert(property, { numRuns: 20 });
    t.pass(title);
  });
}

const OPTION_SETS: readonly ReadOptions[] = [{}, { order: "desc", limit: 10_000 }, { unique: true }];

test("many numbers", async (t) => {
  const pseudoRandom = (i: number) => (Math.imul(i, 0x9e3779b1) >>> 0) / 2 ** 32;
  const sets = {
    integers: (i: number) => Math.floor(pseudoRandom(i) * 2 ** 32) - 2 ** 31,
    "integers of few digits": (i: number) => Math.floor(pseudoRandom(i) * 300),
    doubles: (i: number) => pseudoRandom(i) * pseudoRandom(i + 7),
    "prices of two decimals": (i: number) => (pseudoRandom(i) * 100).toFixed(2),
    "few values": (i: number) => pseudoRandom(i % 50),
    timestamps: (i: number) => 1_700_000_000_000 + Math.floor(pseudoRandom(i) * 1e9),
    "literals of any length": (i: number) => `0.${"7".repeat(pseudoRandom(i) * 50)}${i % 9}`,
    "literals that JSON lacks": (i: number) => `"+${pseudoRandom(i)}"`,
    "magnitudes far apart": (i: number) => 10 ** (600 * pseudoRandom(i) - 300),
  };
  // As many as the caches hold, and more than that, which are sorted in parts with their literals gathered.
  for (const [count, optionSetsOf] of [
    [20_000, () => OPTION_SETS],
    // The reference takes a second for so many: each set has its turn with one of the three.
    [270_000, (turn: number) => OPTION_SETS.slice(turn % 3, (turn % 3) + 1)],
  ] as const) {
    for (const [turn, [title, number]] of Object.entries(sets).entries()) {
      const bytes = Buffer.from(`[${Array.from({ length: count }, (_, i) => number(i)).join()}]`);
      for (const options of optionSetsOf(turn)) {
        // The formats differ in what stands around each literal, which few numbers show as well.
        const expected = answersOfReference("json", bytes, options, ["json"]);
        const found = answersOfKernel(kernel, "json", [bytes], options, ["json"]);
        t.ok(expected !== undefined && expected[0] === found?.[0], `${count} ${title}`);
      }
    }
  }
});

test("memory", async (t) => {
  t.test("can be shared: one kernel takes the input, another sorts it", async (t) => {
    const memory = sharedMemory();
    const receiving = new KernelInstance(memory);
    receiving.append(Buffer.from("[3, 1,"));
    receiving.append(Buffer.from("2]"));
    const sorting = new KernelInstance(memory, receiving.inputBytes);
    t.ok(sorting.sort("json", {}));
    t.equal(sorting.count, 3);
    t.equal(text(sorting.write("json")), '{"sorted":[1,2,3]}');
  });

  t.test("that does not suffice is an error of JavaScript", async (t) => {
    t.throws(() => new KernelInstance().reserve(2 ** 32), RangeError);
  });
});
