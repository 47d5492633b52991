import { test } from "tap";
import { implementations } from "./implementation.ts";
import { testOrder } from "./suites/order.ts";

for (const [name, implementation] of Object.entries(implementations)) {
  test(name, async (t) => testOrder(t, implementation));
}
