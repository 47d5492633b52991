import { test } from "tap";
import { applicationEnvironment, isFreeVariable, isKeyHash } from "../src/application.ts";

const options = {
  shutdownDelaySeconds: 20,
  graceSeconds: 30,
  trustedProxies: ["10.0.128.0/20", "10.0.144.0/20"],
  metrics: true,
  logRequests: true,
  apiKeyHashes: [],
  environment: [],
};

test("the application is told its port, how to stop, whom to trust and what to log", async (t) => {
  t.strictSame(applicationEnvironment(options), {
    PORT: "3000",
    SHUTDOWN_DELAY_SECONDS: "20",
    GRACE_SECONDS: "30",
    LOG_REQUESTS: "true",
    METRICS: "true",
    TRUSTED_PROXIES: "10.0.128.0/20,10.0.144.0/20",
  });
});

test("a function is told the largest event of its platform", async (t) => {
  t.match(applicationEnvironment({ ...options, maxEventBytes: 6_291_456 }), { MAX_EVENT_BYTES: "6291456" });
});

test("it learns the hashes of the keys, and without any asks for none", async (t) => {
  const [old, next] = ["a".repeat(64), "b".repeat(64)];
  t.match(applicationEnvironment({ ...options, apiKeyHashes: [old, next] }), { API_KEYS: `${old},${next}` });
  t.notOk("API_KEYS" in applicationEnvironment(options));
});

test("a key itself is not taken for its hash", async (t) => {
  t.ok(isKeyHash("0123456789abcdef".repeat(4)));
  for (const key of ["my key", "A".repeat(64), "a".repeat(63), "a".repeat(65), ""])
    t.notOk(isKeyHash(key), key);
});

test("where the balancer adds no header, nothing is trusted", async (t) => {
  t.notOk("TRUSTED_PROXIES" in applicationEnvironment({ ...options, trustedProxies: [] }));
});

test("further variables are added, and override nothing", async (t) => {
  const environment = ["MOTTO=a=b", "EMPTY=", "PORT=1", "GRACE_SECONDS=1"];
  t.strictSame(applicationEnvironment({ ...options, environment }), {
    ...applicationEnvironment(options),
    MOTTO: "a=b",
    EMPTY: "",
  });
});

test("a variable has a name in capitals, one line, and is none of the program's own", async (t) => {
  for (const good of ["LOG_LEVEL=warn", "MOTTO=a=b", "EMPTY="]) t.ok(isFreeVariable(good), good);
  for (const bad of ["PORT=80", "TRUSTED_PROXIES=0.0.0.0/0", "lower=1", "NAME", "=x", "A=1\nPORT=80"]) {
    t.notOk(isFreeVariable(bad), bad);
  }
});
