import { once } from "node:events";
import { Validator } from "@seriousme/openapi-schema-validator";
import { isProblemCode, PROBLEM_TYPE, type ProblemCode, problem, problemDefinitions } from "@sorted/contract";
import { type Test, test } from "tap";
import { openapi } from "../../src/openapi/document.ts";
import { type ExampleRequest, exchanges, problemExamples } from "../../src/openapi/exchanges.ts";
import { listeningApp, post, testApp } from "../app.ts";
import { Client } from "../client.ts";

/** The settings that the examples of the document assume. */
const DEFAULTS = { MAX_BODY_BYTES: String(64 * 2 ** 20) };

const injected = ({ path, body, ...request }: ExampleRequest) => ({
  ...request,
  url: path,
  ...(body !== undefined && { payload: Buffer.from(body) }),
});

test("the document is OpenAPI 3.1, and the service gives it", async (t) => {
  for (const settings of [{}, { API_KEYS: "0".repeat(64) }]) {
    const app = await testApp(t, settings);
    const document = (await app.inject("/openapi.json")).json();
    t.hasStrict(document.paths, openapi.paths);
    const { valid, errors } = await new Validator().validate(document);
    t.ok(valid, JSON.stringify(errors));
  }
});

test("its first address is the one that it was asked at, as Postman can't resolve a relative one", async (t) => {
  const headers = {
    host: "sorted.example:8443",
    "x-forwarded-proto": "https",
    "x-forwarded-prefix": "/tools/sorted",
  };
  const serversOf = async (settings: NodeJS.ProcessEnv, more = {}) => {
    const app = await testApp(t, settings);
    const { servers } = (await app.inject({ url: "/openapi.json", headers: { ...headers, ...more } })).json();
    return servers.map(({ url }: { url: string }) => url);
  };
  const trusting = { TRUSTED_PROXIES: "loopback" };
  t.same(await serversOf(trusting), ["https://sorted.example:8443/tools/sorted", "./"]);
  t.same(await serversOf({}), ["http://sorted.example:8443", "./"], "anyone can send these headers");
  for (const prefix of ["//elsewhere.example", "tools", "/a b", "/a, /b", "/a?b"]) {
    const servers = await serversOf(trusting, { "x-forwarded-prefix": prefix });
    t.same(servers, ["https://sorted.example:8443", "./"], `${prefix} is no path`);
  }
});

test("a service with keys says how to send one, and for what; another asks for none", async (t) => {
  const app = await testApp(t, { API_KEYS: "0".repeat(64) });
  const { info, components, security, paths } = (await app.inject("/openapi.json")).json();
  t.match(info.description, 'curl http://localhost:80/ -H "Authorization: Bearer $SORTED_API_KEY"');
  t.match((await app.inject("/")).json().key, "Authorization: Bearer KEY");
  t.match(components.securitySchemes, {
    bearer: { type: "http", scheme: "bearer" },
    header: { type: "apiKey", in: "header", name: "X-API-Key" },
  });
  t.same(security, [{ bearer: [] }, { header: [] }], "either is enough");
  for (const [path, item] of Object.entries(openapi.paths)) {
    for (const method of Object.keys(item)) {
      const { security: own, responses } = paths[path][method];
      t.same(own, "401" in responses ? undefined : [], `${method} ${path}`);
    }
  }
  const keyless = await testApp(t);
  const without = (await keyless.inject("/openapi.json")).json();
  t.notMatch(without.info.description, "SORTED_API_KEY");
  t.notHas((await keyless.inject("/")).json(), { key: String });
  t.notHas(without, { security: Array });
  t.notHas(without.components, { securitySchemes: Object });
});

test("each path of the document takes the methods that it names, and no path is missing", async (t) => {
  const app = await testApp(t);
  for (const [path, item] of Object.entries(openapi.paths)) {
    const { headers } = await app.inject({ method: "OPTIONS", url: path });
    const methods = String(headers["allow"]).split(", ");
    const implied = ["HEAD", "OPTIONS", "QUERY"];
    t.same(
      methods.filter((method) => !implied.includes(method)),
      Object.keys(item).map((method) => method.toUpperCase()),
      path,
    );
  }
  const routes = Array.from(
    app.printRoutes({ commonPrefix: false }).matchAll(/── \/?(\S*) \(/g),
    ([, path]) => `/${path}`,
  );
  t.same(routes.filter((route) => !route.startsWith("/assets/")).sort(), Object.keys(openapi.paths).sort());
});

test("each example is answered as it says", async (t) => {
  const app = await testApp(t);
  for (const [name, { request, type, answer }] of Object.entries(exchanges)) {
    const { statusCode, headers, body } = await app.inject(injected(request));
    t.equal(statusCode, 200, name);
    t.equal(String(headers["content-type"]).split(";")[0], type);
    t.equal(body, answer);
  }
});

/** How to cause the problems that take more than one good request. Each function returns the body of the answer. */
const scenarios: { readonly [code in ProblemCode]?: (t: Test) => Promise<string> } = {
  BAD_REQUEST: (t) => answerTo(t, "GET / HTTP/1.1\r\n\r\n"),
  REQUEST_TIMEOUT: (t) => answerTo(t, "POST / HTTP/1.1\r\nHost: a\r\n", { REQUEST_TIMEOUT_SECONDS: "1" }),
  BODY_TOO_LARGE: (t) => answerTo(t, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 67108865\r\n\r\n"),
  EXPECTATION_FAILED: (t) =>
    answerTo(t, "POST / HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nContent-Length: 0\r\n\r\n"),
  HEADERS_TOO_LARGE: (t) => answerTo(t, `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(17_000)}\r\n\r\n`),
  TOO_MANY_NUMBERS: async (t) => {
    const app = await testApp(t, { MAX_NUMBERS: "1000000" });
    return (await post(app, `[${"1,".repeat(1_000_000)}1]`)).body;
  },
  // The largest event that a load balancer takes. The body just fits; with what surrounds the number, the answer does
  // not.
  ANSWER_TOO_LARGE: async (t) => {
    const app = await testApp(t, { MAX_EVENT_BYTES: "1000000" });
    return (await post(app, `[${"1".repeat(991_800)}]`)).body;
  },
  UNAUTHORIZED: async (t) => {
    const app = await testApp(t, { API_KEYS: "0".repeat(64) });
    return (await post(app, "[2, 1]")).body;
  },
  TOO_MANY_REQUESTS: async (t) => {
    const app = await testApp(t, { RATE_LIMIT_REQUESTS: "2", RATE_LIMIT_SECONDS: "60" });
    await post(app, "[2, 1]");
    await post(app, "[2, 1]");
    return (await post(app, "[2, 1]")).body;
  },
  OVERLOADED: async (t) => {
    const app = await testApp(t);
    app.memoryBudget.bodies.tryAcquire(app.memoryBudget.bodies.total);
    return (await post(app, "[2, 1]")).body;
  },
  INTERNAL: async (t) => {
    const app = await testApp(t);
    app.get("/broken", async () => {
      throw new Error("broken");
    });
    return (await app.inject("/broken")).body;
  },
  NOT_READY: async (t) => {
    const app = await testApp(t);
    app.drain();
    return (await app.inject("/readyz")).body;
  },
};

/** The body of the answer to bytes on a socket. */
async function answerTo(t: Test, bytes: string, settings: NodeJS.ProcessEnv = {}): Promise<string> {
  const { port } = await listeningApp(t, { ...DEFAULTS, ...settings });
  const client = new Client(t, port);
  await client.write(bytes);
  const received = await client.receives(/\}$/);
  client.socket.destroy();
  await once(client.socket, "close");
  return received.slice(received.indexOf("\r\n\r\n") + 4);
}

test("each problem comes about, and looks as its example says", async (t) => {
  for (const code of Object.keys(problemDefinitions).filter(isProblemCode)) {
    const { request, detail, place } = problemExamples[code];
    const app = await testApp(t);
    const body =
      request === undefined ? await scenarios[code]?.(t) : (await app.inject(injected(request))).body;
    t.same(JSON.parse(body ?? "null"), problem(code, detail, place), code);
  }
});

test("the document has an example of every problem", async (t) => {
  const text = JSON.stringify(openapi);
  for (const code of Object.keys(problemDefinitions)) t.match(text, `"${code}":{"summary"`, code);
  t.match(text, PROBLEM_TYPE);
});
