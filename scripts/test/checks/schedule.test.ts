import { setImmediate as turn } from "node:timers/promises";
import { test } from "tap";
import { type Schedulable, schedule } from "../../checks/schedule.ts";

/** What runs, each time that an item starts. All items take equally long. */
async function whatRuns<Item extends Schedulable & { readonly name: string }>(
  items: readonly Item[],
): Promise<string[]> {
  const running = new Set<string>();
  const seen: string[] = [];
  await schedule(items, 2, async ({ name }) => {
    running.add(name);
    seen.push([...running].join("+"));
    await turn();
    running.delete(name);
  });
  return seen;
}

test("two run at once, in order, and what wants to be alone is alone", async (t) => {
  const items = [
    { name: "a" },
    { name: "b", alone: true },
    { name: "c" },
    { name: "d", alone: true },
    { name: "e" },
  ];
  t.strictSame(await whatRuns(items), ["a", "a+c", "c+e", "b", "d"]);
});

test("what exists only once is used by one at a time, and what does not need it goes first", async (t) => {
  const items = [
    { name: "a", uses: "it" },
    { name: "b", uses: "it" },
    { name: "c" },
    { name: "d", uses: "it" },
  ];
  t.strictSame(await whatRuns(items), ["a", "a+c", "c+b", "d"]);
});
