import { parseQuery } from "@sorted/contract";
import { test } from "tap";
import { OPTION_NAMES, searchOf } from "../src/options.ts";

const ALL = {
  order: "desc",
  unique: "true",
  limit: "5",
  numbers: "string",
  decimal: "comma",
  header: "present",
  column: "the price",
  field: "a&b",
  empty: "skip",
};

test("every option that the form has is one of the API", async (t) => {
  t.same(Object.keys(ALL), OPTION_NAMES);
  for (const type of ["application/json", "text/csv"] as const) {
    const { data } = parseQuery(`/${searchOf(ALL, type, "application/json")}`);
    t.same(data, [], "all are known");
  }
});

test("an option goes only where it has a meaning", async (t) => {
  t.equal(
    searchOf(ALL, "application/json", "application/json"),
    "?order=desc&unique=true&limit=5&numbers=string&field=a%26b&empty=skip",
  );
  t.equal(
    searchOf(ALL, "text/tab-separated-values", "text/csv"),
    "?order=desc&unique=true&limit=5&decimal=comma&header=present&column=the%20price&empty=skip",
  );
  t.equal(searchOf({ empty: "skip" }, "application/x-ndjson", "text/plain"), "");
  t.equal(searchOf({ order: "asc", decimal: "point", limit: "" }, "text/plain", "text/plain"), "");
});
