import { test } from "tap";
import { implementations } from "./implementation.ts";
import { testAdversarial } from "./suites/adversarial.ts";

for (const [name, implementation] of Object.entries(implementations)) {
  test(name, async (t) => testAdversarial(t, implementation));
}
