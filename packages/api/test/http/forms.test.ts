/** What files and clients really send, over HTTP: types, headers and the errors that name the cause. */
import { test } from "tap";
import { post, testApp } from "../app.ts";

/** A form with these parts, each with its headers. */
function form(...parts: { readonly headers: string; readonly body: string }[]): string {
  return `${parts.map(({ headers, body }) => `--b\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${body}\r\n`).join("")}--b--\r\n`;
}

const FORM = { "content-type": "multipart/form-data; boundary=b" };

test("each type is read by its own grammar", async (t) => {
  const app = await testApp(t);
  const cases: [type: string, search: string, body: string | Buffer, sorted: string][] = [
    ["application/geo+json", "", '{"x":[2,1]}', "1,2"],
    ["text/json", "", "[2,1]", "1,2"],
    ["application/x-ndjson", "", "2\n[1]\n", "1,2"],
    ["application/jsonl", "?field=price", '{"price":2,"id":"a"}\n{"price":1}\n', "1,2"],
    ["application/json", "?field=/a/0", '[{"a":[2]},{"a":["1"]}]', "1,2"],
    ["text/csv", "", '"2","1",\r\n', "1,2"],
    ["application/csv", "?decimal=comma", "2,5;1,5", "1.5,2.5"],
    ["text/csv; header=present", "", "price\n2\n1\n", "1,2"],
    ["text/csv", "?header=present&column=price", "item,price\ntea,2\nmilk,1\n", "1,2"],
    ["text/csv", "?column=2&empty=skip", "tea,2\nmilk,\n", "2"],
    ["text/tab-separated-values", "", "2\t1\n", "1,2"],
    ["text/plain", "", "[3. 1. 2.]", "1,2,3"],
    ["text/plain", "", "1.0D+05 2", "2,1.0e+05"],
    ["text/plain;charset=UTF-8", "", JSON.stringify({ x1: [2, 1] }), "1,2"],
    ["text/plain; charset=utf-16", "", Buffer.from("\ufeff2\t1\r\n", "utf16le"), "1,2"],
    ["text/csv; charset=windows-1252", "", "2;1", "1,2"],
  ];
  for (const [type, search, body, sorted] of cases) {
    const answer = await post(app, body, { path: `/${search}`, headers: { "content-type": type } });
    t.equal(answer.payload, `{"sorted":[${sorted}]}`, `${type} ${search}`);
  }
});

test("an answer says how many numbers were read", async (t) => {
  const app = await testApp(t);
  const answer = await post(app, "[2,1,1]", { path: "/?unique=true&limit=1" });
  t.equal(answer.headers["numbers-read"], "3");
  const large = await post(app, `[${"1,".repeat(100_000)}2]`, { path: "/?limit=1" });
  t.equal(large.headers["numbers-read"], "100001");
  t.equal((await app.inject({ method: "GET", url: "/?x=3,1" })).headers["numbers-read"], "2");
});

test("nothing is read in a second way in silence", async (t) => {
  const app = await testApp(t);
  const csv = { headers: { "content-type": "text/csv" } };
  for (const body of ["1,5;2,5", "1.234,56;2,5"]) {
    t.match(
      (await post(app, body, csv)).json(),
      { code: "AMBIGUOUS_SEPARATOR", detail: /decimal=comma/ },
      body,
    );
  }
  t.match((await post(app, "price\n1\n", csv)).json(), { detail: /send header=present/ });
  const twice = { path: "/?header=absent", headers: { "content-type": "text/csv; header=present" } };
  t.match((await post(app, "1", twice)).json(), { code: "BAD_OPTION", parameter: "header" });
  t.match((await post(app, "[1]", { path: "/?decimal=comma" })).json(), {
    code: "BAD_OPTION",
    detail: /is for text and CSV/,
  });
  t.match((await post(app, "[1]", { path: "/?Order=desc" })).json(), {
    code: "BAD_OPTION",
    parameter: "Order",
    detail: "options are in lower case: order",
  });
  t.equal(
    (await post(app, "[2,1]", { path: "/?_=1764400000" })).payload,
    '{"sorted":[1,2]}',
    "a cache buster",
  );
  const typo = { headers: { "content-type": "text/csv; header=yes" } };
  t.match((await post(app, "2\n1", typo)).json(), {
    code: "UNSUPPORTED_MEDIA_TYPE",
    detail: /present or absent/,
  });
  const latin = { headers: { "content-type": "text/csv; charset=iso-8859-1" } };
  t.match((await post(app, Buffer.from([0x31, 0xe9]), latin)).json(), { code: "INVALID_UTF8", offset: 1 });
  t.match((await post(app, Buffer.from([0x1f, 0x8b, 8, 0]))).json(), { detail: /Content-Encoding: gzip/ });
  for (const path of ["/", "/?header=present", "/?column=1"])
    t.match((await post(app, Buffer.from([0x1f, 0x8b, 8, 0]), { ...latin, path })).json(), {
      detail: /Content-Encoding: gzip/,
    });
});

test("a syntax error says as what the body was read, and why", async (t) => {
  const app = await testApp(t);
  const cases: [type: string | undefined, body: string, reason: string][] = [
    ["text/csv", "value", "CSV, because of Content-Type: text/csv"],
    ["text/plain", "{x}", "JSON, because it begins like JSON"],
    ["text/plain", "x", "text, because of Content-Type: text/plain"],
    ["application/x-ndjson", "x", "JSON Lines, because of Content-Type: application/x-ndjson"],
    [undefined, "x", "JSON, because there is no Content-Type header"],
  ];
  for (const [type, payload, reason] of cases) {
    const headers = type === undefined ? {} : { "content-type": type };
    const answer = await app.inject({ method: "POST", url: "/", headers, payload: Buffer.from(payload) });
    t.ok(answer.json().detail.endsWith(`; the body was read as ${reason}`), answer.json().detail);
  }
});

test("a form with one file is sorted as the file is", async (t) => {
  const app = await testApp(t);
  const file = 'name="file"; filename="n.csv"';
  const cases: [headers: string, search: string, body: string][] = [
    [`${file}\r\nContent-Type: text/csv`, "", "2,1"],
    [`${file}\r\nContent-Type: application/vnd.ms-excel`, "?header=present", '"n"\n"2"\n1\n'],
    ['name="file"; filename="n.jsonl"\r\nContent-Type: application/octet-stream', "", "2\n1\n"],
    ['name="numbers"', "", "2 1"],
    ['name="numbers"', "", "[2, 1]"],
  ];
  for (const [headers, search, body] of cases) {
    const answer = await post(app, form({ headers, body }), { path: `/${search}`, headers: FORM });
    t.equal(answer.payload, '{"sorted":[1,2]}', headers);
  }
  const numbers = Array.from({ length: 50_000 }, (_, i) => i).join();
  const large = await post(app, form({ headers: file, body: numbers }), {
    path: "/?order=desc&limit=1",
    headers: FORM,
  });
  t.equal(large.payload, '{"sorted":[49999]}', "larger than a piece");
  t.equal(large.headers["numbers-read"], "50000");
});

test("a form that is not one file is refused", async (t) => {
  const app = await testApp(t, { MAX_BODY_BYTES: "1000" });
  const one = { headers: 'name="a"; filename="a.csv"', body: "1" };
  const cases: [body: string, code: string][] = [
    [form(), "INVALID_MULTIPART"],
    [form(one, one), "INVALID_MULTIPART"],
    [form(one).replace("--b--", ""), "INVALID_MULTIPART"],
    [
      form({ headers: 'name="a"; filename="a.png"\r\nContent-Type: image/png', body: "x" }),
      "UNSUPPORTED_MEDIA_TYPE",
    ],
    [form({ ...one, body: "1,".repeat(600) }), "BODY_TOO_LARGE"],
    [form({ ...one, body: "x" }), "NOT_A_NUMBER"],
  ];
  for (const [body, code] of cases) {
    t.match((await post(app, body, { headers: FORM })).json(), { code }, `${code} ${body.slice(0, 80)}`);
  }
  const unbounded = await post(app, "x", { headers: { "content-type": "multipart/form-data" } });
  t.match(unbounded.json(), { code: "INVALID_MULTIPART" });
});

test("numbers in the query string need GET", async (t) => {
  const app = await testApp(t);
  const answer = await app.inject({ method: "POST", url: "/?x1=3" });
  t.match(answer.json(), { code: "BAD_OPTION", parameter: "x1", detail: /need GET/ });
});

test("the type of a problem leads to the service's page from any path", async (t) => {
  const app = await testApp(t);
  t.equal((await app.inject("/?x=a")).json().type, "errors#NOT_A_NUMBER");
  t.equal((await app.inject("/a/b")).json().type, "../errors#NOT_FOUND");
});
