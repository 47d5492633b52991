import { test } from "tap";
import { implementations } from "./implementation.ts";
import { testGrammar } from "./suites/grammar.ts";

for (const [name, implementation] of Object.entries(implementations)) {
  test(name, async (t) => testGrammar(t, implementation));
}
