import { sharedMemory } from "@sorted/core/kernel";
import { type Test, test } from "tap";
import { collectGarbage } from "../../src/sorting/collect-garbage.ts";
import type { SortTask } from "../../src/sorting/sort-task.ts";
import { SortThreads } from "../../src/sorting/sort-threads.ts";

const NEVER = new AbortController().signal;

function makeThreads(t: Test, most: number): SortThreads {
  const threads = new SortThreads(most);
  t.teardown(() => threads.close());
  return threads;
}

/** An empty body, whose sort says that it is empty. */
function emptyTask(): SortTask {
  return { grammar: "json", options: {}, format: "json", memory: sharedMemory(), bodyBytes: 0 };
}

const emptyOutcome = { result: { fault: { code: "EMPTY_INPUT" } } };

test("what a thread throws reaches the caller, and the next task has another thread", async (t) => {
  const threads = makeThreads(t, 1);
  const beforeMemory = { ...emptyTask(), bodyBytes: -(2 ** 23) };
  await t.rejects(threads.run(beforeMemory, NEVER), { name: "RuntimeError" });
  t.match(await threads.run(emptyTask(), NEVER), emptyOutcome);
});

test("a task that no message can carry fails alone", async (t) => {
  const threads = makeThreads(t, 1);
  const options = Object.defineProperty({}, "maxDepth", { value: () => 1, enumerable: true });
  await t.rejects(threads.run({ ...emptyTask(), options }, NEVER), { name: "DataCloneError" });
  t.match(await threads.run(emptyTask(), NEVER), emptyOutcome);
});

test("a thread whose task is given up while it starts goes on, for the next task", async (t) => {
  const threads = makeThreads(t, 1);
  // Far less than a thread takes to start.
  const attempt = () => threads.run(emptyTask(), AbortSignal.timeout(20)).catch(({ name }) => name);
  let outcome = await attempt();
  t.equal(outcome, "TimeoutError");
  while (outcome === "TimeoutError") outcome = await attempt();
  t.match(outcome, emptyOutcome);
});

test("a thread that goes on does not hold the outcomes that it has sent", async (t) => {
  const threads = makeThreads(t, 1);
  const sent = [];
  for (let i = 0; i < 3; i += 1) sent.push(new WeakRef(await threads.run(emptyTask(), NEVER)));
  await new Promise(setImmediate);
  collectGarbage();
  t.ok(sent.slice(0, -1).every((outcome) => outcome.deref() === undefined));
});

test("tasks that are not done when the threads are closed fail", async (t) => {
  const threads = new SortThreads(1);
  const running = threads.run(emptyTask(), NEVER);
  const failed = t.rejects(running, { message: "the thread was ended" });
  await new Promise(setImmediate);
  await threads.close();
  await failed;
});
