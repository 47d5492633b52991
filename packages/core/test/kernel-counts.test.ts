import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { test } from "tap";
import type { Format } from "../src/index.ts";
import { KernelInstance } from "../src/kernel-instance.ts";
import { jsonNumber } from "./arbitraries/number.ts";
import { plainText } from "./arbitraries/text.ts";
import { compare } from "./oracle.ts";
import { testProperty } from "./suites/property.ts";

const kernel = new KernelInstance();

function give(input: string): void {
  kernel.clear();
  kernel.append(Buffer.from(input));
}

test("the checksum of what is read is that of what is written, in every format", async (t) => {
  kernel.isSumming = true;
  const anyOrIntegers = fc.oneof(
    fc.array(jsonNumber, { minLength: 1 }),
    fc.array(fc.integer().map(String), { minLength: 1, maxLength: 60 }),
  );
  testProperty(
    t,
    "whatever their order, as JSON or text",
    fc.property(anyOrIntegers, (numbers) => {
      const sums: bigint[] = [];
      for (const [grammar, input] of [
        ["json", `[${numbers.join(",")}]`],
        ["text", numbers.toReversed().join("\n")],
      ] as const) {
        give(input);
        kernel.sort(grammar, {});
        sums.push(kernel.checksumIn);
        for (const format of ["json", "json-strings", "text", "csv"] satisfies Format[]) {
          kernel.write(format);
          sums.push(kernel.checksumOut(format));
        }
        if (kernel.numbersRead !== numbers.length) return false;
      }
      return sums.every((sum) => sum === sums[0]);
    }),
  );
  const sumOf = (text: string) => {
    give(text);
    kernel.sort("text", { unique: true, limit: 1 });
    return kernel.checksumIn;
  };
  t.not(sumOf("1 2 2"), sumOf("1 2"), "each number counts as often as it is read");
  t.not(sumOf("1.0"), sumOf("1"), "each digit counts");
  const long = "1".repeat(100);
  t.not(sumOf(`${long}2`), sumOf(`2${long}`), "and where it is");
});

test("line ends are LF, CR or both", async (t) => {
  testProperty(
    t,
    "as a regular expression counts them",
    fc.property(fc.string({ unit: fc.constantFrom("\n", "\r", "1", " "), maxLength: 80 }), (text) => {
      give(text);
      return kernel.lineEnds === text.split(/\r\n|\r|\n/).length - 1;
    }),
  );
});

test("the first number out of order is found", async (t) => {
  testProperty(
    t,
    "as the oracle has it",
    fc.property(plainText, fc.boolean(), fc.boolean(), ({ text, numbers }, unique, isDescending) => {
      give(text);
      const found = kernel.firstDisorder("text", { unique, order: isDescending ? "desc" : "asc" });
      const index = numbers.findIndex((number, i) => {
        const previous = numbers[i - 1];
        if (previous === undefined) return false;
        const order = isDescending ? compare(number, previous) : compare(previous, number);
        return order > 0 || (unique && order === 0);
      });
      deepEqual(found, index < 0 ? numbers.length : index);
      return true;
    }),
  );
  give("1 x");
  t.equal(kernel.firstDisorder("text", {}), undefined, "not where there is a fault");
});
