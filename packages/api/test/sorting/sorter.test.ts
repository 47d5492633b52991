import { test } from "tap";
import { Sorter } from "../../src/sorting/sorter.ts";

const MEBIBYTE = 2 ** 20;

test("large bodies are sorted in the order in which they have come", async (t) => {
  const sorter = new Sorter({
    kernelBytes: 64 * MEBIBYTE,
    threads: 1,
    numbersBytes: 64 * MEBIBYTE,
    maxNumbers: 1000,
    timeoutMilliseconds: 60_000,
  });
  t.teardown(() => sorter.close());
  const body = Buffer.from("[3,1,2]");
  const finished: number[] = [];
  const sort = async (i: number) => {
    const kernel = sorter.kernels.take(body.length);
    kernel.append(body);
    const { answer } = await sorter.sortInThread(kernel, { grammar: "json", options: {}, format: "json" });
    t.equal(answer.toString(), '{"sorted":[1,2,3]}');
    finished.push(i);
  };
  const order = Array.from({ length: 8 }, (_, i) => i);
  await Promise.all(order.map(sort));
  t.strictSame(finished, order);
});
