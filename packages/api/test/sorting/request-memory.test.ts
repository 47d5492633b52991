/** A request gives back its memory once, and not before the work on it is done. */
import { test } from "tap";
import { Body } from "../../src/sorting/body.ts";
import { MemoryBudget } from "../../src/sorting/memory-budget.ts";
import { RequestMemory } from "../../src/sorting/request-memory.ts";

const MEBIBYTE = 2 ** 20;
const patient = new AbortController().signal;

function acquired({ bodies, numbers }: MemoryBudget): { bodies: number; numbers: number } {
  return { bodies: bodies.acquired, numbers: numbers.acquired };
}

test("a body acquires as it grows, and gives everything back once", async (t) => {
  const budget = new MemoryBudget(MEBIBYTE);
  const [memory, other] = [new RequestMemory(budget), new RequestMemory(budget)];
  t.ok(memory.acquireBody(1));
  const first = budget.bodies.acquired;
  t.ok(first > 1000, "the first byte brings the request");
  t.ok(memory.acquireBody(1024), "it has that already");
  t.equal(budget.bodies.acquired, first);
  t.ok(memory.acquireBody(2048));
  t.equal(budget.bodies.acquired, 2 * first);
  t.notOk(other.acquireBody(MEBIBYTE), "more than there is");
  t.equal(budget.bodies.acquired, 2 * first, "of which nothing is acquired");
  await memory.acquireNumbers(4096, patient);
  memory.noteUsedBytes(1024);
  t.equal(budget.numbers.acquired, 1024, "what the numbers don't need is given back before");

  t.ok(other.acquireBody(1024));
  memory.release();
  memory.release();
  t.same(acquired(budget), { bodies: first, numbers: 0 }, "and nothing of what another one has");
});

test("nothing is acquired after the release", async (t) => {
  const budget = new MemoryBudget(MEBIBYTE);
  const memory = new RequestMemory(budget);
  const body = new Body(memory, 100_000);
  body.append(Buffer.alloc(1000));
  t.equal(memory.chunks.length, 1);
  memory.release();
  t.ok(memory.acquireBody(1000), "whoever asks is not refused");
  body.append(Buffer.alloc(100_000));
  t.same(acquired(budget), { bodies: 0, numbers: 0 });
  t.equal(memory.chunks.length, 0);
  t.equal(memory.instance, undefined);
});

test("what a thread works on is kept until it is done, though the client hangs up", async (t) => {
  const budget = new MemoryBudget(16 * MEBIBYTE);
  const memory = new RequestMemory(budget);
  memory.acquireBody(1000);
  const { instance } = memory.acquireInstance(1000);
  const work = Promise.withResolvers<void>();
  const done = memory.during(() => work.promise);
  memory.release();
  t.equal(memory.instance, instance);
  t.not(budget.instances.acquire(1000), instance, "another request gets another one");
  t.ok(budget.bodies.acquired > 0);
  work.resolve();
  await done;
  t.equal(memory.instance, undefined);
  t.equal(budget.bodies.acquired, 0);
  t.equal(budget.instances.acquire(1000), instance);
});

test("an instance that is discarded is never used again", async (t) => {
  const budget = new MemoryBudget(16 * MEBIBYTE);
  const memory = new RequestMemory(budget);
  const { instance } = memory.acquireInstance(1000);
  memory.discardInstance();
  memory.release();
  t.not(budget.instances.acquire(1000), instance);
});
