import { compareNumbers } from "@sorted/core";
import { test } from "tap";
import { type SortFilesOptions, type Statistics, sortFiles } from "../src/index.ts";
import { Folder } from "./folder.ts";
import { EQUAL_NUMBERS, Random, someNumbers } from "./random.ts";

type Options = Partial<SortFilesOptions>;

async function statisticsOf(folder: Folder, text: string, options: Options = {}): Promise<Statistics> {
  const inputs = [folder.write("in", text)];
  const { statistics } = await sortFiles({
    inputs,
    output: folder.pathOf("out"),
    statistics: true,
    ...options,
  });
  if (statistics === undefined) throw new Error("there are no statistics");
  return statistics;
}

test("count, distinct numbers, least, greatest, median and sum, all exact", async (t) => {
  const folder = new Folder(t);
  t.same(await statisticsOf(folder, "3 1.0 1 0.1 0.2"), {
    count: 5,
    distinct: 4,
    min: "0.1",
    max: "3",
    median: "1.0",
    sum: "5.3",
  });
  t.match(await statisticsOf(folder, "9007199254740993 1e-20"), {
    median: "4503599627370496.500000000000000000005",
    sum: "9007199254740993.00000000000000000001",
  });
  t.match(await statisticsOf(folder, "1e400 -1e400 0.5 1 1.50"), { sum: "3", median: "1" });
  t.match(await statisticsOf(folder, "2.50 2.50"), { median: "2.5", distinct: 1 });
});

test("numbers that can't be written without an exponent have no sum", async (t) => {
  const folder = new Folder(t);
  t.same(await statisticsOf(folder, "1e999999999 1 -1e-999999999"), {
    count: 3,
    distinct: 3,
    min: "-1e-999999999",
    max: "1e999999999",
    median: "1",
  });
  t.match(await statisticsOf(folder, "1e9999 1e-10000"), {
    sum: `1${"0".repeat(9999)}.${"0".repeat(9999)}1`,
  });
  for (const text of ["1e10000", "1e-10001", "1.5e-10000"])
    t.notHas(await statisticsOf(folder, text), { sum: /./ }, text);
  t.match(await statisticsOf(folder, "0e999999999 1"), { sum: "1" });
});

test("they are of what is written: after unique and limit, in either order, in any format", async (t) => {
  const folder = new Folder(t);
  const text = "5 5.0 1 7";
  t.match(await statisticsOf(folder, text, { unique: true }), { count: 3, distinct: 3, sum: "13" });
  t.match(await statisticsOf(folder, text, { limit: 2 }), { count: 2, min: "1", max: "5", median: "3" });
  for (const format of ["csv", "json", "json-strings"] as const)
    t.match(await statisticsOf(folder, text, { format, order: "desc" }), {
      count: 4,
      distinct: 3,
      min: "1",
      max: "7",
      median: "5",
      sum: "18",
    });
  t.same(await statisticsOf(folder, "[]", { form: "json" }), { count: 0, distinct: 0, sum: "0" });
  t.equal(
    (await sortFiles({ inputs: [folder.write("in", text)], output: folder.pathOf("out") })).statistics,
    undefined,
  );
});

/** A decimal as an integer multiple of 10^-1100. */
function scaled(literal: string): bigint {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(literal) ?? [];
  const shift = 1100 - fraction.length + Number(exponent);
  return BigInt(`${sign}${whole}${fraction}`) * 10n ** BigInt(shift);
}

test("are the same by plain BigInt arithmetic, whatever the size of pieces", async (t) => {
  const folder = new Folder(t);
  const random = new Random(61);
  for (let round = 0; round < 40; round += 1) {
    const numbers =
      round % 4 === 0
        ? Array.from({ length: 3000 }, () => random.pick(EQUAL_NUMBERS))
        : someNumbers(random, 1 + random.next(1500));
    const options: Options = {
      order: random.pick(["asc", "desc"]),
      unique: random.next(3) === 0,
      limit: random.next(3) === 0 ? random.next(numbers.length + 1) : Number.POSITIVE_INFINITY,
      pieceBytes: random.pick([256, 2000, 60_000]),
    };
    const found = await statisticsOf(folder, numbers.join("\n"), options);
    const written = folder.read("out").split("\n").slice(0, -1);
    const about = JSON.stringify({ round, options });
    const values = written.map(scaled);
    const middle = values.length >> 1;
    const [upper = 0n, lower = 0n] = [values[middle], values[middle - 1]];
    const median = values.length % 2 === 1 ? 2n * upper : upper + lower;
    t.equal(found.count, written.length, about);
    t.equal(found.distinct, new Set(values).size, about);
    t.equal(
      scaled(found.sum ?? ""),
      values.reduce((sum, value) => sum + value, 0n),
      about,
    );
    if (written.length === 0) continue;
    t.equal(2n * scaled(found.median ?? ""), median, about);
    const [first, last] = [written[0], written.at(-1)];
    t.same([found.min, found.max], options.order === "asc" ? [first, last] : [last, first], about);
    t.ok(compareNumbers(found.min ?? "", found.max ?? "") <= 0);
  }
});

test("threads find them out, of many millions of digits", async (t) => {
  const folder = new Folder(t);
  const text = `${"999999999.999999999\n".repeat(500_000)}`;
  const found = await statisticsOf(folder, text, { threads: 2, pieceBytes: 1_000_000 });
  t.match(found, { count: 500_000, distinct: 1, sum: "499999999999999.9995", median: "999999999.999999999" });
});
