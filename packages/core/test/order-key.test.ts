import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { test } from "tap";
import { orderKey } from "../src/index.ts";
import { anyNumber } from "./arbitraries/number.ts";
import { compare } from "./oracle.ts";
import { testProperty } from "./suites/property.ts";

const hex = (key: Uint8Array) => Buffer.from(key).toString("hex");

test("keys order as numbers do", async (t) => {
  testProperty(
    t,
    "ascending and descending, and no key is the beginning of another",
    fc.property(anyNumber, anyNumber, (a, b) => {
      const order = compare(a, b);
      const [left, right] = [orderKey(a), orderKey(b)];
      const turned = Buffer.compare(orderKey(a, { order: "desc" }), orderKey(b, { order: "desc" }));
      const isBeginning =
        order !== 0 && (hex(left).startsWith(hex(right)) || hex(right).startsWith(hex(left)));
      const prefixes = Buffer.compare(left.subarray(0, 8), right.subarray(0, 8));
      return (
        Buffer.compare(left, right) === order &&
        turned + order === 0 &&
        !isBeginning &&
        (prefixes === 0 || prefixes === order)
      );
    }),
  );
  testProperty(
    t,
    "a number and its neighbours, one digit more",
    fc.property(anyNumber, fc.constantFrom(..."123456789"), (number, digit) => {
      const [mantissa = "", exponent] = number.toLowerCase().split("e");
      const longer = `${mantissa}${mantissa.includes(".") ? "" : "."}0${digit}`;
      const neighbour = exponent === undefined ? longer : `${longer}e${exponent}`;
      return Buffer.compare(orderKey(number), orderKey(neighbour)) === compare(number, neighbour);
    }),
  );
});

test("keys are those of the vectors, which other languages are held to as well", async (t) => {
  const vectors: { literal: string; key: string }[] = JSON.parse(
    readFileSync(new URL("order-key.json", import.meta.url), "utf8"),
  );
  for (const { literal, key } of vectors) t.equal(hex(orderKey(literal)), key, literal);
  const sorted = vectors.map(({ literal }) => literal);
  t.ok(sorted.every((literal, i) => i === 0 || compare(sorted[i - 1] ?? literal, literal) <= 0));
});

test("what is not a number has no key", async (t) => {
  for (const value of ["", "x", "1 2", "NaN"]) t.throws(() => orderKey(value), { code: "NOT_A_NUMBER" });
  t.throws(() => orderKey(Number.NaN), { code: "NOT_A_NUMBER" });
  t.throws(() => orderKey("1e1000000000"), { code: "EXPONENT_OUT_OF_RANGE" });
});

test("a database sorts by keys: SQLite, by a BLOB", async (t) => {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE numbers (literal TEXT NOT NULL, order_key BLOB NOT NULL)");
  const insert = database.prepare("INSERT INTO numbers VALUES (?, ?)");
  for (const literal of ["1e400", "9007199254740993", "-0.1", "9007199254740992", "1e-400", "0", "-1e400"])
    insert.run(literal, orderKey(literal));
  const rows = database.prepare("SELECT literal FROM numbers ORDER BY order_key").all();
  t.same(
    rows.map(({ literal }) => literal),
    ["-1e400", "-0.1", "0", "1e-400", "9007199254740992", "9007199254740993", "1e400"],
  );
});
