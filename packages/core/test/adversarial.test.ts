import tap from "tap";
import { implementations } from "./implementation.ts";
import { testAdversarial } from "./suites/adversarial.ts";

// Enough for a busy machine, and far too little for quadratic time.
tap.setTimeout(240_000);

for (const [name, implementation] of Object.entries(implementations)) {
  tap.test(name, async (t) => testAdversarial(t, implementation));
}
