import fc from "fast-check";
import { test } from "tap";
import { nearestDouble } from "../src/number-value.ts";

const digits = fc.stringMatching(/^[0-9]{0,10}$/);

/** Decimals without an exponent, with more digits than a double holds and with fewer. */
const decimals = fc
  .tuple(fc.constantFrom("", "-"), digits, fc.constantFrom("", "."), digits)
  .filter(([, whole, , fraction]) => whole !== "" || fraction !== "")
  .map((parts) => parts.join(""));

test("a decimal has the double that Number gives it", async (t) => {
  fc.assert(fc.property(decimals, (text) => Object.is(nearestDouble(text), Number(text))));
  for (const text of ["-0", "0.1", "5.", ".5", "-.5", "999999999999999", "0.000000000000001"]) {
    t.ok(Object.is(nearestDouble(text), Number(text)), text);
  }
});

test("what is not a decimal is refused", async (t) => {
  for (const text of ["", "-", ".", "-.", "1.2.3", "--1", "1-", "0x1", "1 2"]) {
    t.throws(() => nearestDouble(text), { code: "NOT_A_NUMBER" }, text);
  }
});
