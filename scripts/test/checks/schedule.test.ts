import { setImmediate as turn } from "node:timers/promises";
import { test } from "tap";
import { schedule } from "../../checks/schedule.ts";

test("two run at once, in order, and what wants to be alone is alone", async (t) => {
  const items = [
    { name: "a" },
    { name: "b", alone: true },
    { name: "c" },
    { name: "d", alone: true },
    { name: "e" },
  ];
  const running = new Set<string>();
  const seen: string[] = [];
  await schedule(items, 2, async ({ name }) => {
    running.add(name);
    seen.push([...running].join("+"));
    await turn();
    running.delete(name);
  });
  t.strictSame(seen, ["a", "a+c", "c+e", "b", "d"]);
});
