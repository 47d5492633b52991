/** What the service tells browsers: what they must not do with answers, and which pages may read them. */
import { test } from "tap";
import { readConfig } from "../../src/config/config.ts";
import { post, testApp } from "../app.ts";

const ORIGIN = "https://example.org";

test("security headers on every answer", async (t) => {
  const app = await testApp(t);
  for (const answer of [
    await post(app, "[1]"),
    await post(app, "x"),
    await app.inject("/nope"),
    await app.inject("/openapi.json"),
  ]) {
    t.match(answer.headers, {
      "content-security-policy": "default-src 'none';frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
  }
  const without = await post(await testApp(t, { SECURITY_HEADERS: "false" }), "[1]");
  t.notHas(without.headers, { "content-security-policy": String });
});

test("a browser that came by TLS is to do so always", async (t) => {
  const app = await testApp(t, { TRUSTED_PROXIES: "127.0.0.1" });
  const header = "strict-transport-security";
  const answer = await post(app, "[1]", { headers: { "x-forwarded-proto": "https" } });
  t.match(answer.headers[header], /^max-age=\d{8}; includeSubDomains$/);
  t.notHas((await post(app, "[1]")).headers, { [header]: String });
  const untrusted = await post(await testApp(t), "[1]", { headers: { "x-forwarded-proto": "https" } });
  t.notHas(untrusted.headers, { [header]: String });
});

test("pages of other origins may not use the service, unless they are named", async (t) => {
  const headers = { origin: ORIGIN };
  t.notHas((await post(await testApp(t), "[1]", { headers })).headers, {
    "access-control-allow-origin": String,
  });

  const app = await testApp(t, { CORS_ORIGINS: `${ORIGIN},http://localhost:8080` });
  const answer = await post(app, "[1]", { headers });
  t.equal(answer.headers["access-control-allow-origin"], ORIGIN);
  t.match(answer.headers["access-control-expose-headers"], /X-Request-Id/);
  t.match(answer.headers.vary, /Accept, Accept-Encoding, Origin/);
  t.equal((await post(app, "x", { headers })).headers["access-control-allow-origin"], ORIGIN, "errors too");
  const other = await post(app, "[1]", { headers: { origin: "https://example.com" } });
  t.notHas(other.headers, { "access-control-allow-origin": String });
  const anyone = await post(await testApp(t, { CORS_ORIGINS: "*" }), "[1]", { headers });
  t.equal(anyone.headers["access-control-allow-origin"], "*");
});

test("a browser may ask before it sends, without a key", async (t) => {
  const app = await testApp(t, { CORS_ORIGINS: ORIGIN, API_KEYS: "0".repeat(64) });
  const answer = await app.inject({
    method: "OPTIONS",
    url: "/",
    headers: {
      origin: ORIGIN,
      "access-control-request-method": "QUERY",
      "access-control-request-headers": "content-type,x-api-key",
    },
  });
  t.equal(answer.statusCode, 204);
  t.match(answer.headers, {
    allow: "GET, HEAD, OPTIONS, POST, QUERY",
    "access-control-allow-origin": ORIGIN,
    "access-control-allow-methods": "GET, HEAD, POST, QUERY",
    "access-control-allow-headers": "content-type,x-api-key",
  });
  t.equal(
    (await app.inject({ method: "OPTIONS", url: "/healthz" })).headers.allow,
    "GET, HEAD, OPTIONS",
    "OPTIONS is as before",
  );
  t.equal((await app.inject({ method: "DELETE", url: "/nope" })).statusCode, 404, "and so are unknown paths");
});

test("an origin is an origin", async (t) => {
  for (const CORS_ORIGINS of [
    "example.org",
    "https://example.org/",
    "https://example.org/path",
    "ftp://example.org",
    "",
  ]) {
    t.throws(() => readConfig({ CORS_ORIGINS }), { message: /^CORS_ORIGINS must be origins/ }, CORS_ORIGINS);
  }
});
