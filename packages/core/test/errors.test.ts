import { test } from "tap";
import { errorDefinitions, SortedError, sortJson, sortText } from "../src/index.ts";

test("an error is an Error, with its code, its detail and its place", async (t) => {
  const error = errorOf(() => sortJson('{"x1": "3", "x2": true}'));
  t.type(error, Error);
  t.match(error, { name: "SortedError", code: "NOT_A_NUMBER", pointer: "/x2", offset: 18 });
  t.equal(error.detail, "expected a number, found true");
  t.equal(error.message, 'expected a number, found true (at "/x2", byte 18)');
});

test("what has no meaning for an error is no property of it", async (t) => {
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
    [() => sortJson('"1\\""'), `expected a comma, found '"' (at "", byte 2)`],
    [() => sortJson("[1,\u00a0]"), 'expected a value, found U+00A0 (at "/1", byte 3)'],
    [() => sortJson("{a:1}"), 'expected a name in quotation marks, found "a" (at "", byte 1)'],
    [() => sortJson('{"a\\n":tru}'), 'expected a value, found "t" (at "/a\\n", byte 7)'],
    [() => sortJson('"\\x"'), 'expected one of "\\/bfnrtu after a backslash, found "x" (at "", byte 2)'],
    [() => sortJson(Uint8Array.of(0xff)), 'the bytes are not UTF-8 (at "", byte 0)'],
    [() => sortJson("1e1000000000"), 'the exponent is beyond ±999,999,999 (at "", byte 0)'],
    [() => sortJson("[[]]", { maxDepth: 1 }), 'brackets are nested deeper than 1 (at "/0", byte 1)'],
    [() => sortJson("[1,2]", { maxNumbers: 1 }), 'there are more than 1 numbers (at "/1", byte 3)'],
    [() => sortText("1\nx"), 'expected a number, found "x" (line 2, byte 2)'],
    [() => sortText("1x"), 'expected a comma, a semicolon or white space, found "x" (line 1, byte 1)'],
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
  for (const input of [undefined, null, 1, [1], { x1: "3" }, new ArrayBuffer(1)]) {
    t.throws(() => Reflect.apply(sortJson, undefined, [input]), TypeError);
    t.throws(() => Reflect.apply(sortText, undefined, [input]), TypeError);
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
