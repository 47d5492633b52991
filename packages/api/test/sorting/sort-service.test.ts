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
