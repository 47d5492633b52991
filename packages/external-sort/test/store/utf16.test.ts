import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { SortedError, sortCsv, sortJson, sortText } from "@sorted/core";
import { test } from "tap";
import { checkSorted, InputError, type ReadFilesOptions, sortFiles } from "../../src/index.ts";
import { Folder } from "../folder.ts";
import { Random, someNumbers } from "../random.ts";

type Encoding = "utf-16le" | "utf-16be";

const MARK_BYTES = 2;

/** A text as Excel and PowerShell write it. */
function utf16(text: string, encoding: Encoding): Buffer {
  const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
  return encoding === "utf-16be" ? bytes.swap16() : bytes;
}

/** What a sort in memory gives: the answer, or the fault. */
function outcomeOf(sort: () => { toBytes(format: "text"): Uint8Array }): string | SortedError {
  try {
    return Buffer.from(sort().toBytes("text")).toString();
  } catch (error) {
    if (error instanceof SortedError) return error;
    throw error;
  }
}

/** The byte of the UTF-16 file at which a byte of the text in UTF-8 is. */
function inFile(text: string, offset: number): number {
  return MARK_BYTES + 2 * Buffer.from(text).subarray(0, offset).toString().length;
}

/** A form of input, a text in it, and how memory sorts that. */
interface Case {
  readonly options: Omit<ReadFilesOptions, "inputs">;
  readonly text: string;
  readonly inMemory: string | SortedError;
}

function someCase(random: Random): Case {
  const numbers = someNumbers(random, 1 + random.next(900));
  if (random.next(2) === 0) numbers[random.next(numbers.length)] = random.pick(["x", "1,,2", "ä", "😀"]);
  const words = ["ä", "😀", "x", "價格"];
  return random.pick<() => Case>([
    () => {
      const text = numbers.join("\r\n");
      return { options: {}, text, inMemory: outcomeOf(() => sortText(text)) };
    },
    () => {
      const lines = numbers.map((number) => `${random.pick(words)}\t${number}`);
      const text = ["名\t價格", ...lines].join("\r\n");
      const options = { header: "present", column: "價格" } as const;
      return {
        options: { form: "csv", ...options },
        text,
        inMemory: outcomeOf(() => sortCsv(text, options)),
      };
    },
    () => {
      const members = numbers.map((number) => `{"${random.pick(words)}": ${JSON.stringify(number)}}`);
      const text = `[${members.join(", ")}]`;
      return { options: { form: "json" }, text, inMemory: outcomeOf(() => sortJson(text)) };
    },
  ])();
}

test("UTF-16 is read as the API reads it, and a fault has its byte in the file", async (t) => {
  const folder = new Folder(t);
  const random = new Random(31);
  let faults = 0;
  for (let round = 0; round < 50; round += 1) {
    const { options, text, inMemory } = someCase(random);
    const encoding = random.pick<Encoding>(["utf-16le", "utf-16be"]);
    const inputs = [folder.write("in", utf16(text, encoding))];
    const about = JSON.stringify({ round, encoding, options, text: text.slice(0, 200) });
    const pieceBytes = random.pick([400, 3000, 90_000]);
    const error = await sortFiles({ inputs, output: folder.pathOf("out"), ...options, pieceBytes }).then(
      () => undefined,
      (error) => error,
    );
    if (typeof inMemory === "string") {
      if (error !== undefined || folder.read("out") !== inMemory) t.fail(`${about}: ${error}`);
      continue;
    }
    if (!(error instanceof InputError)) t.fail(`${about}: ${error}`);
    const { code, detail, offset = 0, line } = inMemory;
    t.match(
      error,
      { code, detail, offset: inFile(text, offset), ...(line === undefined ? {} : { line }) },
      about,
    );
    faults += 1;
  }
  t.ok(faults > 8, `${faults} faults`);
});

test("UTF-16 is read from streams and compressed files, wherever a chunk ends", async (t) => {
  const folder = new Folder(t);
  const bytes = utf16('[{"😀": 3}, {"ä": 1}, {"x": 2}]', "utf-16be");
  const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte));
  const options = { form: "json", output: folder.pathOf("out") } as const;
  await sortFiles({ inputs: [{ stream: Readable.from(chunks) }], ...options });
  t.equal(folder.read("out"), "1\n2\n3\n");
  await sortFiles({ inputs: [folder.write("in.gz", gzipSync(bytes))], ...options, order: "desc" });
  t.equal(folder.read("out"), "3\n2\n1\n");
});

test("half a character is an error at its byte, as bytes that are not UTF-8 are", async (t) => {
  const folder = new Folder(t);
  const lone = Buffer.from('\uFEFF["1", {"a\uD83Db": 2}]', "utf16le");
  const cut = utf16("1\r\n2", "utf-16le").subarray(0, -1);
  const atEnd = Buffer.from("\uFEFF1 \uD83D", "utf16le");
  for (const [bytes, form, offset] of [
    [lone, "json", 2 + 2 * 9],
    [cut, "text", 2 + 2 * 3],
    [atEnd, "text", 2 + 2 * 2],
  ] as const)
    await t.rejects(sortFiles({ inputs: [folder.write("in", bytes)], output: folder.pathOf("out"), form }), {
      code: "INVALID_UTF8",
      offset,
    });
});

test("a check tells the byte in the file", async (t) => {
  const folder = new Folder(t);
  const numbers = Array.from({ length: 3000 }, (_, i) => (i === 2000 ? 5 : i));
  const text = `價格\n${numbers.join("\n")}\n`;
  const inputs = [folder.write("in", utf16(text, "utf-16le"))];
  t.match(await checkSorted({ inputs, header: "present", pieceBytes: 1000 }), {
    sorted: false,
    disorder: {
      number: "5",
      previous: "1999",
      line: 2002,
      offset: MARK_BYTES + 2 * text.indexOf("\n5\n2001") + 2,
    },
  });
});
