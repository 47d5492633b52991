import { test } from "tap";
import { ConfigError, readConfig } from "../src/config.ts";
import { memoryLimits } from "../src/memory-limits.ts";

const MEBIBYTE = 2 ** 20;

test("settings come from the environment, typed", async (t) => {
  t.match(readConfig({ PORT: "8080", LOG_REQUESTS: "true", UNRELATED: "x" }), {
    PORT: 8080,
    LOG_REQUESTS: true,
  });
});

test("without settings the service is for this machine only", async (t) => {
  t.match(readConfig({}), { HOST: "127.0.0.1", PORT: 3000, LOG_REQUESTS: false });
});

test("an empty or a wrong setting is refused, never replaced by its default", async (t) => {
  for (const environment of [{ PORT: "" }, { HOST: "" }, { PORT: "80.5" }, { PORT: "-1" }]) {
    t.throws(() => readConfig(environment), ConfigError, JSON.stringify(environment));
  }
  t.throws(() => readConfig({ LOG_REQUESTS: "yes" }), { message: "LOG_REQUESTS must be true or false" });
});

test("a number has a greatest value, above which it would not do what it says", async (t) => {
  const edges: [name: string, maximum: number][] = [
    ["GRACE_SECONDS", 86_400],
    ["SHUTDOWN_DELAY_SECONDS", 86_400],
    ["REQUEST_TIMEOUT_SECONDS", 86_400],
    ["KEEP_ALIVE_TIMEOUT_SECONDS", 86_400],
    ["MAX_BODY_BYTES", 2 ** 30],
    ["MAX_NUMBERS", 2 ** 29],
    ["MAX_DEPTH", 2 ** 20],
    ["MAX_EVENT_BYTES", 2 ** 32],
  ];
  for (const [name, maximum] of edges) {
    t.doesNotThrow(() => readConfig({ [name]: String(maximum) }), name);
    t.throws(() => readConfig({ [name]: String(maximum + 1) }), { message: `${name} must be <= ${maximum}` });
  }
});

test("limits follow the memory", async (t) => {
  t.strictSame(memoryLimits(24 * 1024 * MEBIBYTE), {
    maxBodyBytes: 64 * MEBIBYTE,
    maxNumbers: 10_000_000,
    kernelBytes: 512 * MEBIBYTE,
  });
  const small = memoryLimits(256 * MEBIBYTE);
  t.ok(small.maxBodyBytes < 64 * MEBIBYTE && small.maxBodyBytes > 8 * MEBIBYTE);
  t.ok(small.maxNumbers < 10_000_000 && small.maxNumbers > 500_000);
  t.ok(small.kernelBytes < 128 * MEBIBYTE, "what is kept for later requests leaves room for others");
  t.ok(memoryLimits(0).maxBodyBytes > 0, "there is always room for something");
});
