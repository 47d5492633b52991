import type { InputType } from "@sorted/contract";
import { test } from "tap";
import { bodyOf } from "../src/body.ts";
import { findFileFault } from "../src/file-fault.ts";

/** The fault of files, given as pairs of a name and a text. */
async function faultOf(contentType: InputType, files: Readonly<Record<string, string>>, search = "") {
  const given = Object.entries(files).map(([name, text]) => new File([text], name));
  const hasHeadings = search.includes("header=present");
  const body = await bodyOf({ text: "", files: given, sample: "" }, contentType, hasHeadings);
  return findFileFault({ place: "server", search, contentType, accept: "text/plain", body, key: "" });
}

test("files that are right only when they are joined are refused, each in its own place", async (t) => {
  t.match(await faultOf("application/json", { "a.json": "[1", "b.json": "2]" }), {
    problem: { code: "INVALID_JSON", offset: 2 },
    excerpt: { name: "a.json", line: 1, column: 3 },
  });
  t.match(await faultOf("application/json", { "a.json": "[1]", "b.json": "1,2" }), {
    problem: { code: "INVALID_JSON" },
    excerpt: { name: "b.json", column: 2, at: "," },
  });
  t.match(await faultOf("text/plain", { "a.txt": "[3", "b.txt": "1]" }), { excerpt: { name: "a.txt" } });
  const table = { "a.csv": 'item,n\n"x,1', "b.csv": 'item,n\ny",2' };
  t.match(await faultOf("text/csv", table, "?header=present&column=n"), {
    problem: { code: "INVALID_CSV" },
    excerpt: { name: "a.csv", line: 2 },
  });
});

test("an empty file is named, though it has no place", async (t) => {
  t.match(await faultOf("application/json", { "a.json": "[1]", "b.json": "" }), {
    problem: { code: "EMPTY_INPUT" },
    excerpt: { name: "b.json", line: 1, column: 1 },
  });
});

test("files that are right have no fault, whatever the options", async (t) => {
  t.equal(await faultOf("application/json", { "a.json": "[]", "b.json": "2" }), undefined);
  const records = { "a.json": '[{"n":1}]', "b.json": '{"n":"2","m":null}' };
  t.equal(await faultOf("application/json", records, "?order=desc&limit=1&field=n"), undefined);
  const table = { "a.csv": "item,n\na,1\n", "b.csv": "\ufeffitem,n\nb,2" };
  t.equal(await faultOf("text/csv", table, "?header=present&column=n"), undefined);
});

test("one file alone is checked where it is sorted", async (t) => {
  t.equal(await faultOf("application/json", { "a.json": "[1" }), undefined);
});
