import { mock } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { KernelInstance } from "@sorted/core/kernel";
import { type Test, test } from "tap";
import { KernelInstancePool } from "../../src/sorting/kernel-instance-pool.ts";

const MEBIBYTE = 2 ** 20;
const BODY_BYTES = 3 * MEBIBYTE;

/** A pool with this much room, whose time passes only by `mock.timers.tick`. */
function makePool(t: Test, roomBytes: number) {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.teardown(() => mock.timers.reset());
  let collections = 0;
  const pool = new KernelInstancePool(roomBytes);
  pool.onCollect(() => {
    collections += 1;
  });
  return { pool, collections: () => collections };
}

function acquireMany(pool: KernelInstancePool, count: number): Set<KernelInstance> {
  return new Set(Array.from({ length: count }, () => pool.acquire(BODY_BYTES)));
}

function releaseAll(pool: KernelInstancePool, kernels: Iterable<KernelInstance>): void {
  for (const kernel of kernels) pool.release(kernel);
}

test("as many kernels are used again as were in use at once", async (t) => {
  const { pool } = makePool(t, 2 ** 30);
  const kernels = acquireMany(pool, 100);
  releaseAll(pool, kernels);
  const others = acquireMany(pool, 100);
  t.ok([...others].every((kernel) => kernels.has(kernel)));
});

test("those that nobody has used for a minute are given up, though others are in use all the time", async (t) => {
  const { pool, collections } = makePool(t, 2 ** 30);
  const kernels = acquireMany(pool, 3);
  releaseAll(pool, kernels);
  let used = pool.acquire(BODY_BYTES);
  for (let seconds = 0; seconds < 60; seconds += 1) {
    pool.release(used);
    mock.timers.tick(1000);
    used = pool.acquire(BODY_BYTES);
  }
  t.ok(kernels.has(used), "what is used is kept");
  const others = acquireMany(pool, 2);
  t.notOk([...others].some((kernel) => kernels.has(kernel)));
  await nextTurn();
  t.equal(collections(), 1, "what is given up is collected, once");
});

test("all are given up when nobody wants one any more", async (t) => {
  const { pool } = makePool(t, 2 ** 30);
  const kernels = acquireMany(pool, 3);
  releaseAll(pool, kernels);
  for (let seconds = 0; seconds < 60; seconds += 1) mock.timers.tick(1000);
  t.notOk([...acquireMany(pool, 3)].some((kernel) => kernels.has(kernel)));
});

test("the memory of those that are forgotten while in use is collected at once, in one go", async (t) => {
  const { pool, collections } = makePool(t, 2 ** 30);
  for (const kernel of acquireMany(pool, 3)) pool.discard(kernel);
  await nextTurn();
  t.equal(collections(), 1);
  pool.discard(pool.acquire(BODY_BYTES));
  await nextTurn();
  t.equal(collections(), 2);
});

test("idle ones are given up to make room", async (t) => {
  const { pool } = makePool(t, 50 * MEBIBYTE);
  const kernels = acquireMany(pool, 3);
  releaseAll(pool, kernels);
  t.ok(kernels.has(pool.acquire(4 * BODY_BYTES)), "one of them grows");
  const others = [...acquireMany(pool, 2)];
  t.equal(others.filter((kernel) => kernels.has(kernel)).length, 1, "for which another one had to go");
});
