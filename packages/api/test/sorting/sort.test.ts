/** Sorting with the index route: the inputs, options and answers of the contract, through `inject`. */
import { test } from "tap";
import { post, testApp } from "../app.ts";

const TEXT = { "content-type": "text/plain" };
const CSV = { "content-type": "text/csv" };

test("every form of input", async (t) => {
  const app = await testApp(t);
  const cases: [title: string, body: string, answer: string][] = [
    ["each number as a string under its name", '{"x1":"3","x2":"1"}', '{"sorted":[1,3]}'],
    ["a list as one string", '{"x1":"[3, 1]"}', '{"sorted":[1,3]}'],
    ["both mixed", '{"x1":"[3, 1]","x2":"2"}', '{"sorted":[1,2,3]}'],
    ["numbers", "[3, 1, 2]", '{"sorted":[1,2,3]}'],
    ["one number", "7", '{"sorted":[7]}'],
    ["nested", '{"a":[3,{"b":[1,"2"]}]}', '{"sorted":[1,2,3]}'],
    ["a tuple", '"(3, 1,)"', '{"sorted":[1,3]}'],
    ["none", "[]", '{"sorted":[]}'],
    ["equal names", '{"x":2,"x":1}', '{"sorted":[1,2]}'],
    ["__proto__", '{"__proto__":2,"constructor":{"prototype":1}}', '{"sorted":[1,2]}'],
    ["names that look like numbers", '{"10":1.0,"9":1}', '{"sorted":[1.0,1]}'],
  ];
  for (const [title, body, answer] of cases) {
    const { statusCode, payload } = await post(app, body);
    t.equal(statusCode, 200, title);
    t.equal(payload, answer, title);
  }
});

test("numbers come back exact, with the digits that they were sent with", async (t) => {
  const app = await testApp(t);
  const { payload } = await post(
    app,
    '[9007199254740993,"+9007199254740992",1e400,1e-400,-0,"007",".50","5."]',
  );
  t.equal(payload, '{"sorted":[-0,1e-400,0.50,5,7,9007199254740992,9007199254740993,1e400]}');
});

test("options", async (t) => {
  const app = await testApp(t);
  const cases: [query: string, answer: string][] = [
    ["order=asc", '{"sorted":[1,2,2.0,3]}'],
    ["order=desc", '{"sorted":[3,2,2.0,1]}'],
    ["unique=true", '{"sorted":[1,2,3]}'],
    ["unique=false", '{"sorted":[1,2,2.0,3]}'],
    ["limit=2", '{"sorted":[1,2]}'],
    ["limit=0", '{"sorted":[]}'],
    ["limit=99999999999999999999", '{"sorted":[1,2,2.0,3]}'],
    ["numbers=string", '{"sorted":["1","2","2.0","3"]}'],
    ["order=desc&unique=true&limit=2&numbers=string", '{"sorted":["3","2"]}'],
  ];
  for (const [query, answer] of cases) {
    t.equal((await post(app, "[3,2,1,2.0]", { path: `/?${query}` })).payload, answer, query);
  }
});

test("a bad option is named", async (t) => {
  const app = await testApp(t);
  const cases: [query: string, parameter: string][] = [
    ["order=up", "order"],
    ["order=", "order"],
    ["order=asc&order=asc", "order"],
    ["unique=1", "unique"],
    ["limit=-1", "limit"],
    ["limit=1.5", "limit"],
    ["limit=1e2", "limit"],
    ["numbers=number", "numbers"],
    ["Order=asc", "Order"],
    ["x1=3", "x1"],
  ];
  for (const [query, parameter] of cases) {
    const answer = await post(app, "[1]", { path: `/?${query}` });
    t.equal(answer.statusCode, 400, query);
    t.match(answer.json(), { code: "BAD_OPTION", parameter }, query);
  }
});

test("text and CSV in", async (t) => {
  const app = await testApp(t);
  t.equal((await post(app, "3\n1\r\n2\n", { headers: TEXT })).payload, '{"sorted":[1,2,3]}');
  t.equal((await post(app, "3, 1; 2", { headers: CSV })).payload, '{"sorted":[1,2,3]}');

  const heading = await post(app, "price\n1\n", { headers: CSV });
  t.match(heading.json(), { code: "NOT_A_NUMBER", offset: 0, line: 1 });
  const gap = await post(app, "1\n1,,2\n", { headers: TEXT });
  t.match(gap.json(), { code: "NOT_A_NUMBER", offset: 4, line: 2 });
});

test("text and CSV out", async (t) => {
  const app = await testApp(t);
  const text = await post(app, "[2,1]", { headers: { accept: "text/plain" } });
  t.equal(text.payload, "1\n2\n");
  t.equal(text.headers["content-type"], "text/plain; charset=utf-8");
  const csv = await post(app, "[2,1]", { headers: { accept: "text/csv" } });
  t.equal(csv.payload, "1\r\n2\r\n");
  t.equal(csv.headers["content-type"], "text/csv; charset=utf-8; header=absent");
  t.equal((await post(app, "[]", { headers: { accept: "text/csv" } })).payload, "");
});

test("numbers=string changes JSON only", async (t) => {
  const app = await testApp(t);
  const text = await post(app, "[2,1]", { path: "/?numbers=string", headers: { accept: "text/plain" } });
  t.equal(text.payload, "1\n2\n");
});

test("GET with the numbers in the query string", async (t) => {
  const app = await testApp(t);
  const cases: [query: string, answer: string][] = [
    ["x1=3&x2=[1,2]", '{"sorted":[1,2,3]}'],
    ["x1=3&x2=%5B1%2C2%5D", '{"sorted":[1,2,3]}'],
    ["x=2&x=1.0&x=1", '{"sorted":[1.0,1,2]}'],
    ["10=1.0&9=1", '{"sorted":[1.0,1]}'],
    ["x=+7+", '{"sorted":[7]}'],
    ["x=%2B7", '{"sorted":[7]}'],
    ["x=1,2,3&order=desc", '{"sorted":[3,2,1]}'],
    ["__proto__=1&&=2", '{"sorted":[1,2]}'],
  ];
  for (const [query, answer] of cases) {
    t.equal((await app.inject({ method: "GET", url: `/?${query}` })).payload, answer, query);
  }
});

test("a bad value in the query string is named", async (t) => {
  const app = await testApp(t, { MAX_NUMBERS: "3" });
  const cases: [query: string, code: string, parameter: string][] = [
    ["x1=3&x2=abc", "NOT_A_NUMBER", "x2"],
    ["x1=3&x2=", "NOT_A_NUMBER", "x2"],
    ["x1=3&x2", "NOT_A_NUMBER", "x2"],
    ["x1=1e9999999999", "EXPONENT_OUT_OF_RANGE", "x1"],
    ["x1=1,2&x%2F~=3,4", "TOO_MANY_NUMBERS", "x/~"],
    ["x1=%zz", "BAD_QUERY", "x1"],
    ["x1=%ff", "BAD_QUERY", "x1"],
  ];
  for (const [query, code, parameter] of cases) {
    t.match((await app.inject({ method: "GET", url: `/?${query}` })).json(), { code, parameter }, query);
  }
  t.match((await app.inject({ method: "GET", url: "/?%ff=1" })).json(), { code: "BAD_QUERY", status: 400 });
});

test("GET with the numbers in a JSON body, as the first clients sent them", async (t) => {
  const app = await testApp(t);
  const payload = '{"x1":"[3, 1]","x2":"2"}';
  const headers = { "content-type": "application/json" };
  const answer = await app.inject({ method: "GET", url: "/?order=desc", headers, payload });
  t.equal(answer.payload, '{"sorted":[3,2,1]}');
  const both = await app.inject({ method: "GET", url: "/?x1=3", headers, payload });
  t.match(both.json(), { code: "BAD_OPTION", parameter: "x1" }, "numbers in two places are refused");
});

test("GET without numbers describes the service", async (t) => {
  const app = await testApp(t);
  const answer = await app.inject({ method: "GET", url: "/?order=desc" });
  t.equal(answer.statusCode, 200);
  const { example } = answer.json();
  const [method, body] = example.request.split(" / with ");
  t.equal(method, "POST");
  t.equal((await post(app, body)).payload, example.answer, "its example holds");
});

test("limits, each at its edge", async (t) => {
  const app = await testApp(t, { MAX_NUMBERS: "3", MAX_DEPTH: "2", MAX_BODY_BYTES: "20" });
  t.equal((await post(app, "[1,2,3]")).statusCode, 200);
  t.match((await post(app, "[1,2,3,4]")).json(), {
    status: 413,
    code: "TOO_MANY_NUMBERS",
    offset: 7,
    pointer: "/3",
  });
  t.equal((await post(app, "[[1]]")).statusCode, 200);
  t.match((await post(app, "[[[1]]]")).json(), { status: 400, code: "TOO_DEEP", offset: 2, pointer: "/0/0" });
  t.match(
    (await post(app, '[["[1]"]]')).json(),
    { code: "TOO_DEEP", offset: 3 },
    "brackets in strings count",
  );
  t.equal((await app.inject("/?x=[[1]]")).statusCode, 200);
  t.match((await app.inject("/?x=[[[1]]]")).json(), {
    code: "TOO_DEEP",
    detail: "brackets are nested deeper than 2",
    parameter: "x",
  });
  t.equal((await post(app, "[1]".padEnd(20))).statusCode, 200);
  t.match((await post(app, "[1]".padEnd(21))).json(), { status: 413, code: "BODY_TOO_LARGE" });
});
