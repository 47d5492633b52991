/** Shows that settings are read as a preview reads them, and that a wrong one is told by its own words. */
import * as pulumi from "@pulumi/pulumi";
import { test } from "tap";
import { mistakesOf, readSettings } from "../../src/recorder/read-settings.ts";

test("a program's settings are read from the configuration of a stack", async (t) => {
  const read = () => new pulumi.Config("sorted").require("zones");
  t.equal(await readSettings("sorted", { "sorted:zones": "3" }, read), "3");
  await t.rejects(readSettings("sorted", {}, read), /zones/);
});

test("what does not fit is told, a line each", async (t) => {
  const mistakes = new Error(
    "These settings are wrong:\n  zones must be 2 or 3\n  nat must be true or false",
  );
  t.strictSame(await mistakesOf(Promise.reject(mistakes)), [
    "zones must be 2 or 3",
    "nat must be true or false",
  ]);
  t.strictSame(await mistakesOf(Promise.reject(new Error("else"))), ["Error: else"]);
  t.strictSame(await mistakesOf(Promise.resolve({})), []);
});
