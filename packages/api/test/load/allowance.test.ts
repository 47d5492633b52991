/** Memory that is lent: never more than there is, and first come, first served. */
import { test } from "tap";
import { Allowance } from "../../src/load/allowance.ts";

const patient = new AbortController().signal;

test("what there is, and not a byte more", async (t) => {
  const allowance = new Allowance(10);
  t.equal(allowance.tryAcquire(4), true);
  t.equal(allowance.tryAcquire(7), false);
  t.equal(allowance.tryAcquire(6), true);
  t.equal(allowance.acquired, 10);
  allowance.release(4);
  t.equal(allowance.acquired, 6);
});

test("who waits is served in turn, and nobody overtakes", async (t) => {
  const allowance = new Allowance(10);
  await allowance.acquire(8, patient);
  const served: string[] = [];
  const wait = async (name: string, bytes: number) => {
    await allowance.acquire(bytes, patient);
    served.push(name);
  };
  const all = Promise.all([wait("large", 9), wait("small", 1)]);
  t.equal(allowance.tryAcquire(1), false, "though there is room for it");
  allowance.release(8);
  await all;
  t.strictSame(served, ["large", "small"]);
  t.equal(allowance.acquired, 10);
});

test("who gives up makes way for those behind", async (t) => {
  const allowance = new Allowance(10);
  await allowance.acquire(5, patient);
  const impatient = new AbortController();
  const given = t.rejects(allowance.acquire(6, impatient.signal), { name: "AbortError" });
  const behind = allowance.acquire(5, patient);
  impatient.abort();
  await given;
  await behind;
  t.equal(allowance.acquired, 10, "and has got nothing");
});
