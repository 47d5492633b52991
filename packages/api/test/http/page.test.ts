import { gunzipSync } from "node:zlib";
import { problemDefinitions } from "@sorted/contract";
import { test } from "tap";
import { testApp } from "../app.ts";

/** The headers that browsers send. */
const BROWSER = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };

test("a browser gets the page, others the description", async (t) => {
  const app = await testApp(t);
  const page = await app.inject({ url: "/", headers: BROWSER });
  t.equal(page.headers["content-type"], "text/html; charset=utf-8");
  t.match(page.body, /^<!doctype html>/i);
  t.match(String(page.headers.vary), /Accept/);
  for (const accept of ["*/*", "application/json", undefined]) {
    const { headers } = await app.inject({ url: "/", headers: accept ? { accept } : {} });
    t.match(String(headers["content-type"]), /^application\/json/);
  }
});

test("numbers are sorted for a browser too", async (t) => {
  const app = await testApp(t);
  const { body } = await app.inject({ url: "/?x1=2&x2=1", headers: BROWSER });
  t.equal(body, '{"sorted":[1,2]}');
});

test("HEAD has the page's headers", async (t) => {
  const app = await testApp(t);
  const { headers, body } = await app.inject({ method: "HEAD", url: "/", headers: BROWSER });
  t.equal(body, "");
  t.match(headers, { "content-type": /^text\/html/, etag: /^W\/"/ });
  t.ok(Number(headers["content-length"]) > 1000);
});

test("nothing is sent twice: the page is asked for again, and what it is made of is kept", async (t) => {
  const app = await testApp(t);
  const page = await app.inject({ url: "/", headers: BROWSER });
  t.equal(page.headers["cache-control"], "no-cache");
  const etag = String(page.headers.etag);
  const again = await app.inject({
    url: "/",
    headers: { ...BROWSER, "if-none-match": `"other", ${etag}` },
  });
  t.equal(again.statusCode, 304);
  t.equal(again.body, "");
  t.equal(again.headers.etag, etag);
  const [script = ""] = page.body.match(/assets\/main-\w+\.js/) ?? [];
  t.match((await app.inject(`/${script}`)).headers, {
    "cache-control": /immutable/,
    "content-type": /^text\/javascript/,
  });
});

test("a first visit loads little", async (t) => {
  const app = await testApp(t);
  const load = async (url: string) => {
    const answer = await app.inject({ url, headers: { ...BROWSER, "accept-encoding": "gzip" } });
    t.equal(answer.statusCode, 200, url);
    return { bytes: answer.rawPayload.length, text: String(gunzipSync(answer.rawPayload)) };
  };
  const page = await load("/");
  const [name = ""] = /assets\/main-\w+\.js/.exec(page.text) ?? [];
  const script = await load(`/${name}`);
  const style = await load(`/${/assets\/main-\w+\.css/.exec(page.text)?.[0]}`);
  const worker = await load(`/assets/${/worker-\w+\.js/.exec(script.text)?.[0]}`);
  const bytes = [page, script, style, worker].reduce((sum, file) => sum + file.bytes, 0);
  t.ok(bytes < 55 * 1024, `${bytes} bytes, compressed, with the code that sorts`);
});

test("who understands gzip gets it", async (t) => {
  const app = await testApp(t);
  const { headers, rawPayload } = await app.inject({
    url: "/docs",
    headers: { "accept-encoding": "gzip, br" },
  });
  t.equal(headers["content-encoding"], "gzip");
  t.equal(String(gunzipSync(rawPayload)), (await app.inject("/docs")).body, "once");
});

test("the page may do nothing that is not of this service, and runs no script or style of the document", async (t) => {
  const app = await testApp(t);
  for (const url of ["/", "/docs", "/errors"]) {
    const { headers, body } = await app.inject({ url, headers: BROWSER });
    const policy = String(headers["content-security-policy"]);
    t.match(policy, /default-src 'none'/);
    t.notMatch(policy, /unsafe-inline|'unsafe-eval'|https?:/);
    t.notMatch(body, /<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=/);
  }
});

test("the page refers to everything relative to itself, so that it works behind a path prefix", async (t) => {
  const app = await testApp(t);
  for (const url of ["/", "/docs", "/errors"]) {
    const { body } = await app.inject({ url, headers: BROWSER });
    const references = Array.from(
      body.matchAll(/(?:href|src)="([^"]*)"/g),
      ([, reference = ""]) => reference,
    );
    t.ok(references.length > 2, `${url} refers to ${references.length}`);
    t.strictSame(
      references.filter((reference) => reference.startsWith("/")),
      [],
      url,
    );
  }
});

test("the page of the errors explains every problem, at the place that its type points to", async (t) => {
  const { body } = await (await testApp(t)).inject("/errors");
  for (const [code, { status }] of Object.entries(problemDefinitions))
    t.match(body, new RegExp(`id="${code}"[^]*?${status}`), code);
  t.match(body, "<code>limit</code>", "code is marked as such");
  t.notMatch(body, /<!--|`/, "nothing is missing");
});
