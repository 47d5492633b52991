/** Who a client is, and how often it may ask. */
import { hash } from "node:crypto";
import { test } from "tap";
import { readConfig } from "../../src/config/config.ts";
import { Log, listeningApp, post, testApp } from "../app.ts";
import { Client } from "../client.ts";

const KEYS = ["first-of-two", "second-of-two"] as const;
const API_KEYS = KEYS.map((key) => hash("sha256", key)).join(",");
const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

test("with keys, who has none may not sort, but see that the service is there", async (t) => {
  const app = await testApp(t, { API_KEYS });
  for (const key of KEYS) {
    t.equal((await post(app, "[2,1]", bearer(key))).payload, '{"sorted":[1,2]}');
    t.equal((await post(app, "[2,1]", { headers: { "x-api-key": key } })).payload, '{"sorted":[1,2]}');
  }
  const wrong = [
    bearer(""),
    bearer("first-of-tw"),
    bearer(API_KEYS.slice(0, 64)),
    { headers: { "x-api-key": "x" } },
  ];
  for (const headers of wrong) {
    const answer = await post(app, "[2,1]", headers);
    t.match(answer.json(), { status: 401, code: "UNAUTHORIZED" }, JSON.stringify(headers));
  }
  t.equal((await app.inject("/?x=2,1")).statusCode, 401, "nor by the query");
  t.equal((await app.inject("/metrics")).statusCode, 401, "nor see what others do");
  t.equal((await app.inject({ url: "/metrics", ...bearer(KEYS[0]) })).statusCode, 200);
});

test("who is refused learns how to send a key, and whether the one sent was wrong", async (t) => {
  const app = await testApp(t, { API_KEYS });
  const howTo = "send a key in the header Authorization: Bearer KEY, or X-API-Key: KEY";
  const without = await post(app, "[2,1]");
  t.equal(without.json().detail, `the request has no key; ${howTo}`);
  t.equal(without.headers["www-authenticate"], 'Bearer realm="Sorted"');
  const unknown = await post(app, "[2,1]", bearer("guess"));
  t.equal(unknown.json().detail, `the service does not know this key; ${howTo}`);
  t.equal(unknown.headers["www-authenticate"], 'Bearer realm="Sorted", error="invalid_token"');
});

test("what a browser loads needs no key, as it can't send one", async (t) => {
  const app = await testApp(t, { API_KEYS });
  const page = await app.inject({ url: "/", headers: { accept: "text/html" } });
  const docs = await app.inject({ url: "/docs", headers: { accept: "text/html" } });
  const files = [page, docs].flatMap(({ body }) =>
    Array.from(body.matchAll(/(?:href|src)="(assets\/[^"]+)"/g), ([, path]) => `/${path}`),
  );
  t.ok(files.length > 4, files.join(" "));
  for (const url of ["/", "/docs", "/openapi.json", "/errors", "/healthz", "/readyz", ...files])
    t.equal((await app.inject(url)).statusCode, 200, url);
});

test("a GET in chunks needs a key as soon as it has numbers, and not for the page", async (t) => {
  const { port } = await listeningApp(t, { API_KEYS });
  const answerTo = async (path: string, chunks: string, header = "Host: sorted") => {
    const client = new Client(t, port);
    await client.write(`GET ${path} HTTP/1.1\r\n${header}\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`);
    return client.receives(/\}$|<\/html>\n$/);
  };
  const browser = "Host: sorted\r\nAccept: text/html";
  t.match(await answerTo("/", "0\r\n\r\n", browser), /^HTTP\/1.1 200 .*<!doctype html>/s);
  t.match(await answerTo("/", "0\r\n\r\n"), /^HTTP\/1.1 200 .*"name":"Sorted"/s);
  t.match(await answerTo("/?x=2,1", "0\r\n\r\n"), /^HTTP\/1.1 401 /);
  t.match(await answerTo("/", "1\r\n[\r\n"), /^HTTP\/1.1 401 /, "before the rest comes");
  const withKey = `Host: sorted\r\nX-API-Key: ${KEYS[0]}`;
  t.match(await answerTo("/", "5\r\n[2,1]\r\n0\r\n\r\n", withKey), '{"sorted":[1,2]}');
  t.match(await answerTo("/?x=2,1", "0\r\n\r\n", withKey), '{"sorted":[1,2]}');
});

test("no key comes into the log", async (t) => {
  const log = new Log();
  const app = await testApp(t, { API_KEYS, LOG_REQUESTS: "true", LOG_LEVEL: "trace" }, log);
  for (const key of [KEYS[0], "unknown-key"]) await post(app, "[2,1]", bearer(key));
  t.equal(log.lines.length, 2);
  t.notMatch(JSON.stringify(log.lines), /of-two|unknown-key|authorization/i);
});

test("keys are refused unless they are hashes, and not shown", async (t) => {
  t.throws(() => readConfig({ API_KEYS: "my-secret" }), {
    message: /^API_KEYS must be SHA-256 hashes(?!.*my-secret)/,
  });
});

test("so many requests of an address, and not one more", async (t) => {
  const app = await testApp(t, { RATE_LIMIT_REQUESTS: "3", RATE_LIMIT_SECONDS: "3600" });
  const first = await post(app, "[2,1]");
  t.match(first.headers, {
    "ratelimit-limit": "3",
    "ratelimit-remaining": "2",
    "ratelimit-reset": /^3[56]\d\d$/,
  });
  t.equal((await app.inject("/nope")).statusCode, 404, "what leads nowhere counts");
  t.equal((await post(app, "[2,1]")).statusCode, 200, "the last one");
  const refused = await post(app, "[2,1]");
  t.match(refused.json(), { status: 429, code: "TOO_MANY_REQUESTS" });
  t.match(refused.headers, { "ratelimit-remaining": "0", "retry-after": /^3[56]\d\d$/ });
  t.equal((await app.inject("/nope")).statusCode, 429);
  for (const url of ["/healthz", "/readyz", "/metrics"])
    t.equal((await app.inject(url)).statusCode, 200, url);
});

test("each key has a limit of its own; who only claims to have one has that of the address", async (t) => {
  const app = await testApp(t, { API_KEYS, RATE_LIMIT_REQUESTS: "1" });
  t.equal((await post(app, "[1]", bearer("guess 1"))).statusCode, 401);
  t.equal((await post(app, "[1]", bearer("guess 2"))).statusCode, 429, "nobody can try keys");
  for (const key of KEYS) {
    t.equal((await post(app, "[1]", bearer(key))).statusCode, 200);
    t.equal((await post(app, "[1]", bearer(key))).statusCode, 429);
  }
});

test("after its time the count begins anew", async (t) => {
  const { port } = await listeningApp(t, { RATE_LIMIT_REQUESTS: "1", RATE_LIMIT_SECONDS: "1" });
  const client = new Client(t, port);
  const ask = async () => {
    client.received = "";
    await client.write("GET /?x=1 HTTP/1.1\r\nHost: sorted\r\n\r\n");
    return client.receives(/\}$/);
  };
  t.match(await ask(), /^HTTP\/1.1 200 /);
  while (!/^HTTP\/1.1 200 /.test(await ask()))
    t.match(client.received, /^HTTP\/1.1 429 .*retry-after: 1\r\n/is);
});

test("an address is believed only from proxies that are trusted", async (t) => {
  const statuses = async (settings: NodeJS.ProcessEnv, addresses: readonly string[]) => {
    const app = await testApp(t, { RATE_LIMIT_REQUESTS: "1", ...settings });
    const answers = [];
    for (const address of addresses)
      answers.push((await post(app, "[1]", { headers: { "x-forwarded-for": address } })).statusCode);
    return answers;
  };
  const two = ["192.0.2.1", "192.0.2.2"];
  t.strictSame(await statuses({}, two), [200, 429], "of nobody, if nobody is named");
  t.strictSame(await statuses({ TRUSTED_PROXIES: "10.0.0.0/8" }, two), [200, 429], "not of others");
  t.strictSame(await statuses({ TRUSTED_PROXIES: "loopback" }, two), [200, 200]);
  const forged = ["198.51.100.1, 192.0.2.1", "198.51.100.2, 192.0.2.1"];
  t.strictSame(
    await statuses({ TRUSTED_PROXIES: "127.0.0.1" }, forged),
    [200, 429],
    "only what the proxy itself added",
  );
  const network = ["2001:db8:1:1::1", "2001:db8:1:1::2", "2001:db8:1:2::1"];
  t.strictSame(
    await statuses({ TRUSTED_PROXIES: "loopback" }, network),
    [200, 429, 200],
    "a network of IPv6 is one client",
  );
});

test("an address is the same client with any port", async (t) => {
  const app = await testApp(t, { RATE_LIMIT_REQUESTS: "1", TRUSTED_PROXIES: "loopback,10.0.0.0/8,fd00::/8" });
  const status = async (forwarded: string) =>
    (await post(app, "[1]", { headers: { "x-forwarded-for": forwarded } })).statusCode;
  const clients = [
    ["192.0.2.1:4711", "192.0.2.1:4712", "192.0.2.1", "::ffff:192.0.2.1"],
    ["[2001:db8:1:1::1]:443", "[2001:db8:1:1::2]", "2001:db8:1:1::3", "[2001:DB8:1:1:ffff::]:1"],
    ["192.0.2.2:1, 10.0.0.1:4711", "192.0.2.2, [fd00::1]:443, 10.0.0.1"],
  ];
  for (const [first = "", ...others] of clients) {
    t.equal(await status(first), 200, first);
    for (const other of others) t.equal(await status(other), 429, other);
  }
  t.equal(await status("unknown"), 200, "what is not an address means the proxy");
  for (const other of ["_hidden", "192.0.2.1:4711:1", "127.0.0.1"]) t.equal(await status(other), 429, other);
});

test("a client can't pretend to be behind any number of proxies", async (t) => {
  const app = await testApp(t, { RATE_LIMIT_REQUESTS: "1", TRUSTED_PROXIES: "loopback,10.0.0.0/8" });
  const status = async (hops: number, client: string) => {
    const forwarded = [client, ...Array<string>(hops).fill("10.0.0.1")].join(", ");
    return (await post(app, "[1]", { headers: { "x-forwarded-for": forwarded } })).statusCode;
  };
  t.strictSame([await status(9, "192.0.2.1"), await status(9, "192.0.2.2")], [200, 200]);
  t.strictSame([await status(10, "192.0.2.3"), await status(1000, "192.0.2.4")], [200, 429]);
});

test("nobody can be made to trust everyone", async (t) => {
  for (const TRUSTED_PROXIES of [
    "true",
    "1",
    "*",
    "0.0.0.0/0",
    "::/0",
    "10.0.0.0/33",
    "10.0.0.0/8/8",
    "",
    "loopback,",
  ]) {
    t.throws(
      () => readConfig({ TRUSTED_PROXIES }),
      { message: /^TRUSTED_PROXIES must be / },
      TRUSTED_PROXIES,
    );
  }
  t.strictSame(readConfig({ TRUSTED_PROXIES: "10.0.128.0/20, fd00::/8,loopback" }).TRUSTED_PROXIES, [
    "10.0.128.0/20",
    "fd00::/8",
    "loopback",
  ]);
});

test("the page and what belongs to it don't use up the requests of a client", async (t) => {
  const app = await testApp(t, { RATE_LIMIT_REQUESTS: "1", CORS_ORIGINS: "https://a.example" });
  const page = await app.inject({ url: "/", headers: { accept: "text/html" } });
  const files = page.payload.match(/assets\/[^"]+/g) ?? [];
  t.ok(files.length > 1);
  for (const url of [...files.map((file) => `/${file}`), "/docs", "/openapi.json", "/errors", "/"]) {
    const answer = await app.inject(url);
    t.equal(answer.statusCode, 200, url);
    t.notOk("ratelimit-limit" in answer.headers, "no limit is told");
  }
  t.equal((await app.inject({ method: "POST", url: "/docs" })).statusCode, 405, "other methods count");
  for (const url of ["/docs", "/"]) t.equal((await app.inject(url)).statusCode, 200, url);
  for (const url of ["/?x=1", "/nope"]) t.equal((await app.inject(url)).statusCode, 429, url);
  t.equal((await post(app, "[1]")).statusCode, 429);
});

test("a browser's preflights don't use up the requests of its client", async (t) => {
  const app = await testApp(t, {
    RATE_LIMIT_REQUESTS: "1",
    RATE_LIMIT_SECONDS: "60",
    CORS_ORIGINS: "https://a.example",
  });
  const headers = { origin: "https://a.example", "access-control-request-method": "POST" };
  for (let i = 0; i < 3; i += 1) {
    t.equal((await app.inject({ method: "OPTIONS", url: "/", headers })).statusCode, 204);
  }
  t.equal((await app.inject("/?x=1")).statusCode, 200);
  t.equal((await app.inject("/?x=1")).statusCode, 429);
});
