import { SortedError, sortCsv, sortJson, sortJsonLines, sortText, sortTsv } from "@sorted/core";
import { type Test, test } from "tap";
import { checkSorted, type InputForm, mergeSorted, type ReadFilesOptions, sortFiles } from "../src/index.ts";
import { Folder } from "./folder.ts";
import { Random, someNumbers } from "./random.ts";

const SORTS = { text: sortText, csv: sortCsv, tsv: sortTsv, json: sortJson, "json-lines": sortJsonLines };

type FormOptions = Pick<ReadFilesOptions, "decimal" | "header" | "column" | "field" | "empty">;

/** What an input gives in memory: the answer as a text, or the fault. */
function inMemory(form: InputForm, text: string, options: FormOptions): string | SortedError {
  try {
    return Buffer.from(SORTS[form](text, options).toBytes("text")).toString();
  } catch (error) {
    if (error instanceof SortedError) return error;
    throw error;
  }
}

/** The same of a file in pieces. */
async function inPieces(
  folder: Folder,
  form: InputForm,
  text: string,
  options: FormOptions,
  pieceBytes: number,
): Promise<string | Error> {
  try {
    const files = { inputs: [folder.write("in", text)], output: folder.pathOf("out") };
    await sortFiles({ ...files, form, ...options, pieceBytes });
    return folder.read("out");
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

/** What a fault says; a line where memory gives one, and no pointer, which a later piece does not know. */
function saidBy(found: string | Error): unknown {
  if (!(found instanceof SortedError)) return found;
  const { code, detail, offset, line } = found;
  return { code, detail, offset, ...(line === undefined ? {} : { line }) };
}

/** A text of fields that makes sense, or nearly, in many forms. */
function someTable(random: Random, separator: string, isDamaged: boolean): string {
  const header = random.pick(["a", '"b; ""c"""', '"d\n,e"', " f "]);
  const count = 1 + random.next(600);
  const numbers = someNumbers(random, count * 3);
  const quote = (number: string) => (random.next(4) === 0 ? `"${number}"` : number);
  const texts = ["x", '"y\n""z, 1"', "", "7", 'i"j', "ä", '"1;2"'];
  const lineEnd = random.pick(["\n", "\r\n", "\r"]);
  const lines = Array.from({ length: count }, (_, i) => {
    const damage = isDamaged && random.next(count) === 0 ? random.pick(["q", '"', "1 2", "", ",", ";"]) : "";
    return [random.pick(texts), quote(numbers[i] ?? "0") + damage, random.pick(texts)].join(separator);
  });
  return [[header, "price", "t"].join(separator), ...lines].join(lineEnd) + random.pick(["", lineEnd]);
}

async function compare(
  t: Test,
  folder: Folder,
  form: InputForm,
  text: string,
  options: FormOptions,
  pieceBytes: number,
): Promise<boolean> {
  const expected = inMemory(form, text, options);
  const found = await inPieces(folder, form, text, options, pieceBytes);
  const about = JSON.stringify({ form, options, pieceBytes, text: text.slice(0, 300) });
  if (typeof expected === "string") {
    if (found !== expected) t.fail(`${about}: ${found instanceof Error ? found.message : "another order"}`);
    return true;
  }
  if (!(found instanceof Error)) t.fail(`${about}: no error, but ${expected.message} in memory`);
  else {
    t.match(saidBy(found), saidBy(expected) as object, about);
    // Lines that are longer than a piece have no columns.
    const mustKnow = form !== "text" && pieceBytes >= 2500 && expected.column !== undefined;
    if (mustKnow || (found instanceof SortedError && found.column !== undefined))
      t.equal(found instanceof SortedError && found.column, expected.column, about);
  }
  return false;
}

test("one column of a table, as in memory, whatever the size of pieces", async (t) => {
  const folder = new Folder(t);
  const random = new Random(71);
  let sorted = 0;
  for (let round = 0; round < 160; round += 1) {
    const form = random.pick(["csv", "tsv"] as const);
    const separator = form === "tsv" ? "\t" : random.pick([",", ";", "\t"]);
    const table = someTable(random, separator, random.next(2) === 0);
    const options = random.pick<FormOptions>([
      { header: "present", column: "price" },
      { header: "present", column: 2 },
      { header: "present", column: "price", empty: "skip" },
      { column: 2 },
    ]);
    const text = options.header === "present" ? table : table.slice(table.indexOf("price"));
    if (await compare(t, folder, form, text, options, random.pick([400, 3000, 60_000]))) sorted += 1;
  }
  t.ok(sorted > 40, `${sorted} sorted`);
});

test("tables of numbers, with headings, decimal commas and empty fields, as in memory", async (t) => {
  const folder = new Folder(t);
  const random = new Random(72);
  let sorted = 0;
  for (let round = 0; round < 200; round += 1) {
    const form = random.pick(["csv", "tsv", "text"] as const);
    const decimal = form === "tsv" || random.next(2) === 0 ? "point" : "comma";
    const separators =
      form === "tsv" ? ["\t"] : decimal === "comma" ? [";", "\t", " ; "] : [",", ";", " ", ", ", "\t"];
    const separator = random.pick(separators);
    const isMixed = random.next(5) === 0;
    const lineEnd = random.pick(["\n", "\r\n", "\n\n"]);
    const number = (literal: string) => {
      const written = decimal === "comma" ? literal.replace(".", ",") : literal;
      return random.next(8) === 0 ? `" ${written}"` : written;
    };
    const empty = random.pick(["error", "skip"] as const);
    const lines = Array.from({ length: 1 + random.next(300) }, (_, i) => {
      const fields = someNumbers(random, 1 + random.next(4)).map(number);
      if (random.next(40) === 0 && empty === "skip") fields.splice(random.next(fields.length), 1, "");
      if (random.next(2000) === 0) fields[0] = random.pick(["x", '"', "1 1", "1,,2"]);
      return fields.join(isMixed && i > 100 ? random.pick(separators) : separator);
    });
    const header = random.pick(["present", "absent"] as const);
    const all = header === "present" ? [['"a ""b"""', "c"].join(separator.trim() || ","), ...lines] : lines;
    const text = all.join(lineEnd);
    if (/^\s*["[{]/.test(text) && form === "text") continue;
    const options = { decimal, header, empty } as const;
    if (await compare(t, folder, form, text, options, random.pick([300, 2500, 60_000]))) sorted += 1;
  }
  t.ok(sorted > 60, `${sorted} sorted`);
});

test("JSON Lines, all leaves or one member, as in memory", async (t) => {
  const folder = new Folder(t);
  const random = new Random(73);
  let sorted = 0;
  for (let round = 0; round < 120; round += 1) {
    const numbers = someNumbers(random, 1 + random.next(500));
    const lines = numbers.map((number) => {
      const value = JSON.stringify(number);
      const damage = random.next(800) === 0 ? random.pick(["x", "\n", "}", '"', "\uFEFF"]) : "";
      return random
        .pick([
          () => `{"x": ${value}, "y": {"z": [1, ${value}]}}`,
          () => `{"y": {"z": ${value}}, "x": [${value}, 2]} `,
          () => (random.next(40) === 0 ? `{"y": 1}` : `{"x": ${value}}`),
        ])()
        .replace("{", `${damage}{`);
    });
    const text = lines.join(random.pick(["\n", "\r\n", "\n \n"])) + random.pick(["", "\n"]);
    const options = random.pick<FormOptions>([
      {},
      { field: "x" },
      { field: "x", empty: "skip" },
      { field: "/y/z" },
    ]);
    if (await compare(t, folder, "json-lines", text, options, random.pick([300, 2500, 60_000]))) sorted += 1;
  }
  t.ok(sorted > 30, `${sorted} sorted`);
});

test("one member of the records of a JSON document, as in memory", async (t) => {
  const folder = new Folder(t);
  const random = new Random(74);
  for (let round = 0; round < 60; round += 1) {
    const records = someNumbers(random, 1 + random.next(300)).map((number) =>
      random.next(600) === 0 ? "{}" : `{"x": ${JSON.stringify(number)}, "y": [[1], "no number"]}`,
    );
    const text = `[${records.join(", ")}]`;
    const options = random.pick<FormOptions>([{ field: "x" }, { field: "x", empty: "skip" }]);
    await compare(t, folder, "json", text, options, random.pick([300, 2500, 60_000]));
  }
});

test("commas and semicolons in different pieces are ambiguous at the first place where both have been seen", async (t) => {
  const folder = new Folder(t);
  const random = new Random(75);
  for (let round = 0; round < 60; round += 1) {
    const numbers = Array.from({ length: 2000 }, () => random.next(1000) - random.next(2) * 500);
    const [usual, other] = random.next(2) === 0 ? [",", ";"] : [";", ","];
    const place = random.next(numbers.length - 1);
    const isSpaced = random.next(4) === 0;
    const text = numbers
      .map((number, i) => `${number}${i === place ? other : usual}${isSpaced ? "\n" : ""}`)
      .join("")
      .slice(0, isSpaced ? -2 : -1);
    await compare(t, folder, random.pick(["text", "csv"]), text, {}, random.pick([300, 1000]));
  }
  const inputs = [folder.write("a", "1,2"), folder.write("b", "3;4")];
  await t.resolves(sortFiles({ inputs, output: folder.pathOf("out") }), "each input by itself");
});

test("a text that begins as JSON is read as JSON", async (t) => {
  const folder = new Folder(t);
  const numbers = Array.from({ length: 500 }, (_, i) => `"${500 - i}"`).join(", ");
  await compare(t, folder, "text", `[${numbers}]`, {}, 300);
  await compare(t, folder, "text", `{"a": [${numbers}]}`, {}, 300);
  await compare(t, folder, "text", "[1 2\n 3]", {}, 300);
  const list = `[${"1.5 ".repeat(500)}]`;
  t.match(await inPieces(folder, "text", list, {}, 300), { code: "BAD_OPTION", message: /"form"/ });
  t.match(await inPieces(folder, "text", "[1,2]", { decimal: "comma" }, 300), {
    code: "BAD_OPTION",
    message: /"decimal"/,
  });
});

test("options that a form does not take are errors that name them", async (t) => {
  const options = { inputs: ["no such file"], output: "none" };
  for (const [form, given, name] of [
    ["csv", { field: "x" }, "field"],
    ["json", { column: 1 }, "column"],
    ["json-lines", { decimal: "comma" }, "decimal"],
    ["json", { empty: "skip" }, "empty"],
    ["csv", { column: "price" }, "column"],
  ] as const)
    await t.rejects(sortFiles({ ...options, form, ...given }), {
      code: "BAD_OPTION",
      message: new RegExp(`"?${name}"?`),
    });
});

test("sorted tables and lines can be checked and merged", async (t) => {
  const folder = new Folder(t);
  const table = (prices: readonly number[]) =>
    `item,price\n${prices.map((price) => `"a\nb",${price}`).join("\n")}\n`;
  const inputs = [folder.write("a", table([1, 3, 5])), folder.write("b", table([2, 3, 4]))];
  const options = { form: "csv", header: "present", column: "price" } as const;
  t.match(await checkSorted({ inputs, ...options }), {
    sorted: false,
    disorder: { input: inputs[1], number: "2", previous: "5", line: 3 },
  });
  await mergeSorted({ inputs, output: folder.pathOf("out"), ...options });
  t.equal(folder.read("out"), "1\n2\n3\n3\n4\n5\n");
  const long = folder.write("c", table(Array.from({ length: 2000 }, (_, i) => (i === 1500 ? 3 : i))));
  t.match(await checkSorted({ inputs: [long], ...options, pieceBytes: 1000 }), {
    sorted: false,
    disorder: { number: "3", previous: "1499", line: 2 + 1500 * 2 + 1 },
  });
});
