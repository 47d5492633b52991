import { memoryUsage } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "tap";
import { MemoryBudget } from "../../src/sorting/memory-budget.ts";
import { RequestMemory } from "../../src/sorting/request-memory.ts";
import { SortService } from "../../src/sorting/sort-service.ts";

const MEBIBYTE = 2 ** 20;

test("large bodies are sorted in the order in which they have come", async (t) => {
  const budget = new MemoryBudget(64 * MEBIBYTE);
  const sortService = new SortService({
    budget,
    threads: 1,
    maxNumbers: 1000,
    timeoutMilliseconds: 60_000,
  });
  t.teardown(() => sortService.close());
  const body = Buffer.from("[3,1,2]");
  const finished: number[] = [];
  const sort = async (i: number) => {
    const memory = new RequestMemory(budget);
    memory.acquireInstance(body.length).instance.append(body);
    const { answer } = await sortService.sortInThread(memory, {
      grammar: "json",
      options: {},
      format: "json",
    });
    t.equal(answer.toString(), '{"sorted":[1,2,3]}');
    finished.push(i);
  };
  const order = Array.from({ length: 8 }, (_, i) => i);
  await Promise.all(order.map(sort));
  t.strictSame(finished, order);
});

test("after ten sorts that took too long no more memory is held than after one", async (t) => {
  // So much room that no other reason to collect garbage comes up.
  const budget = new MemoryBudget(8192 * MEBIBYTE);
  const sortService = new SortService({ budget, threads: 1, maxNumbers: 1e8, timeoutMilliseconds: 30 });
  t.teardown(() => sortService.close());
  const body = Buffer.from(`[${"271828,314159,".repeat((24 * MEBIBYTE) / 14)}0]`);
  const timeOut = async () => {
    // The thread before has ended.
    await sortService.warmUp();
    const memory = new RequestMemory(budget);
    memory.acquireInstance(body.length).instance.append(body);
    const sorted = sortService.sortInThread(memory, { grammar: "json", options: {}, format: "json" });
    await t.rejects(sorted, { name: "SortTimeout" });
    memory.release();
    t.equal(budget.numbers.acquired, 0);
  };
  await timeOut();
  const mostBytes = memoryUsage.rss() + body.length;
  for (let count = 1; count < 10; count += 1) await timeOut();
  // V8 gives memory back a little after it has collected it.
  for (let i = 0; i < 100 && memoryUsage.rss() > mostBytes; i += 1) await sleep(100);
  t.ok(memoryUsage.rss() <= mostBytes, `${memoryUsage.rss()} of ${mostBytes} bytes`);
});
