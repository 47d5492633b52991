import { once } from "node:events";
import { MessageChannel, Worker } from "node:worker_threads";
import { test } from "tap";
import { SortedError, sortJson } from "../src/index.ts";

const error = new SortedError("NOT_A_NUMBER", "expected a number, found true", {
  offset: 18,
  pointer: "/x2",
});

test("an error that went through a message channel is the same error again", async (t) => {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(error);
  const [clone] = await once(port2, "message");
  port1.close();
  t.notOk(clone instanceof SortedError, "a clone is an Error");
  t.equal(clone.message, error.message);
  t.strictSame(clone.cause, { code: "NOT_A_NUMBER", detail: error.detail, offset: 18, pointer: "/x2" });
  const restored = SortedError.from(clone);
  t.ok(restored instanceof SortedError);
  t.match(restored, {
    name: "SortedError",
    code: "NOT_A_NUMBER",
    detail: error.detail,
    offset: 18,
    pointer: "/x2",
  });
  t.notOk(restored && "line" in restored);
});

test("it keeps each part of its place", async (t) => {
  const place = { offset: 1, line: 2, column: 3 };
  const inText = new SortedError("NOT_A_NUMBER", "expected a number", place);
  t.strictSame(SortedError.from(structuredClone(inText))?.place, place);
});

test("one that a worker threw too", async (t) => {
  const code = `import(${JSON.stringify(import.meta.resolve("../src/index.ts"))}).then(({ sortJson }) => sortJson("[1,"));`;
  const [thrown] = await once(new Worker(code, { eval: true }), "error");
  t.match(SortedError.from(thrown), { code: "INVALID_JSON", offset: 3 });
});

test("one that went through JSON too", async (t) => {
  t.match(SortedError.from(JSON.parse(JSON.stringify(error))), { code: "NOT_A_NUMBER", pointer: "/x2" });
});

test("the line and the column of a table survive too", async (t) => {
  const inTable = new SortedError("NOT_A_NUMBER", "expected a number", { offset: 9, line: 2, column: 3 });
  t.match(SortedError.from(structuredClone(inTable)), { message: inTable.message, line: 2, column: 3 });
});

test("nothing else is taken for one", async (t) => {
  t.equal(SortedError.from(error), error);
  for (const value of [
    undefined,
    null,
    1,
    "x",
    {},
    new Error("x"),
    { code: "ENOENT", detail: "x" },
    { code: "CYCLE" },
  ])
    t.equal(SortedError.from(value), undefined);
});

test("an error's cause says the same as its properties", async (t) => {
  try {
    sortJson("[x]");
    t.fail();
  } catch (caught) {
    t.ok(caught instanceof SortedError);
    t.strictSame(JSON.parse(JSON.stringify(caught)), Object(caught).cause);
  }
});
