import { availableParallelism } from "node:os";
import { test } from "tap";
import { ConfigError, readConfig } from "../../src/config/config.ts";
import { memoryLimits } from "../../src/load/memory-limits.ts";
import { openFilesLimit } from "../../src/load/open-files.ts";

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

test("every setting that is wrong is named, with what would be right", async (t) => {
  const environment = {
    HOST: "",
    PORT: "65536",
    LOG_LEVEL: "loud",
    MAX_DEPTH: "-1",
    API_KEYS: "secret",
    CORS_ORIGINS: "example.org",
    METRICS: "1",
    GRACE_SECONDS: " ",
  };
  t.throws(() => readConfig(environment), {
    message: [
      "HOST must not be empty",
      "PORT must be 65535 or less",
      "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent",
      "MAX_DEPTH must be 0 or more",
      "API_KEYS must be SHA-256 hashes of keys, 64 hexadecimal digits each, separated by commas",
      "CORS_ORIGINS must be origins such as https://example.org, separated by commas, or *",
      "METRICS must be true or false",
      "GRACE_SECONDS must be a whole number",
    ].join("; "),
  });
});

test("a number has a greatest value, above which it would not do what it says", async (t) => {
  const edges: [name: string, maximum: number][] = [
    ["GRACE_SECONDS", 86_400],
    ["SHUTDOWN_DELAY_SECONDS", 86_400],
    ["REQUEST_TIMEOUT_SECONDS", 86_400],
    ["KEEP_ALIVE_TIMEOUT_SECONDS", 86_400],
    ["HEADERS_TIMEOUT_SECONDS", 86_400],
    ["SORT_TIMEOUT_SECONDS", 86_400],
    ["ANSWER_TIMEOUT_SECONDS", 86_400],
    ["WORKER_TIMEOUT_SECONDS", 86_400],
    ["MAX_WAIT_MILLISECONDS", 60_000],
    ["MAX_HEADER_BYTES", 2 ** 20],
    ["MAX_CONNECTIONS", 65_535],
    ["MAX_BODY_BYTES", 2 ** 30],
    ["MAX_NUMBERS", 2 ** 29],
    ["MAX_DEPTH", 2 ** 20],
    ["MAX_EVENT_BYTES", 2 ** 32],
  ];
  const MEMORY_BYTES = String(1024 * 1024 * MEBIBYTE);
  for (const [name, maximum] of edges) {
    const read = (value: number) => readConfig({ MEMORY_BYTES, [name]: String(value) }, 100_000);
    t.doesNotThrow(() => read(maximum), name);
    t.throws(() => read(maximum + 1), {
      message: `${name} must be ${maximum} or less`,
    });
  }
});

test("no limit may be more than memory can hold", async (t) => {
  const MEMORY_BYTES = String(256 * MEBIBYTE);
  const { MAX_BODY_BYTES, MAX_NUMBERS } = readConfig({ MEMORY_BYTES });
  const settings = { MEMORY_BYTES, MAX_BODY_BYTES: String(MAX_BODY_BYTES), MAX_NUMBERS: String(MAX_NUMBERS) };
  t.match(readConfig(settings), { MAX_BODY_BYTES, MAX_NUMBERS });
  t.throws(() => readConfig({ ...settings, MAX_BODY_BYTES: String(MAX_BODY_BYTES + 1) }), {
    message: `MAX_BODY_BYTES must be ${MAX_BODY_BYTES} or less: a process has only 256 MiB of memory`,
  });
  t.throws(() => readConfig({ ...settings, MAX_NUMBERS: String(MAX_NUMBERS + 1) }), {
    message: `MAX_NUMBERS must be ${MAX_NUMBERS} or less: a process has only 256 MiB of memory`,
  });
});

test("processes share the memory", async (t) => {
  const MEMORY_BYTES = String(1024 * MEBIBYTE);
  t.match(readConfig({ MEMORY_BYTES }), { WORKERS: 1, processMemoryBytes: 1024 * MEBIBYTE });
  t.match(readConfig({ MEMORY_BYTES, WORKERS: "2" }), { WORKERS: 2, processMemoryBytes: 480 * MEBIBYTE });
  const two = readConfig({ MEMORY_BYTES, WORKERS: "2" });
  t.ok(two.MAX_BODY_BYTES < readConfig({ MEMORY_BYTES }).MAX_BODY_BYTES, "and so each takes less at once");
  for (const WORKERS of ["0", "100", "two", ""]) {
    t.throws(
      () => readConfig({ WORKERS }),
      { message: /^WORKERS must be auto or a number from 1 to 99/ },
      WORKERS,
    );
  }
});

test("as many processes as there are processors, if each has memory enough", async (t) => {
  const WORKERS = "auto";
  t.equal(
    readConfig({ WORKERS, MEMORY_BYTES: String(1024 * 1024 * MEBIBYTE) }).WORKERS,
    availableParallelism(),
  );
  t.equal(readConfig({ WORKERS, MEMORY_BYTES: String(511 * MEBIBYTE) }).WORKERS, 1);
});

test("limits follow the memory", async (t) => {
  t.strictSame(memoryLimits(24 * 1024 * MEBIBYTE), {
    maxBodyBytes: 64 * MEBIBYTE,
    maxNumbers: 10_000_000,
  });
  const small = memoryLimits(256 * MEBIBYTE);
  t.ok(small.maxBodyBytes < 64 * MEBIBYTE && small.maxBodyBytes > 8 * MEBIBYTE);
  t.ok(small.maxNumbers < 10_000_000 && small.maxNumbers > 500_000);
  t.ok(memoryLimits(0).maxBodyBytes > 0, "there is always room for something");
});

test("connections follow the limit of open files", async (t) => {
  t.equal(readConfig({}, 20_000).MAX_CONNECTIONS, 2000);
  t.equal(readConfig({}, 1024).MAX_CONNECTIONS, 324);
  t.equal(readConfig({ MAX_CONNECTIONS: "324" }, 1024).MAX_CONNECTIONS, 324);
  t.throws(() => readConfig({ MAX_CONNECTIONS: "325" }, 1024), {
    message: "MAX_CONNECTIONS must be 324 or less: a process may open only 1024 files",
  });
  t.throws(() => readConfig({}, 700), {
    message:
      "a process may open only 700 files, and needs 701 even with MAX_CONNECTIONS=1: raise that limit (ulimit -n)",
  });
});

test("the limit of open files, as Linux says it", async (t) => {
  const folder = t.testdir({
    number:
      "Limit  Soft Limit  Hard Limit  Units\nMax open files            1024                 4096                 files\n",
    unlimited: "Max open files            unlimited            unlimited            files\n",
  });
  t.equal(openFilesLimit(`${folder}/number`), 1024);
  t.equal(openFilesLimit(`${folder}/unlimited`), Number.POSITIVE_INFINITY);
  t.equal(openFilesLimit(`${folder}/none`), Number.POSITIVE_INFINITY, "other systems have no such file");
  t.ok(openFilesLimit() > 0);
});
