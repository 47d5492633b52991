import { test } from "tap";
import { implementations } from "./implementation.ts";
import { testCases } from "./suites/cases.ts";

for (const [name, implementation] of Object.entries(implementations)) {
  test(name, async (t) => testCases(t, implementation));
}
