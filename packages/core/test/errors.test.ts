import { test } from "tap";
import {
  errorDefinitions,
  SortedError,
  sortCsv,
  sortJson,
  sortJsonLines,
  sortNumbers,
  sortText,
} from "../src/index.ts";

test("an error is an Error, with its code, its detail and its place", async (t) => {
  const error = errorOf(() => sortJson('{"x1": "3", "x2": true}'));
  t.type(error, Error);
  t.match(error, { name: "SortedError", code: "NOT_A_NUMBER", pointer: "/x2", offset: 18 });
  t.equal(error.detail, "expected a number, found true");
  t.equal(error.message, 'expected a number, found true (at "/x2", byte 18)');
});

test("an error lacks the properties that have no meaning for it", async (t) => {
  t.notOk("line" in errorOf(() => sortJson("x")));
  t.notOk("pointer" in errorOf(() => sortText("x")));
  t.notOk("offset" in new SortedError("BAD_OPTION", "detail"));
  t.equal(new SortedError("BAD_OPTION", "detail").message, "detail");
});

test("the message says what was expected, what was found, and where", async (t) => {
  const messages: readonly [() => unknown, string][] = [
    [() => sortJson(""), 'expected a JSON document, found nothing (at "", byte 0)'],
    [() => sortText(" \n"), "expected numbers, found nothing (line 2, byte 2)"],
    [() => sortJson("[1 2]"), 'expected a comma or a closing bracket, found "2" (at "", byte 3)'],
    [
      () => sortJson("[1"),
      'expected a comma or a closing bracket, found the end of the input (at "", byte 2)',
    ],
    [() => sortJson("[01]"), 'a number can\'t start with 0 followed by another digit (at "/0", byte 2)'],
    [() => sortJson("1,"), 'expected the end of the document, found "," (at "", byte 1)'],
    [() => sortJson('"1 2"'), 'expected a comma, found "2" (at "", byte 3)'],
    [() => sortJson('""'), 'expected a number, found the end of the string (at "", byte 1)'],
    [() => sortJson('"-"'), 'expected a digit, found the end of the string (at "", byte 2)'],
    [() => sortJson('"😀"'), 'expected a number, found "😀" (at "", byte 1)'],
    [() => sortJson('"\ufeff"'), 'expected a number, found U+FEFF (at "", byte 1)'],
    [() => sortJson('"\\u0007"'), 'expected a number, found U+0007 (at "", byte 1)'],
    [() => sortJson('"\\ud800"'), 'expected a number, found U+D800 (at "", byte 1)'],
    [
      () => sortJson('"1\\""'),
      `expected a comma, found '"': the quotation mark has no partner (at "", byte 2)`,
    ],
    [
      () => sortJson("{'a':1}"),
      `expected a name in quotation marks, found "'": JSON has double quotation marks (at "", byte 1)`,
    ],
    [
      () => sortJson('"1'),
      'expected the closing quotation mark of the string, found the end of the input (at "", byte 2)',
    ],
    [
      () => sortJson('["1\u202f234"]'),
      `expected a comma, found U+202F: digits can't be grouped (at "/0", byte 3)`,
    ],
    [
      () => sortJsonLines('{"a":1,\n"b":2}\n'),
      'the document does not end on its line; JSON Lines have a whole document on each line (at "", line 1, byte 7)',
    ],
    [() => sortJson("[1,\u00a0]"), 'expected a value, found U+00A0 (at "/1", byte 3)'],
    [() => sortJson("{a:1}"), 'expected a name in quotation marks, found "a" (at "", byte 1)'],
    [() => sortJson('{"a\\n":tru}'), 'expected a value, found "tru" (at "/a\\n", byte 7)'],
    [
      () => sortJson('"\\x"'),
      'expected one of "\\/bfnrtu after a backslash, found "x" in "\\x" (at "", byte 2)',
    ],
    [() => sortJson(Uint8Array.of(0xff)), 'the bytes are not UTF-8 (at "", byte 0)'],
    [() => sortJson("1e1000000000"), 'the exponent is beyond ±999,999,999 (at "", byte 0)'],
    [() => sortJson("[[]]", { maxDepth: 1 }), 'brackets are nested deeper than 1 (at "/0", byte 1)'],
    [() => sortJson("[1,2]", { maxNumbers: 1 }), 'the input has more than 1 number (at "/1", byte 3)'],
    [() => sortNumbers([1, 2, 3], { maxNumbers: 2 }), 'the input has more than 2 numbers (at "/2")'],
    [
      () => sortText("1st,2nd\n3,4"),
      'expected a comma, a semicolon or white space, found "s" in "1st"; if line 1 holds headings, send header=present (line 1, byte 1)',
    ],
    [
      () => sortText("1\n2'345"),
      `expected a comma, a semicolon or white space, found "'": digits can't be grouped (line 2, byte 3)`,
    ],
    [() => sortText("1\nx"), 'expected a number, found "x" (line 2, byte 2)'],
    [
      () => sortText("1x"),
      'expected a comma, a semicolon or white space, found "x" in "1x"; if line 1 holds headings, send header=present (line 1, byte 1)',
    ],
    // The whole token, and why it is not read.
    [
      () => sortText("1 value"),
      'expected a number, found "value"; if line 1 holds headings, send header=present (line 1, byte 2)',
    ],
    [
      () => sortText("1\nNaN"),
      'expected a number, found "NaN": NaN has no place in an order (line 2, byte 2)',
    ],
    [
      () => sortText("1\n\u22125"),
      'expected a number, found "\u22125": "\u2212" is U+2212, not the minus sign "-" (line 2, byte 2)',
    ],
    [
      () => sortText("1\n\uff11"),
      'expected a number, found "\uff11": "\uff11" is U+FF11; digits are 0 to 9 (line 2, byte 2)',
    ],
    [
      () => sortText("1\n0x10"),
      'expected a comma, a semicolon or white space, found "x" in "0x10": hexadecimal numbers are not read (line 2, byte 3)',
    ],
    [
      () => sortText("1\n1_000"),
      `expected a comma, a semicolon or white space, found "_" in "1_000": digits can't be grouped (line 2, byte 3)`,
    ],
    [
      () => sortText("1\n5%"),
      'expected a comma, a semicolon or white space, found "%" in "5%": "%" is a percent sign; send the number alone (line 2, byte 3)',
    ],
    [
      () => sortText("1\n€5"),
      'expected a number, found "€5": "€" is a currency sign; send the number alone (line 2, byte 2)',
    ],
    [
      () => sortText("1\n\u201c5\u201d"),
      `expected a number, found "\u201c5\u201d": "\u201c" is U+201C, not the quotation mark '"' (line 2, byte 2)`,
    ],
    [() => sortText("1\nnull"), 'expected a number, found "null": null is not a number (line 2, byte 2)'],
    [
      () => sortText("1.234,5;2"),
      'both "," and ";" separate numbers here; if the comma is a decimal comma, send decimal=comma (line 1, byte 7)',
    ],
    [
      () => sortText("1.234,5;2", { decimal: "comma" }),
      'expected a semicolon, a tab or a line end, found "." in "1.234": a point separates thousands here; send the number without it; if line 1 holds headings, send header=present (line 1, byte 1)',
    ],
    [
      () => sortCsv("1,,2"),
      "the field is empty; to skip empty fields, send empty=skip; if line 1 holds headings, send header=present (line 1, column 2, byte 2)",
    ],
    [
      () => sortCsv('1\n"",2'),
      "the field is empty; to skip empty fields, send empty=skip (line 2, column 1, byte 3)",
    ],
    [
      () => sortCsv('1\n"2,5";"1,5"'),
      'expected the closing quotation mark of a field that holds one number (a decimal comma needs decimal=comma), found "," (line 2, column 1, byte 4)',
    ],
    [
      () => sortCsv('1;"1,234"'),
      `expected the closing quotation mark of a field that holds one number (a decimal comma needs decimal=comma), found ",": digits can't be grouped; if line 1 holds headings, send header=present (line 1, column 2, byte 4)`,
    ],
    [
      () => sortCsv('a;b\nx, y;1\n"z" , u;2', { header: "present", column: "b" }),
      'expected a separator or a line end after the closing quotation mark, found "," (line 3, column 1, byte 15)',
    ],
    [
      () => sortCsv("item,price\n1,2", { column: 2 }),
      'expected a number, found "price"; if line 1 holds headings, send header=present (line 1, column 2, byte 5)',
    ],
    [
      () => sortCsv(Uint8Array.of(0x1f, 0x8b, 8, 0), { header: "present" }),
      'expected UTF-8, found bytes that gzip has compressed: decompress them, or in HTTP send the header "Content-Encoding: gzip" (line 1, column 1, byte 1)',
    ],
    [
      () => sortCsv("a,b\n1,x", { header: "present", column: "b" }),
      'expected a number, found "x" (line 2, column 2, byte 6)',
    ],
    [
      () => sortCsv("a,b\n1,2", { header: "present", column: "c" }),
      'there is no column "c"; line 1 has "a", "b"',
    ],
    [
      () => sortCsv("a,b\n1,2", { column: "b" }),
      `the column "b" is a heading: send header=present, or the column's number`,
    ],
    [
      () => sortCsv("2,1\n3,4", { header: "present", column: "1" }),
      'column 2 has the heading "1", and there is a column 1; send the column\'s number 2 without header=present, or rename the heading',
    ],
    [
      () => sortJson("[1]", { decimal: "comma" }),
      'the option "decimal" is for text and CSV, and this input is read as JSON',
    ],
    [
      () => sortText("1", { field: "a" }),
      'the option "field" is for JSON, and this input is read as text or CSV',
    ],
    [
      () => sortJson(Uint8Array.of(0x1f, 0x8b, 8, 0)),
      'expected a value, found bytes that gzip has compressed: decompress them, or in HTTP send the header "Content-Encoding: gzip" (at "", byte 0)',
    ],
  ];
  for (const [sort, message] of messages) t.equal(errorOf(sort).message, message);
});

test("a string that is no Unicode is refused where it stops being some", async (t) => {
  t.match(
    errorOf(() => sortJson('["1", "\ud800"]')),
    { code: "INVALID_UTF8", offset: 7, pointer: "/1" },
  );
  t.match(
    errorOf(() => sortJson('{"é\udc00":1}')),
    { code: "INVALID_UTF8", offset: 4 },
  );
  t.match(
    errorOf(() => sortJson('["x", "\ud800"]')),
    { code: "NOT_A_NUMBER", offset: 2 },
    "a fault before it",
  );
  t.match(
    errorOf(() => sortText("1\n\udfff")),
    { code: "INVALID_UTF8", offset: 2, line: 2 },
  );
});

test("what is neither a string nor bytes is a mistake of the program", async (t) => {
  for (const input of [undefined, null, 1, [1], { x1: "3" }, new Float64Array(1)]) {
    t.throws(() => Reflect.apply(sortJson, undefined, [input]), { code: "BAD_OPTION" });
    t.throws(() => Reflect.apply(sortText, undefined, [input]), { code: "BAD_OPTION" });
  }
});

test("every code is explained by sentences", async (t) => {
  for (const [code, { title, description }] of Object.entries(errorDefinitions)) {
    t.match(code, /^[A-Z]+[A-Z0-9_]*$/);
    t.match(title, /^[A-Z].*[^.]$/s);
    t.match(description, /^[`A-Z].*\.$/s);
  }
});

function errorOf(sort: () => unknown): SortedError {
  try {
    sort();
  } catch (error) {
    if (error instanceof SortedError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
